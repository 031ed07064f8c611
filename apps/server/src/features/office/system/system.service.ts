import type {
  SystemJob,
  SystemKey,
  SystemRotation,
  SystemStandby,
  SystemState,
} from '@jiankangbao/contracts/system/schemas'
import type { Queryable } from '../../../db/pool.ts'
import { JOBS, type JobName, listJobs } from '../../../jobs/job-names.ts'
import { fingerprintsOf } from '../../../keys/key-fingerprints.ts'
import { currentTokenKeyId } from '../../../keys/key-provider.ts'
import type { Parts } from '../../../parts.ts'
import { release } from '../../../release/release.ts'
import { listSources } from '../../inflow/upstream/upstream.service.ts'
import { listRotations, type RotationProgress } from '../../ledger/rotation/rotation.service.ts'
import { nextRunOf } from './next-run.ts'
import * as queries from './system.queries.ts'

/** Every viewer of a process reads the same figures for so long. */
const FRESH_MS = 5_000
const FINGERPRINT_SHOWN = 8
/** One is made every day; the alert `BackupOld` rings after the same time. */
const BACKUP_LATE_HOURS = 30

const optional = <Name extends string>(name: Name, at: Date | null | undefined) =>
  (at ? { [name]: at.toISOString() } : {}) as { [key in Name]?: string }

const stateOf = (row: queries.JobRow, lateAfterSeconds: number, now: Date): SystemJob['state'] => {
  const since = row.succeeded_at ?? row.watched_since
  if ((now.getTime() - since.getTime()) / 1000 > lateAfterSeconds) return 'late'
  if (row.failed_at && (!row.succeeded_at || row.failed_at > row.succeeded_at)) return 'failing'
  return row.succeeded_at ? 'well' : 'waiting'
}

const toJob = (job: JobName, row: queries.JobRow | undefined, now: Date): SystemJob => {
  const planned: { crontab?: string; lateAfterSeconds: number } = JOBS[job]
  const { lateAfterSeconds, crontab } = planned
  const next = crontab ? nextRunOf(crontab, now) : undefined
  // No process has looked for it yet: nothing does its work.
  if (!row) return { job, state: 'late', failures: 0, lateAfterSeconds, ...optional('nextAt', next) }
  const state = stateOf(row, lateAfterSeconds, now)
  return {
    job,
    state,
    ...optional('succeededAt', row.succeeded_at),
    ...optional('failedAt', row.failed_at),
    failures: Number(row.failures),
    ...(row.error_code ? { errorCode: row.error_code } : {}),
    ...optional('nextAt', next),
    lateAfterSeconds,
  }
}

/** How many jobs are in each state. */
export const countJobStates = async (
  db: Queryable,
  config: Parts['config'],
  now: Date,
): Promise<Record<SystemJob['state'], number>> => {
  const runs = await queries.listJobRuns(db)
  const counts = { well: 0, waiting: 0, failing: 0, late: 0 }
  for (const job of listJobs(config)) counts[toJob(job, runs.get(job), now).state] += 1
  return counts
}

const toStandby = ({ name, state, sync, lag_seconds }: queries.StandbyRow): SystemStandby => ({
  name: name ?? '',
  ...(state ? { state } : {}),
  ...(sync ? { sync } : {}),
  ...(lag_seconds === null ? {} : { lagSeconds: lag_seconds }),
})

const toRotation = (each: RotationProgress): SystemRotation => ({
  kind: each.kind,
  keyId: each.keyId,
  state: each.state,
  begunAt: each.begunAt.toISOString(),
  advancedAt: each.advancedAt.toISOString(),
  ...optional('endedAt', each.endedAt),
  rowsTotal: each.rowsTotal,
  rowsDone: each.rowsDone,
  ...(each.secondsLeft === undefined ? {} : { secondsLeft: each.secondsLeft }),
  left: each.left,
})

const toBackup = (row: queries.BackupRow) => ({
  label: row.label,
  kind: row.kind,
  endedAt: row.ended_at.toISOString(),
  seconds: row.seconds,
  bytes: Number(row.bytes),
  isFaulty: row.is_faulty,
})

const toBackups = (rows: queries.BackupRow[]): SystemState['database']['backups'] => {
  const [last] = rows
  const full = rows.find(({ kind }) => kind === 'full')
  return {
    count: rows.length,
    ...(last ? { last: toBackup(last) } : {}),
    ...(full ? { lastFull: toBackup(full) } : {}),
    lateAfterHours: BACKUP_LATE_HOURS,
  }
}

