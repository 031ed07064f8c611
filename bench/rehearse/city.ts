import { copyFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { installJobSchema } from '../../apps/server/src/db/job-schema.ts'
import { migrate } from '../../apps/server/src/db/migrate.ts'
import { ensureDatabase, ensureRoles } from '../../apps/server/src/db/roles.ts'
import { createTokens } from '../../apps/server/src/http/tokens.ts'
import { openFileKeyProvider } from '../../apps/server/src/keys/key-provider.ts'
import { giveKeys } from '../city/give-keys.ts'
import { makeCity } from '../city/make-city.ts'
import { openCityKeys } from '../city/tokens.ts'
import { planVenues } from '../city/venues.ts'

export const PERSONS = 2_000
const VENUES = 50

export interface RehearsedCity {
  url(role: string): string
  /** As superuser, of whichever database is primary. */
  admin: pg.Pool
  /** Of person and account `n`, of the database's epoch that `followEpoch` met last. */
  token(person: number): string
  codes: string[]
  /** One with the city's keys for each machine. */
  dataDirectories: string[]
}

/** Roles, schema, a small city and its keys, all of it over the way that servers take. */
export const makeRehearsedCity = async (
  { directory, port, password }: { directory: string; port: number; password: string },
  machines: number,
): Promise<RehearsedCity> => {
  const urlOf = (role: string, database: string) =>
    `postgres://${role}:${password}@127.0.0.1:${port}/${database}`
  const url = (role: string) => urlOf(role, 'jiankangbao')
  const client = new pg.Client({ connectionString: urlOf('postgres', 'postgres') })
  await client.connect()
  try {
    await ensureRoles(client, { jkb_migrator: password, jkb_app: password, jkb_readonly: password })
    await ensureDatabase(client, 'jiankangbao')
  } finally {
    await client.end()
  }
  await migrate({ connectionString: url('jkb_migrator'), directory: join(process.cwd(), 'db/migrations') })
  await installJobSchema(url('jkb_migrator'))
  await makeCity(url('postgres'), { persons: PERSONS, venues: VENUES, seed: 7 })
  const dataDirectories = Array.from({ length: machines }, (_, at) => join(directory, `machine-${at + 1}`))
  const [first = ''] = dataDirectories
  await giveKeys(url('postgres'), first)
  for (const other of dataDirectories.slice(1)) {
    mkdirSync(other, { mode: 0o700 })
    for (const file of ['keys.json', 'audit-keys.json']) copyFileSync(join(first, file), join(other, file))
  }
  const keys = openCityKeys(first)
  const admin = createAdmin(url('postgres'))
  const codes = planVenues({ venues: VENUES, seed: 7 }).flatMap(({ codeIds }) => codeIds.map(keys.venueCode))
  return {
    url,
    admin,
    token: followEpoch(createAdmin(url('postgres'), 2_000), first),
    codes,
    dataDirectories,
  }
}

/**
 * After a promotion a phone's access token is refused once, and it exchanges its refresh token for another. These phones have
 * none: theirs are signed here, of the epoch that the database has by then.
 */
const followEpoch = (admin: pg.Pool, dataDirectory: string): ((person: number) => string) => {
  let epoch = ''
  const look = async () => {
    const { rows } = await admin.query<{ epoch: string }>(
      'select right(epoch::text, 12) as epoch from database_state',
    )
    epoch = rows[0]?.epoch ?? epoch
  }
  setInterval(() => void look().catch(() => {}), 250).unref()
  const tokens = createTokens(openFileKeyProvider(dataDirectory), () => ({
    epoch,
    restoreEpoch: '',
    acceptsUnmarked: false,
    acceptsUnmarkedDevices: false,
    gap: undefined,
  }))
  return (person) =>
    tokens.signAccess({
      accountId: String(person),
      personId: String(person),
      sessionId: `00000000-0000-4000-9000-${person.toString(16).padStart(12, '0')}`,
    })
}

const createAdmin = (connectionString: string, limitMs?: number): pg.Pool => {
  const admin = new pg.Pool({
    connectionString,
    max: 3,
    connectionTimeoutMillis: 2_000,
    ...(limitMs && { query_timeout: limitMs }),
  })
  // A database that dies takes its connections with it; the statement fails, and that is all.
  admin.on('error', () => {})
  admin.on('connect', (client) => client.on('error', () => {}))
  return admin
}
