import type { SystemState } from '@jiankangbao/contracts/system/schemas'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { registerCitizen } from '../../../../test/factories.ts'
import { createOperator } from '../../../../test/operators.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'
import { inTransaction } from '../../../db/pool.ts'
import { markDirty } from '../../colours/status/status.service.ts'
import { createSystemService } from './system.service.ts'

const start = new Date('2022-03-15T03:17:20Z')
let app: TestApp
let owner: pg.Client

beforeAll(async () => {
  app = await startTestApp({ now: start, environment: { DATABASE_DISK_GB: '40' } })
  owner = new pg.Client(app.database.migratorUrl)
  await owner.connect()
})
beforeEach(async () => {
  await owner.query('delete from job_runs')
})
afterAll(async () => {
  await owner.end()
  await app.close()
})

const ran = (
  job: string,
  succeeded: string | null,
  failed: string | null = null,
  code: string | null = null,
) =>
  owner.query(
    `insert into job_runs (job, watched_since, succeeded_at, failed_at, failures, error_code)
     values ($1, $2::timestamptz - interval '1 day', $3, $4, $5, $6)`,
    [job, start, succeeded, failed, failed ? 3 : 0, code],
  )

const hasTomorrow = async (table: string): Promise<boolean> =>
  (
    await owner.query(
      `select has_day_partition($1, (now() at time zone 'Asia/Shanghai')::date + 1) as there`,
      [table],
    )
  ).rows[0].there

// An instance of its own: what was read is shared for five seconds.
const look = (): Promise<SystemState> => createSystemService(app.parts).getSystemState()
const jobOf = ({ jobs }: SystemState, name: string) => jobs.find(({ job }) => job === name)

it('says how each job did, when it runs next, and that nobody runs one', async () => {
  await ran('expire_proposals', '2022-03-15T03:15:00Z')
  await ran('expire_entries', '2022-03-15T03:10:00Z', '2022-03-15T03:15:00Z', '57014')
  await ran('drop_old_partitions', '2022-03-13T03:17:00Z')
  await owner.query(`insert into job_runs (job, watched_since) values ('audit_seals', $1)`, [start])
  const state = await look()
  expect(jobOf(state, 'expire_proposals')).toEqual({
    job: 'expire_proposals',
    state: 'well',
    succeededAt: '2022-03-15T03:15:00.000Z',
    failures: 0,
    nextAt: '2022-03-15T03:20:00.000Z',
    lateAfterSeconds: 1800,
  })
  expect(jobOf(state, 'expire_entries')).toMatchObject({ state: 'failing', failures: 3, errorCode: '57014' })
  expect(jobOf(state, 'drop_old_partitions')).toMatchObject({
    state: 'late',
    nextAt: '2022-03-16T03:17:00.000Z',
  })
  expect(jobOf(state, 'audit_seals')).toMatchObject({ state: 'waiting' })
  expect(jobOf(state, 'audit_seals')).not.toHaveProperty('nextAt')
  expect(jobOf(state, 'evaluation')).toMatchObject({ state: 'late', failures: 0 })
})

it('tells what waits, how much room is left, and that tomorrow has its place', async () => {
  const citizen = await registerCitizen(app)
  await inTransaction(app.parts.pool, (tx) => markDirty(tx, [citizen.personId], 'finding.add'))
  const { queues, database, partitions } = await look()
  expect(queues.map(({ queue }) => queue)).toEqual([
    'evaluation',
    'provincial',
    'colour_texts',
    'announcement_texts',
    'lists',
  ])
  expect(queues[0]).toMatchObject({ waiting: 1, oldestAt: expect.any(String) })
  expect(database).toMatchObject({
    standbys: [],
    archive: { on: false, failures: 0 },
    diskBytes: 40 * 1024 ** 3,
    migration: expect.stringMatching(/^\d{4}_|^[a-z_]+/),
  })
  expect(database.bytes).toBeGreaterThan(1_000_000)
  expect(database.connections).toBeGreaterThan(0)
  expect(partitions.map(({ table, hasTomorrow }) => [table, hasTomorrow])).toEqual([
    ['visits', await hasTomorrow('visits')],
    ['checks', await hasTomorrow('checks')],
  ])
})

it('counts the days until the disk is full from the days that are whole', async () => {
  await owner.query(
    `select ensure_day_partitions((now() at time zone 'Asia/Shanghai')::date - 1, (now() at time zone 'Asia/Shanghai')::date + 1)`,
  )
  const { partitions, database } = await look()
  const [visits] = partitions
  expect(visits).toMatchObject({ hasTomorrow: true })
  expect(visits?.bytesPerDay).toBeGreaterThan(0)
  const aDay = partitions.reduce((sum, { bytesPerDay }) => sum + bytesPerDay, 0)
  expect(database.diskDaysLeft).toBe(Math.floor((40 * 1024 ** 3 - database.bytes) / aDay))
})

