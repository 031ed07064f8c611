import type { LookupNorm, LookupNormRole } from '@jiankangbao/domain/vocabulary/lookups'
import type { Queryable, Transaction } from '../../../db/pool.ts'

export interface NormRow {
  role: LookupNormRole
  least: number
  /** A decimal number. */
  times_usual: string
  most: number
  operators: number
  proposal_id: string | null
}

export const listNorms = async (db: Queryable, now: Date): Promise<NormRow[]> =>
  (
    await db.query<NormRow>(
      `select n.role, n.least, n.times_usual, n.most,
         (select count(*)::int from operators o where o.active and n.role = any(o.roles)) as operators,
         (select p.proposal_id from proposals p where p.lookup_role = n.role and p.state = 'open' and p.expires_at > $1::timestamptz
          order by p.proposal_id desc limit 1) as proposal_id
       from lookup_norms n
       order by array_position(array['hq', 'office', 'epidemiologist', 'hotline', 'auditor'], n.role)`,
      [now],
    )
  ).rows

/** The figures of one role, held until commit. */
export const lockNorm = async (tx: Transaction, role: LookupNormRole): Promise<LookupNorm | undefined> => {
  const { rows } = await tx.query<Pick<NormRow, 'least' | 'times_usual' | 'most'>>(
    'select least, times_usual, most from lookup_norms where role = $1::text for update',
    [role],
  )
  const [row] = rows
  return row && { least: row.least, timesUsual: Number(row.times_usual), most: row.most }
}

export const updateNorm = async (
  tx: Transaction,
  role: LookupNormRole,
  { least, timesUsual, most }: LookupNorm,
): Promise<void> => {
  await tx.query(
    'update lookup_norms set least = $2::int, times_usual = $3::numeric, most = $4::int where role = $1::text',
    [role, least, timesUsual, most],
  )
}

export interface DayRow {
  roles: string[]
  looked: number
  /** Of the days of the four weeks before on which the operator looked anybody up. */
  mean_before: number
}

/** What each operator looked up on each day from `fromOn` on. */
export const listDays = async (db: Queryable, fromOn: string): Promise<DayRow[]> =>
  (
    await db.query<DayRow>(
      `select o.roles, d.looked + d.missed as looked, coalesce((
         select avg(u.looked + u.missed) from lookup_days u
         where u.operator_id = d.operator_id and u.looked + u.missed > 0 and u.on_day between d.on_day - 28 and d.on_day - 1
       ), 0)::float8 as mean_before
       from lookup_days d join operators o using (operator_id)
       where d.on_day >= $1::date and d.looked + d.missed > 0`,
      [fromOn],
    )
  ).rows
