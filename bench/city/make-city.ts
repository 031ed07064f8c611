import { CITIES } from '@jiankangbao/city/cities'
import { DEFAULT_CITY } from '@jiankangbao/city/words'
import pg from 'pg'
import { seedDivisions } from '../../apps/server/src/commands/seed/divisions.ts'
import { seedReference } from '../../apps/server/src/features/colours/rules/ruleset.service.ts'
import { type PersonTable, personTables } from './person-sql.ts'
import { deviceIdOf, planVenues } from './venues.ts'

const city = CITIES[DEFAULT_CITY]
const divisions = seedDivisions(city)

export interface CitySize {
  /** Persons 1 to this; person and account of one number belong together. */
  persons: number
  venues: number
  /** The same seed gives the same city. */
  seed: number
}

export interface TableFigures {
  rows: number
  seconds: number
  rowsPerSecond: number
  /** Of the table with its indexes. */
  bytes: number
}

export interface CityFigures {
  size: CitySize
  seconds: number
  /** Of it: vacuum, analyze and checkpoint at the end. */
  settleSeconds: number
  /** Of the whole database, files only, without the write-ahead log. */
  databaseBytes: number
  tables: Record<string, TableFigures>
}

const CHUNK = 200_000
const VENUE_CHUNK = 5_000

/**
 * Fills a migrated, empty database with a city, set by set, indexes in place. Two connections, so that two tables grow
 * at once; foreign keys are not checked row by row, because every row is made from the number its parent is made from.
 * Divisions, ruleset and admission policies are the project's own; partitions of today and its neighbours are made.
 * @param superuserUrl may set `session_replication_role`
 * @param report called with a line for a person and the share done, 0 to 1
 * @throws Error where there are persons already
 */
export const makeCity = async (
  superuserUrl: string,
  size: CitySize,
  report: (line: string, share: number) => void = () => {},
): Promise<CityFigures> => {
  const pool = new pg.Pool({
    connectionString: superuserUrl,
    max: 2,
    options: '-c session_replication_role=replica -c statement_timeout=0',
  })
  // A connection that is cut while the pool ends is of no account.
  pool.on('error', () => {})
  const startedAt = Date.now()
  try {
    const seconds = new Map<string, number>()
    const { rowCount } = await pool.query('select 1 from persons limit 1')
    if (rowCount) throw new Error('There are persons in this database already; a city needs an empty one.')
    await timed(seconds, 'venues', () => fillPlaces(pool, size))
    await fillPersons(pool, size, seconds, report)
    await timed(seconds, 'settle', () => settle(pool))
    return { ...(await measure(pool, size, seconds)), seconds: (Date.now() - startedAt) / 1000 }
  } finally {
    await pool.end()
  }
}

// What a city that grew over months would have done: rows just written cost their first readers hint bits, and the log
// a page each; and a checkpoint of everything would fall into the first measurement.
const settle = async (pool: pg.Pool) => {
  for (const table of [...Object.keys(personTables), 'venues', 'venue_points', 'venue_codes', 'devices'])
    await pool.query(`vacuum (analyze) ${table}`)
  await pool.query('checkpoint')
}

const timed = async (seconds: Map<string, number>, name: string, work: () => Promise<unknown>) => {
  const from = performance.now()
  await work()
  seconds.set(name, (seconds.get(name) ?? 0) + (performance.now() - from) / 1000)
}

const fillPersons = async (
  pool: pg.Pool,
  size: CitySize,
  seconds: Map<string, number>,
  report: (line: string, share: number) => void,
) => {
  const queue = Object.keys(personTables) as PersonTable[]
  const total = queue.length * size.persons
  const now = new Date()
  let done = 0
  const fill = async (table: PersonTable) => {
    for (let from = 1; from <= size.persons; from += CHUNK) {
      const to = Math.min(size.persons, from + CHUNK - 1)
      await timed(seconds, table, () => pool.query(personTables[table], [from, to, String(size.seed), now]))
      done += to - from + 1
      report(`${table} ${to.toLocaleString('en')}`, done / total)
    }
  }
  const work = async () => {
    for (let table = queue.shift(); table; table = queue.shift()) await fill(table)
  }
  await Promise.all([work(), work()])
  for (const [table, column] of [
    ['persons', 'person_id'],
    ['accounts', 'account_id'],
  ])
    await pool.query(`select setval(pg_get_serial_sequence($1, $2), $3::bigint)`, [
      table,
      column,
      size.persons,
    ])
}