/** As pgBackRest 2.43 says it, what is not read here left out. */
const backup = (
  label: string,
  type: string,
  start: string,
  seconds: number,
  error: boolean | null = false,
) => ({
  archive: { start: '000000010000000000000003', stop: '000000010000000000000003' },
  error,
  info: { delta: 9_000_000, repository: { delta: 1_000_000 }, size: 31_457_280 },
  label,
  timestamp: { start: Date.parse(start) / 1000, stop: Date.parse(start) / 1000 + seconds },
  type,
})
const note = async (info: unknown): Promise<number> =>
  (await owner.query('select note_backups($1::jsonb) as noted', [JSON.stringify(info)])).rows[0].noted
const info = (...backups: object[]) => [
  { backup: backups, cipher: 'none', name: 'jiankangbao', status: { code: 0, message: 'ok' } },
]

it('tells which backups there are, as whoever makes them said last', async () => {
  expect((await look()).database.backups).toEqual({ count: 0, lateAfterHours: 30 })
  const full = backup('20220313-030002F', 'full', '2022-03-12T19:00:02Z', 190)
  const diff = backup('20220313-030002F_20220315-030001D', 'diff', '2022-03-14T19:00:01Z', 12, true)
  expect(await note(info(full, backup('20220306-030002F', 'full', '2022-03-05T19:00:02Z', 180)))).toBe(2)
  expect(await note(info(full, diff))).toBe(2)
  expect((await look()).database.backups).toEqual({
    count: 2,
    last: {
      label: diff.label,
      kind: 'diff',
      endedAt: '2022-03-14T19:00:13.000Z',
      seconds: 12,
      bytes: 31_457_280,
      isFaulty: true,
    },
    lastFull: expect.objectContaining({ label: full.label, seconds: 190, isFaulty: false }),
    lateAfterHours: 30,
  })
})

it.each([[{}], ['pgbackrest'], [[{ name: 'jiankangbao' }]], [[]]])(
  'keeps the backups it knows when %j is given for them',
  async (given) => {
    await note(info(backup('20220313-030002F', 'full', '2022-03-12T19:00:02Z', 190)))
    await expect(note(given)).rejects.toMatchObject({ code: '22023' })
    expect((await look()).database.backups.count).toBe(1)
  },
)

it('lets nobody but the owner say which backups there are', async () => {
  await expect(app.parts.pool.query(`select note_backups('[]')`)).rejects.toMatchObject({ code: '42501' })
  await expect(app.parts.pool.query('delete from backups')).rejects.toMatchObject({ code: '42501' })
})

it('names every provider outside, also those never asked, and when it last answered', async () => {
  await owner.query(
    `insert into upstream_state (provider, breaker, last_success_at, last_failure_at, updated_at)
     values ('provincial', 'open', '2022-03-15T03:00:00Z', '2022-03-15T03:10:00Z', now())
     on conflict (provider) do update set breaker = excluded.breaker, last_success_at = excluded.last_success_at,
       last_failure_at = excluded.last_failure_at`,
  )
  const { sources } = await look()
  expect(sources).toContainEqual({
    provider: 'provincial',
    breaker: 'open',
    lastSuccessAt: '2022-03-15T03:00:00.000Z',
    lastFailureAt: '2022-03-15T03:10:00.000Z',
  })
  expect(sources.map(({ provider }) => provider)).toEqual(
    expect.arrayContaining(['sms', 'identity', 'face', 'travel_card', 'risk_areas']),
  )
})

it('names keys by fingerprint and never gives one', async () => {
  const state = await look()
  expect(state.keys.map(({ kind, inUse, isLeaked }) => [kind, inUse, isLeaked])).toEqual([
    ['data', true, false],
    ['blind_index', true, false],
    ['venue_code', true, false],
    ['token_secret', true, false],
    ['signing', true, false],
    ['audit', true, false],
  ])
  const text = JSON.stringify(state)
  const { keys } = app.parts
  for (const secret of [keys.blindIndexKey(), keys.venueCodeKey(), keys.currentDataKey().key]) {
    expect(text).not.toContain(secret.toString('base64'))
    expect(text).not.toContain(secret.toString('hex'))
  }
  expect(text).not.toContain(keys.tokenSecret())
  for (const { fingerprint } of state.keys) expect(fingerprint).toMatch(/^[0-9a-f]{8}$/)
})

it('asks the database once for all who look in the same moment', async () => {
  let asked = 0
  const pool = new Proxy(app.parts.pool, {
    get: (target, name) => {
      const value = Reflect.get(target, name)
      if (name !== 'query') return typeof value === 'function' ? value.bind(target) : value
      return (...given: unknown[]) => {
        asked += 1
        return value.apply(target, given)
      }
    },
  })
  const service = createSystemService({ ...app.parts, pool })
  await Promise.all(Array.from({ length: 20 }, () => service.getSystemState()))
  expect(asked).toBe(8)
})

it('is for administrators and headquarters', async () => {
  for (const [role, status] of [
    ['sysadmin', 200],
    ['hq', 200],
    ['office', 403],
    ['auditor', 403],
  ] as const) {
    const operator = await createOperator(app, { roles: [role] })
    expect((await operator.call('GET', '/api/v1/operator/system')).status, role).toBe(status)
  }
})
