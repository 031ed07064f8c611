import type { Queryable, Transaction } from '../../../db/pool.ts'

export interface PointRow {
  point_id: number
  venue_id: number
  name: string
  state: 'active' | 'closed'
  code_id: string | null
  issued_at: Date | null
}

const POINT = `select pt.point_id, pt.venue_id, pt.name, pt.state, c.code_id, c.issued_at
  from venue_points pt left join venue_codes c on c.point_id = pt.point_id and c.retired_at is null`

export const listPoints = async (db: Queryable, venueId: string | number): Promise<PointRow[]> => {
  const { rows } = await db.query<PointRow>(`${POINT} where pt.venue_id = $1::int order by pt.point_id`, [
    venueId,
  ])
  return rows
}

export const findPoint = async (db: Queryable, pointId: string | number): Promise<PointRow | undefined> => {
  const { rows } = await db.query<PointRow>(`${POINT} where pt.point_id = $1::int`, [pointId])
  return rows[0]
}

/** Undefined where the request was made before. */
export const insertPoint = async (
  tx: Transaction,
  venueId: string | number,
  name: string,
  requestId: string | null,
): Promise<number | undefined> => {
  const { rows } = await tx.query<{ point_id: number }>(
    `insert into venue_points (venue_id, name, request_id) values ($1::int, $2::text, $3::uuid) on conflict (request_id) do nothing returning point_id`,
    [venueId, name, requestId],
  )
  return rows[0]?.point_id
}

export const findPointOfRequest = async (
  db: Queryable,
  requestId: string,
  venueId: string,
): Promise<PointRow | undefined> => {
  const { rows } = await db.query<PointRow>(
    `${POINT} where pt.request_id = $1::uuid and pt.venue_id = $2::int`,
    [requestId, venueId],
  )
  return rows[0]
}

export const closePoint = async (tx: Transaction, pointId: number): Promise<void> => {
  await tx.query(`update venue_points set state = 'closed' where point_id = $1::int`, [pointId])
}

export const insertVenueCode = async (
  tx: Transaction,
  codeId: string,
  pointId: number,
  issuedAt: Date,
  requestId: string | null,
): Promise<void> => {
  await tx.query(
    `insert into venue_codes (code_id, point_id, issued_at, request_id) values ($1::text, $2::int, $3::timestamptz, $4::uuid)`,
    [codeId, pointId, issuedAt, requestId],
  )
}

export const retireVenueCode = async (
  tx: Transaction,
  pointId: number,
  reason: string,
  retiredAt: Date,
): Promise<void> => {
  await tx.query(
    `update venue_codes set retired_at = $3::timestamptz, retired_reason = $2::text where point_id = $1::int and retired_at is null`,
    [pointId, reason, retiredAt],
  )
}

export const isCodeOfRequest = async (db: Queryable, requestId: string, pointId: number): Promise<boolean> =>
  ((
    await db.query(`select 1 from venue_codes where request_id = $1::uuid and point_id = $2::int`, [
      requestId,
      pointId,
    ])
  ).rowCount ?? 0) > 0
