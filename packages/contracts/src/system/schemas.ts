import { BREAKER_STATES } from '@jiankangbao/domain/vocabulary/inflow'
import { type Static, Type } from 'typebox'
import { CalendarDate, Instant, OneOf, Shown } from '../atoms.ts'
import type { OperationSchemas } from '../operation-schemas.ts'
import type { operations } from './operations.ts'

export const about = 'How the system itself is running'

/** Of the process that answers. */
const Release = Type.Object({
  version: Shown('0.2.0'),
  commit: Shown('4636e9e'),
  node: Shown('v20.20.2'),
  startedAt: Instant,
})

/** Every job by its name. */
export const JOB_NAMES = [
  'make_partitions',
  'purge_short_lived',
  'expire_proposals',
  'rematch_stays',
  'sweep_unclaimed',
  'watch_tubes',
  'settle_bookings',
  'count_rounds',
  'require_tests',
  'expire_entries',
  'remind_of_declarations',
  'purge_outside_data',
  'sweep_imports',
  'drop_old_partitions',
  'purge_visit_marks',
  'purge_declarations',
  'purge_appeals',
  'purge_samples',
  'purge_cases',
  'purge_audit_entries',
  'evaluation',
  'awaited_evaluation',
  'audit_seals',
  'audit_verifications',
  'audit_witness',
  'provincial_codes',
  'risk_areas',
  'area_lifts',
  'colour_texts',
  'announcement_texts',
  'round_tellings',
  'service_checks',
  'hotline_exchange',
  'board',
  'lists',
  'rulesets',
  'dry_runs',
  'arrivals',
  'follow_ups',
  'key_rotations',
] as const

export const JOB_STATES = ['well', 'late', 'failing', 'waiting'] as const

/** `waiting`: watched, has not succeeded yet, and may still take its time. */
const Job = Type.Object({
  job: OneOf(JOB_NAMES),
  state: OneOf(JOB_STATES),
  succeededAt: Type.Optional(Instant),
  failedAt: Type.Optional(Instant),
  /** Runs that failed, ever. */
  failures: Type.Integer(),
  /** Of the last run, where it failed: the code of a PostgreSQL error or the name of a JavaScript one. */
  errorCode: Type.Optional(Shown('57014')),
  /** Of jobs that run by the clock. Others go round all the time. */
  nextAt: Type.Optional(Instant),
  lateAfterSeconds: Type.Integer(),
})
export type SystemJob = Static<typeof Job>

/** A key by its number and the first bytes of its fingerprint: never the key. */
const Key = Type.Object({
  kind: OneOf(['data', 'blind_index', 'venue_code', 'token_secret', 'signing', 'audit']),
  keyId: Type.Integer(),
  fingerprint: Shown('1f2e3d4c'),
  usedFrom: Type.Optional(Instant),
  /** Of a signing key: after this no code is signed with it. */
  usedUntil: Type.Optional(Instant),
  /** What is written or signed now is written or signed with it. */
  inUse: Type.Boolean(),
  /** Somebody else may have it: nothing that it signed is believed. */
  isLeaked: Type.Boolean(),
  /** What it encrypted or signed is not read any more. */
  isRetired: Type.Boolean(),
})
export type SystemKey = Static<typeof Key>

/** The exchange of a data key or token secret: under way, or the last that ended. */
const Rotation = Type.Object({
  kind: OneOf(['data', 'token_secret']),
  keyId: Type.Integer(),
  /** `published`: not every process has the key yet. */
  state: OneOf(['published', 'running', 'ended']),
  begunAt: Instant,
  /** Of its last step. */
  advancedAt: Instant,
  endedAt: Type.Optional(Instant),
  rowsTotal: Type.Integer(),
  rowsDone: Type.Integer(),
  /** At the pace so far. */
  secondsLeft: Type.Optional(Type.Integer()),
  /** Values left as they are, because they are not known to be those of their rows. */
  left: Type.Integer(),
})
export type SystemRotation = Static<typeof Rotation>

