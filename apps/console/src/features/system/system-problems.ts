import type { SystemJob, SystemSource, SystemState } from '@jiankangbao/contracts/system/schemas'

const FEW_DAYS = 14
const MANY_CONNECTIONS = 0.9
const LONG_WAIT_MS = 10 * 60_000
const FAR_BEHIND_SECONDS = 30
/** An exchange of a data key takes a step every moment; a published key waits for another machine. */
const STALLED_MS = 15 * 60_000

/** `away`: the breaker is open, or the last call failed; `idle`: it was never asked. */
export const sourceState = ({
  breaker,
  lastSuccessAt,
  lastFailureAt,
}: SystemSource): 'well' | 'away' | 'idle' => {
  if (!lastSuccessAt && !lastFailureAt) return 'idle'
  const failedLast = lastFailureAt !== undefined && lastFailureAt > (lastSuccessAt ?? '')
  return breaker === 'open' || failedLast ? 'away' : 'well'
}

type Backups = SystemState['database']['backups']

/** Unknown is never well: what nobody told of is not there. */
const backupProblem = ({ last, lateAfterHours }: Backups, at: string): SystemProblem | false => {
  if (!last) return { problem: 'noBackup', values: {} }
  const hours = Math.floor((Date.parse(at) - Date.parse(last.endedAt)) / 3_600_000)
  if (hours >= lateAfterHours) return { problem: 'backupOld', values: { count: hours } }
  return last.isFaulty && { problem: 'backupFaulty', values: {} }
}

export interface SystemProblem {
  /** Key of its words. */
  problem: string
  values: { job?: string; source?: string; at?: string; count?: number }
}

/** What somebody has to do something about, worst first. */
export const problemsOf = ({
  at,
  database,
  partitions,
  jobs,
  queues,
  sources,
  keys,
  rotations,
}: SystemState): SystemProblem[] => {
  const evaluation = queues.find(({ queue }) => queue === 'evaluation')
  const waitedMs = evaluation?.oldestAt ? Date.parse(at) - Date.parse(evaluation.oldestAt) : 0
  const { archive, diskDaysLeft } = database
  const archiveFails =
    archive.on &&
    archive.lastFailedAt !== undefined &&
    (archive.lastArchivedAt === undefined || archive.lastFailedAt > archive.lastArchivedAt)
  const list: (SystemProblem | false)[] = [
    partitions.some(({ hasTomorrow }) => !hasTomorrow) && { problem: 'noTomorrow', values: {} },
    diskDaysLeft !== undefined &&
      diskDaysLeft <= FEW_DAYS && { problem: 'disk', values: { count: diskDaysLeft } },
    database.connections > MANY_CONNECTIONS * database.mostConnections && {
      problem: 'connections',
      values: { count: database.connections },
    },
    archiveFails && { problem: 'archive', values: {} },
    backupProblem(database.backups, at),
    ...database.standbys.map(
      ({ state, lagSeconds = 0 }) =>
        ((state !== undefined && state !== 'streaming') || lagSeconds > FAR_BEHIND_SECONDS) && {
          problem: 'standby',
          values: {},
        },
    ),
    database.reading !== undefined &&
      database.reading.state !== 'fresh' && { problem: 'reading', values: {} },
    waitedMs > LONG_WAIT_MS && {
      problem: 'evaluation',
      values: { count: Math.round(waitedMs / 60_000) },
    },
    ...sources.map(
      (source) =>
        sourceState(source) === 'away' && { problem: 'source', values: { source: source.provider } },
    ),
    ...jobs.map(
      ({ job, state }) => (state === 'late' || state === 'failing') && { problem: state, values: { job } },
    ),
    ...rotations.map(({ left }) => left > 0 && { problem: 'rotationLeft', values: { count: left } }),
    ...rotations.map((each) => {
      const stillMs = Date.parse(at) - Date.parse(each.advancedAt)
      const isMoving = each.state === 'ended' || (each.state === 'running' && each.kind === 'token_secret')
      return (
        !isMoving &&
        each.left === 0 &&
        stillMs > STALLED_MS && {
          problem: 'rotationStalled',
          values: { count: Math.round(stillMs / 60_000) },
        }
      )
    }),
    keys.some(({ inUse, isLeaked }) => inUse && isLeaked) && { problem: 'leakedInUse', values: {} },
  ]
  return list.filter((each) => each !== false)
}

const WORST_FIRST: SystemJob['state'][] = ['late', 'failing', 'waiting', 'well']

/** Worst first, otherwise as they were. */
export const sortJobs = (jobs: readonly SystemJob[]): SystemJob[] =>
  WORST_FIRST.flatMap((state) => jobs.filter((job) => job.state === state))

const UNITS = ['B', 'KB', 'MB', 'GB', 'TB']

/** Bytes in the largest unit that leaves at least one. */
export const toSize = (bytes: number): string => {
  let size = bytes
  let unit = 0
  while (size >= 1024 && unit < UNITS.length - 1) {
    size /= 1024
    unit += 1
  }
  return `${unit === 0 || size >= 100 ? Math.round(size) : size.toFixed(1)} ${UNITS[unit]}`
}
