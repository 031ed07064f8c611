import { createHash } from 'node:crypto'
import { CITIES } from '@jiankangbao/city/cities'
import { DEFAULT_CITY } from '@jiankangbao/city/words'
import pg from 'pg'

const CITY = CITIES[DEFAULT_CITY].division
/** People of a building of the round. */
const HOUSE = 100

export interface Laboratory {
  partnerId: string
  /** Of its system, which pushes results. */
  key: string
  /** Of whoever receives its boxes. */
  session: string
}

export interface World {
  admin: pg.Pool
  siteIds: string[]
  /** Cookies of samplers, one to a table. */
  samplers: string[]
  laboratories: Laboratory[]
  /** Two of headquarters: one makes a round, the other begins it. */
  leaders: [string, string]
  /** Live code of each person, by number. */
  codeIds: Map<number, Buffer>
}

const hashOf = (text: string) => createHash('sha256').update(text).digest()
const cookieOf = (name: string) => createHash('sha256').update(`testing ${name}`).digest('base64url')
/** As keys of partners are written. */
const keyOf = (name: string) => `jkbp_${cookieOf(name)}`

/** Operators with a session each, as if they had signed in; nobody can sign in as one. @returns their cookies */
const makeOperators = async (
  admin: pg.Pool,
  people: { name: string; role: string; organisation: string }[],
): Promise<string[]> => {
  const cookies = people.map(({ name }) => cookieOf(name))
  await admin.query(
    `with made as (
       insert into operators (username, display_name, organisation, roles, division_code, password_hash, totp_secret_encrypted, must_change_password)
       select name, 'bench', organisation, array[role], $4::text, 'none', '\\x00', false from unnest($1::text[], $2::text[], $3::text[]) as p(name, role, organisation)
       returning operator_id, username
     )
     insert into operator_sessions (session_hash, operator_id, csrf_token, expires_at, address)
     select c.hash, made.operator_id, 'bench', now() + interval '12 hours', '127.0.0.1'
     from unnest($1::text[], $5::bytea[]) as c(name, hash) join made on made.username = c.name`,
    [
      people.map(({ name }) => name),
      people.map(({ role }) => role),
      people.map(({ organisation }) => organisation),
      CITY,
      cookies.map(hashOf),
    ],
  )
  return cookies
}

const makeLaboratories = async (admin: pg.Pool, count: number): Promise<Laboratory[]> => {
  const names = Array.from({ length: count }, (_, at) => `bench laboratory ${at + 1}`)
  const { rows } = await admin.query<{ partner_id: string }>(
    `insert into partners (name, kind, key_hash, pushes_per_minute)
     select n, 'laboratory', h, 1000000 from unnest($1::text[], $2::bytea[]) with ordinality as l(n, h, place) order by place returning partner_id`,
    [names, names.map((name) => hashOf(keyOf(name)))],
  )
  const sessions = await makeOperators(
    admin,
    names.map((name, at) => ({ name: `bench-laboratory-${at}`, role: 'lab', organisation: name })),
  )
  return names.map((name, at) => ({
    partnerId: rows[at]?.partner_id ?? '',
    key: keyOf(name),
    session: sessions[at] ?? '',
  }))
}

/** What stands in the database before the first request: sites, laboratories, people of the office, rosters of buildings. */
export const makeWorld = async (
  superuserUrl: string,
  size: { sites: number; tables: number; laboratories: number; rosterPersons: number },
): Promise<World> => {
  const admin = new pg.Pool({ connectionString: superuserUrl, max: 2 })
  admin.on('error', () => {})
  const { rows: sites } = await admin.query<{ site_id: string }>(
    `insert into test_sites (name, division_code, address, hours, audience, price_cents, walk_in, made_by, made_at, request_id)
     select 'bench ' || n, d.code, 'bench', '[{"weekdays":[1,2,3,4,5,6,7],"opens":"00:00","closes":"24:00"}]'::jsonb, 'everybody', 0, true, 1, now(), gen_random_uuid()
     from generate_series(1, $1::int) as n
     join (select code, row_number() over (order by code) as at, count(*) over () as all from divisions where level = 'district') d
       on d.at = 1 + n % d.all order by n returning site_id`,
    [size.sites],
  )
  const samplers = await makeOperators(
    admin,
    Array.from({ length: size.tables }, (_, at) => ({
      name: `bench-sampler-${at}`,
      role: 'sampler',
      organisation: 'bench',
    })),
  )
  const [maker = '', beginner = ''] = await makeOperators(
    admin,
    ['bench-hq-1', 'bench-hq-2'].map((name) => ({ name, role: 'hq', organisation: 'bench' })),
  )
  const laboratories = await makeLaboratories(admin, size.laboratories)
  await fillRosters(admin, size.rosterPersons)
  const { rows: codes } = await admin.query<{ person_id: string; code_id: Buffer }>(
    'select person_id, code_id from person_codes',
  )
  return {
    admin,
    siteIds: sites.map((row) => String(row.site_id)),
    samplers,
    laboratories,
    leaders: [maker, beginner],
    codeIds: new Map(codes.map((row) => [Number(row.person_id), row.code_id])),
  }
}

/** Buildings of a hundred in turn over the districts; people 1 to `persons` live in them. */
const fillRosters = async (admin: pg.Pool, persons: number): Promise<void> => {
  await admin.query(
    `insert into rosters (division_code, kind, name, saved_by, saved_at, request_id)
     select d.code, 'building', 'bench ' || n, 1, now(), gen_random_uuid() from generate_series(1, $1::int) as n
     join (select code, row_number() over (order by code) as at, count(*) over () as all from divisions where level = 'district') d
       on d.at = 1 + n % d.all order by n`,
    [Math.ceil(persons / HOUSE)],
  )
  await admin.query(
    `insert into roster_people (roster_id, place, person_id, home)
     select r.roster_id, p.n, (r.at - 1) * $1::int + p.n, true
     from (select roster_id, row_number() over (order by roster_id) as at from rosters) r cross join generate_series(1, $1::int) as p(n)
     where (r.at - 1) * $1::int + p.n <= $2::int`,
    [HOUSE, persons],
  )
}