const Partitions = Type.Object({
  table: OneOf(['visits', 'checks']),
  days: Type.Integer(),
  firstDay: Type.Optional(CalendarDate),
  lastDay: Type.Optional(CalendarDate),
  hasTomorrow: Type.Boolean(),
  bytes: Type.Integer(),
  /** Mean of the last seven whole days. */
  bytesPerDay: Type.Integer(),
})

const Standby = Type.Object({
  name: Shown('standby-1'),
  /** `streaming` where all is well; absent where the application may not see it. */
  state: Type.Optional(Shown('streaming')),
  sync: Type.Optional(Shown('sync')),
  lagSeconds: Type.Optional(Type.Number()),
})
export type SystemStandby = Static<typeof Standby>

/** Archiving of the write-ahead log: what a restore to a point in time needs. */
const Archive = Type.Object({
  on: Type.Boolean(),
  lastArchivedAt: Type.Optional(Instant),
  lastFailedAt: Type.Optional(Instant),
  failures: Type.Integer(),
})

const Backup = Type.Object({
  label: Shown('20220313-030002F'),
  kind: OneOf(['full', 'diff', 'incr']),
  endedAt: Instant,
  /** How long it took. */
  seconds: Type.Integer(),
  bytes: Type.Integer(),
  /** Pages were copied whose checksums are wrong. */
  isFaulty: Type.Boolean(),
})

/** What whoever makes backups said of them last; without one of them nobody ever did. */
const Backups = Type.Object({
  count: Type.Integer(),
  last: Type.Optional(Backup),
  lastFull: Type.Optional(Backup),
  /** Older than this the last one is too old. */
  lateAfterHours: Type.Integer(),
})

const Database = Type.Object({
  version: Shown('18.4'),
  migration: Shown('0035_seal_history.sql'),
  startedAt: Instant,
  bytes: Type.Integer(),
  connections: Type.Integer(),
  mostConnections: Type.Integer(),
  standbys: Type.Array(Standby),
  /** The standby that heavy reading goes to, where one is set: only while it is fresh. */
  reading: Type.Optional(
    Type.Object({
      state: OneOf(['fresh', 'stale', 'away', 'foreign']),
      ageSeconds: Type.Optional(Type.Number()),
      mostSeconds: Type.Integer(),
    }),
  ),
  archive: Archive,
  backups: Backups,
  /** What the operator of the database said that its disk holds; absent where nobody did. */
  diskBytes: Type.Optional(Type.Integer()),
  /** Until the disk is full, at the pace of the last seven days. */
  diskDaysLeft: Type.Optional(Type.Integer()),
})

/** A provider outside: whether it answers. What it costs and how its day went is told by `getUpstreamStatus`. */
const Source = Type.Object({
  provider: Shown('provincial'),
  breaker: OneOf(BREAKER_STATES),
  lastSuccessAt: Type.Optional(Instant),
  lastFailureAt: Type.Optional(Instant),
})
export type SystemSource = Static<typeof Source>

/** What waits for the jobs. Counted up to 100000. */
const Queue = Type.Object({
  queue: OneOf(['evaluation', 'provincial', 'colour_texts', 'announcement_texts', 'lists']),
  waiting: Type.Integer(),
  oldestAt: Type.Optional(Instant),
})
export type SystemQueue = Static<typeof Queue>

export const SystemState = Type.Object({
  at: Instant,
  release: Release,
  database: Database,
  partitions: Type.Array(Partitions),
  queues: Type.Array(Queue),
  sources: Type.Array(Source),
  jobs: Type.Array(Job),
  keys: Type.Array(Key),
  rotations: Type.Array(Rotation),
})
export type SystemState = Static<typeof SystemState>

export const schemas = {
  getSystemState: {
    summary: 'Tells versions, jobs, keys, partitions, standbys, backups, sources and queues of the system',
    responses: { 200: SystemState },
  },
} satisfies Record<keyof typeof operations, OperationSchemas>