const fillPlaces = async (pool: pg.Pool, { venues, seed }: CitySize) => {
  const client = await pool.connect()
  try {
    await client.query(
      `select ensure_day_partitions((now() at time zone 'Asia/Shanghai')::date - 2, (now() at time zone 'Asia/Shanghai')::date + 2)`,
    )
    await seedReference(client, city.ruleset)
    await client.query(
      `insert into divisions (code, parent_code, name, name_en, level)
       select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[])`,
      [
        divisions.map((d) => d.code),
        divisions.map((d) => d.parentCode),
        divisions.map((d) => d.name),
        divisions.map((d) => d.nameEn),
        divisions.map((d) => d.level),
      ],
    )
    // Nobody can sign in as this operator: the hash is of nothing.
    await client.query(
      `insert into operators (operator_id, username, display_name, organisation, roles, division_code, password_hash, totp_secret_encrypted, active)
       overriding system value values (1, 'bench', 'bench', 'bench', '{hq}', $1::text, '-', '\\x00', true)`,
      [city.division],
    )
    await client.query(`select setval(pg_get_serial_sequence('operators', 'operator_id'), 1)`)
    await insertVenues(client, venues, seed)
  } finally {
    client.release()
  }
}

const insertVenues = async (client: pg.PoolClient, venues: number, seed: number) => {
  const plan = planVenues({ venues, seed })
  const districts = divisions.filter(({ level }) => level === 'district').map(({ code }) => code)
  for (let from = 0; from < plan.length; from += VENUE_CHUNK) {
    const part = plan.slice(from, from + VENUE_CHUNK)
    await client.query(
      `insert into venues (venue_id, name, kind, division_code, address, responsible_name_encrypted, responsible_phone_encrypted, latitude, longitude, state, applied_by, request_id)
       overriding system value
       select n, '示例' || n || '号', k, ($3::text[])[1 + n % cardinality($3::text[])], '虚构路 ' || n || ' 号',
         '\\x010001'::bytea || sha256(int4send(n)), '\\x010001'::bytea || substr(sha256(int4send(n)) || sha256(int4send(-n)), 1, 42),
         34.2 + sin(n) * 0.4, 117.28 + cos(n * 3) * 0.4, 'active', 1, md5('venue' || n)::uuid
       from unnest($1::int[], $2::text[]) as v(n, k)`,
      [part.map((_, index) => from + index + 1), part.map(({ kind }) => kind), districts],
    )
    const points = part.flatMap((venue, index) =>
      venue.pointIds.map((pointId, at) => ({
        venueId: from + index + 1,
        pointId,
        at,
        codeId: venue.codeIds[at],
        deviceId: deviceIdOf(pointId),
      })),
    )
    await client.query(
      `insert into venue_points (point_id, venue_id, name) overriding system value
       select * from unnest($1::int[], $2::int[], $3::text[])`,
      [
        points.map((p) => p.pointId),
        points.map((p) => p.venueId),
        points.map((p) => ['正门', '东门', '西门', '地下车库'][p.at] ?? '入口'),
      ],
    )
    await client.query(
      `insert into venue_codes (code_id, point_id) select * from unnest($1::text[], $2::int[])`,
      [points.map((p) => p.codeId), points.map((p) => p.pointId)],
    )
    await client.query(
      `insert into devices (device_id, point_id, name, registered_by, expires_at)
       select d, p, 'bench', 1, now() + interval '30 days' from unnest($1::uuid[], $2::int[]) as t(d, p)`,
      [points.map((p) => p.deviceId), points.map((p) => p.pointId)],
    )
  }
  await client.query(`select setval(pg_get_serial_sequence('venues', 'venue_id'), max(venue_id)) from venues`)
  await client.query(
    `select setval(pg_get_serial_sequence('venue_points', 'point_id'), max(point_id)) from venue_points`,
  )
}

const measure = async (pool: pg.Pool, size: CitySize, seconds: Map<string, number>) => {
  const { rows } = await pool.query<{ name: string; rows: number; bytes: number }>(
    `select relname as name, reltuples::float8 as rows, pg_total_relation_size(oid)::float8 as bytes from pg_class
     where relname = any($1::text[]) and relkind = 'r'`,
    [[...Object.keys(personTables), 'venues', 'venue_points', 'venue_codes', 'devices']],
  )
  const tables = Object.fromEntries(
    rows.map((row) => {
      const count = row.name in personTables ? size.persons : Math.round(row.rows)
      // Places are written together; their time stands at `venues`.
      const took = seconds.get(row.name) ?? 0
      return [
        row.name,
        {
          rows: count,
          seconds: took,
          rowsPerSecond: took > 0 ? Math.round(count / took) : 0,
          bytes: row.bytes,
        },
      ]
    }),
  )
  const { rows: whole } = await pool.query<{ bytes: number }>(
    'select pg_database_size(current_database())::float8 as bytes',
  )
  return { size, tables, settleSeconds: seconds.get('settle') ?? 0, databaseBytes: whole[0]?.bytes ?? 0 }
}
