import type { Queryable, Transaction } from '../../../db/pool.ts'

export interface ShiftRow {
  shift_id: string
  site_id: number
  site_name: string
  division_name: string
  operator_id: string
  started_at: Date
  ended_at: Date | null
}

export interface SiteRow {
  site_id: number
  name: string
  division_name: string
}

const SITES = `from test_sites t join divisions d on d.code = t.division_code
  where t.state = 'active' and t.division_code like $1::text || '%'`

/** Sites at which somebody of the division may sample. */
export const listSites = async (db: Queryable, prefix: string): Promise<SiteRow[]> =>
  (
    await db.query<SiteRow>(
      `select t.site_id, t.name, d.name as division_name ${SITES} order by t.division_code, t.name limit 500`,
      [prefix],
    )
  ).rows

export const isSiteInScope = async (db: Queryable, prefix: string, siteId: string): Promise<boolean> =>
  (await db.query(`select ${SITES} and t.site_id = $2::int`, [prefix, siteId])).rowCount === 1

const SHIFT = `select s.shift_id, s.site_id, t.name as site_name, d.name as division_name, s.operator_id, s.started_at, s.ended_at
  from sampling_shifts s join test_sites t using (site_id) join divisions d on d.code = t.division_code`

/** Starts a shift; the one before is over. Undefined where the request was made before. */
export const insertShift = async (
  tx: Transaction,
  shift: { siteId: string; operatorId: string; at: Date; requestId: string },
): Promise<string | undefined> => {
  await tx.query(`select pg_advisory_xact_lock(18, hashtext($1::text))`, [shift.operatorId])
  const { rows } = await tx.query<{ shift_id: string }>(
    `insert into sampling_shifts (site_id, operator_id, started_at, request_id)
     values ($1::int, $2::bigint, $3::timestamptz, $4::uuid) on conflict do nothing returning shift_id`,
    [shift.siteId, shift.operatorId, shift.at, shift.requestId],
  )
  const made = rows[0]?.shift_id
  if (made)
    await tx.query(
      `update sampling_shifts set ended_at = greatest($2::timestamptz, started_at)
       where operator_id = $1::bigint and ended_at is null and shift_id <> $3::bigint`,
      [shift.operatorId, shift.at, made],
    )
  return made
}

export const findShiftOfRequest = async (
  db: Queryable,
  operatorId: string,
  requestId: string,
): Promise<ShiftRow | undefined> =>
  (
    await db.query<ShiftRow>(`${SHIFT} where s.operator_id = $1::bigint and s.request_id = $2::uuid`, [
      operatorId,
      requestId,
    ])
  ).rows[0]

export const getOwnShift = async (
  db: Queryable,
  operatorId: string,
  shiftId: string,
): Promise<ShiftRow | undefined> =>
  (
    await db.query<ShiftRow>(`${SHIFT} where s.operator_id = $1::bigint and s.shift_id = $2::bigint`, [
      operatorId,
      shiftId,
    ])
  ).rows[0]

export const findOpenShift = async (db: Queryable, operatorId: string): Promise<ShiftRow | undefined> =>
  (
    await db.query<ShiftRow>(
      `${SHIFT} where s.operator_id = $1::bigint and s.ended_at is null order by s.shift_id desc limit 1`,
      [operatorId],
    )
  ).rows[0]

export const endShift = async (tx: Transaction, shiftId: string, at: Date): Promise<void> => {
  await tx.query(
    `update sampling_shifts set ended_at = greatest($2::timestamptz, started_at) where shift_id = $1::bigint and ended_at is null`,
    [shiftId, at],
  )
}

export const countOfShift = async (
  db: Queryable,
  shiftId: string,
): Promise<{ sampled: number; open: number }> => {
  const { rows } = await db.query<{ sampled: number; open: number }>(
    `select coalesce(sum((select count(*) from samples s where s.tube_id = t.tube_id)), 0)::int as sampled,
       (count(*) filter (where t.sealed_at is null and t.moved_to is null))::int as open
     from tubes t where t.shift_id = $1::bigint`,
    [shiftId],
  )
  return rows[0] ?? { sampled: 0, open: 0 }
}
