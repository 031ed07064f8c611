import { CITIES } from '@jiankangbao/city/cities'
import type { Queryable, Transaction } from '../../../db/pool.ts'

export type CityKind = 'demonstration' | 'real'

export interface CityRow {
  kind: CityKind
  division_code: string
  name_zh: string
  name_en: string
  hotline: string
}

export const findCity = async (db: Queryable): Promise<CityRow | undefined> =>
  (await db.query<CityRow>('select kind, division_code, name_zh, name_en, hotline from city')).rows[0]

/** One at a time makes the city. */
export const lockCity = async (tx: Transaction): Promise<void> => {
  await tx.query(`select pg_advisory_xact_lock(hashtext('jiankangbao city'))`)
}

export const insertCity = async (tx: Transaction, city: CityRow): Promise<void> => {
  await tx.query(
    `insert into city (kind, division_code, name_zh, name_en, hotline)
     values ($1::text, $2::text, $3::text, $4::text, $5::text)`,
    [city.kind, city.division_code, city.name_zh, city.name_en, city.hotline],
  )
}

export const findOperatorId = async (db: Queryable, username: string): Promise<string | undefined> =>
  (
    await db.query<{ operator_id: string }>('select operator_id from operators where username = $1::text', [
      username,
    ])
  ).rows[0]?.operator_id

/** Names of the active administrators who signed in after `since`. */
export const listAdministratorsSince = async (db: Queryable, since: Date): Promise<string[]> => {
  const { rows } = await db.query<{ username: string }>(
    `select username from operators where active and 'sysadmin' = any(roles) and last_sign_in_at > $1::timestamptz
     order by last_sign_in_at desc`,
    [since],
  )
  return rows.map(({ username }) => username)
}

/** Counts of what a city can not work without. */
export const countNeeds = async (
  db: Queryable,
): Promise<{ divisions: number; rulesets: number; policies: number; administrators: number }> => {
  const { rows } = await db.query<{
    divisions: number
    rulesets: number
    policies: number
    administrators: number
  }>(
    `select (select count(*) from divisions)::int as divisions,
       (select count(*) from rulesets where called_off_at is null and effective_from <= now())::int as rulesets,
       (select count(*) from admission_policies)::int as policies,
       (select count(*) from operators where active and 'sysadmin' = any(roles))::int as administrators`,
  )
  const [row] = rows
  if (!row) throw new Error('a count is always answered')
  return row
}

/**
 * What only a demonstration has: its invented division, and the names under which its operators sign in. Those of every
 * city are looked for.
 */
export const findDemonstrationTraces = async (
  db: Queryable,
  usernames: readonly string[],
): Promise<{
  division: boolean
  partners: string[]
  operators: { username: string; passwordHash: string }[]
}> => {
  const { rows } = await db.query<{ division: boolean; partners: string[] | null }>(
    `select exists (select from divisions where name = any($1::text[])) as division,
       (select array_agg(name) from partners where revoked_at is null and name like '%（示例）') as partners`,
    [Object.values(CITIES).map(({ demonstration }) => demonstration.divisionName.zh)],
  )
  const { rows: operators } = await db.query<{ username: string; password_hash: string }>(
    'select username, password_hash from operators where active and username = any($1::text[])',
    [usernames],
  )
  return {
    division: rows[0]?.division ?? false,
    partners: rows[0]?.partners ?? [],
    operators: operators.map((row) => ({ username: row.username, passwordHash: row.password_hash })),
  }
}
