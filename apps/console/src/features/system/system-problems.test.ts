import { JOB_NAMES, type SystemState } from '@jiankangbao/contracts/system/schemas'
import { expect, it } from 'vitest'
import { system as en } from '../../locales/en/system.ts'
import { system as zh } from '../../locales/zh/system.ts'
import { problemsOf, sortJobs, toSize } from './system-problems.ts'

const well: SystemState = {
  at: '2022-03-15T03:00:00.000Z',
  release: { version: '0.2.0', commit: 'source', node: 'v20', startedAt: '2022-03-15T00:00:00.000Z' },
  database: {
    version: '18.4',
    migration: 'create_visits',
    startedAt: '2022-03-15T00:00:00.000Z',
    bytes: 1,
    connections: 10,
    mostConnections: 100,
    standbys: [{ name: 'standby-1', state: 'streaming', sync: 'sync', lagSeconds: 0.1 }],
    archive: { on: true, lastArchivedAt: '2022-03-15T02:59:00.000Z', failures: 0 },
    backups: {
      count: 2,
      last: {
        label: '20220313-030002F_20220315-030001D',
        kind: 'diff',
        endedAt: '2022-03-14T19:00:00.000Z',
        seconds: 9,
        bytes: 1,
        isFaulty: false,
      },
      lateAfterHours: 30,
    },
    diskBytes: 100,
    diskDaysLeft: 200,
  },
  partitions: [{ table: 'visits', days: 12, hasTomorrow: true, bytes: 1, bytesPerDay: 1 }],
  queues: [{ queue: 'evaluation', waiting: 3, oldestAt: '2022-03-15T02:59:00.000Z' }],
  sources: [
    {
      provider: 'provincial',
      breaker: 'closed',
      lastSuccessAt: '2022-03-15T02:59:00.000Z',
      lastFailureAt: '2022-03-15T02:00:00.000Z',
    },
    { provider: 'sms', breaker: 'closed' },
  ],
  jobs: [{ job: 'lists', state: 'well', failures: 0, lateAfterSeconds: 60 }],
  keys: [
    { kind: 'signing', keyId: 1, fingerprint: '00000000', inUse: true, isLeaked: false, isRetired: false },
  ],
  rotations: [],
}
const rotation: SystemState['rotations'][number] = {
  kind: 'data',
  keyId: 2,
  state: 'running',
  begunAt: '2022-03-15T02:00:00.000Z',
  advancedAt: '2022-03-15T02:59:59.000Z',
  rowsTotal: 100,
  rowsDone: 40,
  secondsLeft: 90,
  left: 0,
}
const named = (change: Partial<SystemState>) =>
  problemsOf({ ...well, ...change }).map(({ problem }) => problem)

it('has nothing to say where all is well', () => {
  expect(problemsOf(well)).toEqual([])
})

it.each<[string, Partial<SystemState>]>([
  ['noTomorrow', { partitions: [{ ...well.partitions[0], table: 'checks', hasTomorrow: false } as never] }],
  ['disk', { database: { ...well.database, diskDaysLeft: 14 } }],
  ['connections', { database: { ...well.database, connections: 91 } }],
  [
    'archive',
    {
      database: {
        ...well.database,
        archive: { ...well.database.archive, lastFailedAt: '2022-03-15T02:59:30.000Z' },
      },
    },
  ],
  ['noBackup', { database: { ...well.database, backups: { count: 0, lateAfterHours: 30 } } }],
  ['backupOld', { at: '2022-03-16T01:00:00.000Z', queues: [] }],
  [
    'backupFaulty',
    {
      database: {
        ...well.database,
        backups: {
          ...well.database.backups,
          last: { ...well.database.backups.last, isFaulty: true } as never,
        },
      },
    },
  ],
  ['source', { sources: [{ provider: 'sms', breaker: 'open', lastSuccessAt: '2022-03-15T02:59:00.000Z' }] }],
  [
    'source',
    { sources: [{ provider: 'sms', breaker: 'closed', lastFailureAt: '2022-03-15T02:59:00.000Z' }] },
  ],
  ['standby', { database: { ...well.database, standbys: [{ name: 'a', state: 'catchup' }] } }],
  [
    'standby',
    { database: { ...well.database, standbys: [{ name: 'a', state: 'streaming', lagSeconds: 31 }] } },
  ],
  [
    'reading',
    { database: { ...well.database, reading: { state: 'stale', ageSeconds: 90, mostSeconds: 30 } } },
  ],
  ['evaluation', { queues: [{ queue: 'evaluation', waiting: 1, oldestAt: '2022-03-15T02:40:00.000Z' }] }],
  ['late', { jobs: [{ job: 'lists', state: 'late', failures: 0, lateAfterSeconds: 60 }] }],
  ['failing', { jobs: [{ job: 'lists', state: 'failing', failures: 1, lateAfterSeconds: 60 }] }],
  [
    'leakedInUse',
    {
      keys: [
        { kind: 'signing', keyId: 1, fingerprint: '00000000', inUse: true, isLeaked: true, isRetired: false },
      ],
    },
  ],
  ['rotationLeft', { rotations: [{ ...rotation, left: 1 }] }],
  ['rotationStalled', { rotations: [{ ...rotation, advancedAt: '2022-03-15T02:30:00.000Z' }] }],
])('says %s', (problem, change) => {
  expect(named(change)).toEqual([problem])
})

it('does not complain about an exchange that moves, or tokens that are still good', () => {
  const waits = { ...rotation, kind: 'token_secret' as const, advancedAt: '2022-03-01T00:00:00.000Z' }
  expect(named({ rotations: [rotation, waits] })).toEqual([])
})

it('does not complain about a standby that it may not look into', () => {
  expect(named({ database: { ...well.database, standbys: [{ name: 'a' }] } })).toEqual([])
})

it('puts jobs that need somebody first', () => {
  const jobs = (['well', 'waiting', 'late', 'failing', 'late'] as const).map((state, at) => ({
    job: JOB_NAMES[at] ?? 'lists',
    state,
    failures: at,
    lateAfterSeconds: 60,
  }))
  expect(sortJobs(jobs).map(({ failures }) => failures)).toEqual([2, 4, 3, 1, 0])
})

it('writes sizes in the largest unit', () => {
  expect([0, 1023, 1536, 10 * 1024 ** 2, 150 * 1024 ** 3].map(toSize)).toEqual([
    '0 B',
    '1023 B',
    '1.5 KB',
    '10.0 MB',
    '150 GB',
  ])
})

it('has a name for every job in both languages', () => {
  expect(Object.keys(zh.jobs).sort()).toEqual([...JOB_NAMES].sort())
  expect(Object.keys(en.jobs).sort()).toEqual([...JOB_NAMES].sort())
})
