import type { Queryable } from '../../../db/pool.ts'

/** The operator who enrolled a phone. */
export const findMaker = async (db: Queryable, deviceId: string): Promise<string | undefined> =>
  (
    await db.query<{ registered_by: string }>(
      `select registered_by from devices where device_id = $1::uuid`,
      [deviceId],
    )
  ).rows[0]?.registered_by

/** The name of a point with its venue, and its division. */
export const describePoint = async (
  db: Queryable,
  pointId: string,
): Promise<{ name: string; divisionCode: string } | undefined> => {
  const { rows } = await db.query<{ name: string; division_code: string }>(
    `select v.name || ' · ' || pt.name as name, v.division_code from venue_points pt join venues v using (venue_id)
     where pt.point_id = $1::int`,
    [pointId],
  )
  const [row] = rows
  return row && { name: row.name, divisionCode: row.division_code }
}
