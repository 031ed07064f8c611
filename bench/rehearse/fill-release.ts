import { copyFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { CITIES } from '@jiankangbao/city/cities'
import { DEFAULT_CITY } from '@jiankangbao/city/words'
import pg from 'pg'
import { giveKeys } from '../city/give-keys.ts'
import { personTables } from '../city/person-sql.ts'
import { openCityKeys } from '../city/tokens.ts'
import type { BenchDatabase } from '../database.ts'

/** Beside the few of the dump; those who scan are the first ones. */
export const EVERYBODY = 50_000
export const PERSONS = 2_000
/** The dump's own people have the first numbers. */
export const FIRST_PERSON = 1_001
const LAST_PERSON = FIRST_PERSON + EVERYBODY - 1

export interface FilledCity {
  /** Access token of person and account `n`. */
  token(person: number): string
  codes: string[]
  /** One for each server, with the same keys. */
  dataDirectories: string[]
  /** Of the dump. */
  visitsBefore: number
}

/** Tables that are filled, and how: those that every release since 0.2.0 has alike. */
const filled = ['persons', 'accounts', 'person_codes', 'status_current', 'status_changes'] as const

const fill = async (client: pg.Client) => {
  const { ruleset } = CITIES[DEFAULT_CITY]
  await client.query(
    `insert into rulesets (ruleset_id, document, effective_from, published_by, applied_at)
     values ($1::text, $2::jsonb, $3::timestamptz, 'rehearsal', now())`,
    [ruleset.id, JSON.stringify(ruleset), new Date(ruleset.effectiveFrom)],
  )
  await client.query('set session_replication_role = replica')
  for (const table of filled)
    await client.query(personTables[table], [FIRST_PERSON, LAST_PERSON, '7', new Date()])
  await client.query(
    `insert into sessions (session_id, account_id, refresh_hash, device_name, created_at, last_used_at, expires_at)
     select md5('session' || n)::uuid, n, sha256(int8send(n)), 'Phone', now(), now(), now() + interval '30 days'
     from generate_series($1::bigint, $2::bigint) n`,
    [FIRST_PERSON, LAST_PERSON],
  )
  await client.query('set session_replication_role = default')
  for (const table of ['persons', 'accounts'])
    await client.query(`select setval(pg_get_serial_sequence($1, $2), $3::bigint)`, [
      table,
      `${table.slice(0, -1)}_id`,
      LAST_PERSON,
    ])
  await client.query('analyze')
}

/** The dump of a release with people who scan, and the keys of it. */
export const fillRelease = async (
  database: BenchDatabase,
  dump: string,
  directory: string,
): Promise<FilledCity> => {
  const client = new pg.Client({ connectionString: database.superuserUrl })
  await client.connect()
  let visitsBefore = 0
  let codeIds: string[] = []
  try {
    await client.query(dump)
    await client.query('reset all')
    await fill(client)
    const counted = await client.query<{ n: number }>('select count(*)::int as n from visits')
    visitsBefore = counted.rows[0]?.n ?? 0
    const codes = await client.query<{ code_id: string }>('select code_id from venue_codes')
    codeIds = codes.rows.map(({ code_id }) => code_id)
  } finally {
    await client.end()
  }
  const dataDirectories = ['machine-1', 'machine-2'].map((name) => join(directory, name))
  const [first = '', ...others] = dataDirectories
  await giveKeys(database.superuserUrl, first)
  for (const other of others) {
    mkdirSync(other, { mode: 0o700 })
    for (const file of ['keys.json', 'audit-keys.json']) copyFileSync(join(first, file), join(other, file))
  }
  const keys = openCityKeys(first)
  return {
    token: (person) => keys.citizenToken(person),
    codes: codeIds.map(keys.venueCode),
    dataDirectories,
    visitsBefore,
  }
}
