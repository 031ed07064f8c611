import type { Queryable, Transaction } from '../../../db/pool.ts'

export interface HeldAreaRow {
  area_id: string
  division_code: string
  name: string
  level: 'high' | 'medium' | 'low'
  source: string
  valid_from: Date
  valid_to: Date | null
  placed_code: string | null
  placed_at: Date | null
  placed_by: string | null
  place_note: string | null
}

/** The codes of all areas that are rated or will be; with `undecided` only of those whose place nobody named. */
export const listRatedCodes = async (db: Queryable, now: Date, undecided: boolean): Promise<string[]> =>
  (
    await db.query<{ division_code: string }>(
      `select distinct division_code from risk_areas
       where (valid_to is null or valid_to > $1::timestamptz) and (placed_at is null or not $2::boolean)`,
      [now, undecided],
    )
  ).rows.map((row) => row.division_code)

/** Areas of these codes that are rated or will be, those that wait first. */
export const listAreasOfCodes = async (db: Queryable, codes: string[], now: Date): Promise<HeldAreaRow[]> =>
  (
    await db.query<HeldAreaRow>(
      `select a.area_id, a.division_code, a.name, a.level, a.source, a.valid_from, a.valid_to, a.placed_code, a.placed_at,
         o.display_name as placed_by, a.place_note
       from risk_areas a left join operators o on o.operator_id = a.placed_by
       where a.division_code = any($1::text[]) and (a.valid_to is null or a.valid_to > $2::timestamptz)
       order by a.placed_at nulls first, a.area_id limit 1000`,
      [codes, now],
    )
  ).rows

export const findArea = async (tx: Transaction, areaId: string): Promise<HeldAreaRow | undefined> =>
  (
    await tx.query<HeldAreaRow>(
      `select area_id, division_code, name, level, source, valid_from, valid_to, placed_code, placed_at, null as placed_by, place_note
       from risk_areas where area_id = $1::bigint for update`,
      [areaId],
    )
  ).rows[0]

export const placeArea = async (
  tx: Transaction,
  areaId: string,
  decision: { placedCode: string | null; operatorId: string; at: Date; note: string },
): Promise<void> => {
  await tx.query(
    `update risk_areas set placed_code = $2::text, placed_by = $3::bigint, placed_at = $4::timestamptz, place_note = $5::text
     where area_id = $1::bigint`,
    [areaId, decision.placedCode, decision.operatorId, decision.at, decision.note],
  )
}