/** What an operations team looks at: one statement for each of its parts, however many look. */
export const createSystemService = ({
  pool,
  reading,
  keys,
  config,
  clock,
}: Pick<Parts, 'pool' | 'reading' | 'keys' | 'config' | 'clock'>) => {
  const startedAt = new Date(clock().getTime() - process.uptime() * 1000)

  const listKeys = (): SystemKey[] => {
    const inUse = new Map([
      ['data', keys.currentDataKey().dataKeyId],
      ['token_secret', currentTokenKeyId(keys)],
      ['signing', keys.currentSigningKey().keyId],
      ['audit', keys.auditKeys().currentKeyId()],
    ])
    return fingerprintsOf(keys).map(({ kind, keyId, fingerprint, usedFrom }) => ({
      kind,
      keyId,
      fingerprint: fingerprint.toString('hex').slice(0, FINGERPRINT_SHOWN),
      ...optional('usedFrom', usedFrom),
      ...optional(
        'usedUntil',
        kind === 'signing' ? keys.signingKeys().find((key) => key.keyId === keyId)?.validUntil : undefined,
      ),
      inUse: (inUse.get(kind) ?? keyId) === keyId,
      isLeaked: kind === 'signing' && keys.isLeakedKey(keyId),
      isRetired:
        (kind === 'data' && keys.findDataKey(keyId) === undefined) ||
        (kind === 'token_secret' &&
          keys.tokenSecrets().some(({ tokenKeyId, isRetired }) => tokenKeyId === keyId && isRetired)),
    }))
  }

  const readDatabase = async (bytesPerDay: number): Promise<SystemState['database']> => {
    const [row, standbys, backups] = await Promise.all([
      queries.readDatabase(pool),
      queries.listStandbys(pool),
      queries.listBackups(pool),
    ])
    if (!row) throw new Error('the database says nothing of itself')
    const bytes = Number(row.bytes)
    const standby = reading.standby()
    const { databaseDiskBytes: diskBytes } = config
    return {
      version: row.version,
      migration: row.migration,
      startedAt: row.started_at.toISOString(),
      bytes,
      connections: row.connections,
      mostConnections: row.most_connections,
      standbys: standbys.map(toStandby),
      ...(standby ? { reading: { ...standby, mostSeconds: config.databaseReadMaxAgeSeconds } } : {}),
      archive: {
        on: row.archive_on,
        ...optional('lastArchivedAt', row.last_archived_at),
        ...optional('lastFailedAt', row.last_failed_at),
        failures: Number(row.archive_failures),
      },
      backups: toBackups(backups),
      ...(diskBytes === undefined ? {} : { diskBytes }),
      ...(diskBytes !== undefined && bytesPerDay > 0
        ? { diskDaysLeft: Math.max(0, Math.floor((diskBytes - bytes) / bytesPerDay)) }
        : {}),
    }
  }

  const read = async (): Promise<SystemState> => {
    const now = clock()
    const [partitions, queues, runs, rotations, sources] = await Promise.all([
      queries.listPartitions(pool),
      queries.listQueues(pool),
      queries.listJobRuns(pool),
      listRotations(pool),
      listSources({ pool, config }),
    ])
    const bytesPerDay = partitions.reduce((sum, row) => sum + Number(row.bytes_per_day), 0)
    return {
      at: now.toISOString(),
      release: {
        ...release,
        node: process.version,
        startedAt: startedAt.toISOString(),
      },
      database: await readDatabase(bytesPerDay),
      partitions: partitions.map((row) => ({
        table: row.table,
        days: row.days,
        ...(row.first_day ? { firstDay: row.first_day } : {}),
        ...(row.last_day ? { lastDay: row.last_day } : {}),
        hasTomorrow: row.has_tomorrow,
        bytes: Number(row.bytes),
        bytesPerDay: Number(row.bytes_per_day),
      })),
      queues: queues.map(({ queue, waiting, oldest_at }) => ({
        queue,
        waiting,
        ...optional('oldestAt', oldest_at),
      })),
      sources,
      jobs: listJobs(config).map((job) => toJob(job, runs.get(job), now)),
      keys: listKeys(),
      rotations: rotations.map(toRotation),
    }
  }

  let last: { at: number; state: Promise<SystemState> } | undefined
  return {
    getSystemState: (): Promise<SystemState> => {
      const now = performance.now()
      if (last && now - last.at < FRESH_MS) return last.state
      const state = read()
      last = { at: now, state }
      state.catch(() => {
        last = undefined
      })
      return state
    },
  }
}
