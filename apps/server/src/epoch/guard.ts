import type { FastifyBaseLogger } from 'fastify'
import type { PoolClient } from 'pg'
import { AppError } from '../http/app-error.ts'
import type { EpochState } from '../http/tokens.ts'
import type { DatabaseMemory } from '../keys/database-memory.ts'

// A process: does not know its database yet → serves it → suspends it when it lacks what this server, or any other, has
// seen → serves it again once `jkb restore accept` was run. It looks every few seconds and on each new connection, before
// anything else is sent over it: whatever exchanges a database under a server cuts its connections first.

const ATTEND_MS = 3_000
/** Seconds for which clients are told to wait. */
const RETRY_SECONDS = 30

export type Suspicion = 'older' | 'other'

interface AttendRow {
  database_id: string
  epoch: string
  renewals: number
  restore_epoch: string
  restore_number: string
  lineage: string | null
  mark: string | null
  marked_at: Date | null
  suspended_why: Suspicion | null
  gap_from: Date | null
  gap_to: Date | null
}

/** Knows which history the database is, and whether it may be served. */
export interface EpochGuard {
  /** What tokens have to carry; undefined before the first look. */
  state(): EpochState | undefined
  suspended(): Suspicion | undefined
  /** @throws AppError DATABASE_RESTORED while the database waits for somebody to accept it. */
  assertServed(): void
  /** For a pool: looks over a new connection, and refuses it while suspended. */
  verify(client: PoolClient, done: (error?: Error) => void): void
  /** Called when tokens of before are over. */
  onRenewed(handle: () => void): void
  /** Looks for the first time and every few seconds from then on; resolves also where the database is away. */
  start(connect: () => Promise<PoolClient>): Promise<void>
  stop(): Promise<void>
}

const refusal = () => new AppError('DATABASE_RESTORED', { retryAfterSeconds: RETRY_SECONDS })

const toState = (row: AttendRow): EpochState => ({
  epoch: row.epoch.slice(-12),
  acceptsUnmarked: row.renewals === 0,
  restoreEpoch: row.restore_epoch.slice(-12),
  acceptsUnmarkedDevices: row.restore_number === '0',
  gap: row.gap_from && row.gap_to ? { from: row.gap_from.getTime(), to: row.gap_to.getTime() } : undefined,
})

export const createEpochGuard = (
  memory: DatabaseMemory,
  lossSeconds: number,
  log: FastifyBaseLogger,
): EpochGuard => {
  const renewed: (() => void)[] = []
  let state: EpochState | undefined
  let suspended: Suspicion | undefined
  let timer: NodeJS.Timeout | undefined
  let stopped = false

  const suspend = (why: Suspicion | undefined): void => {
    if (why && !suspended)
      log.fatal(
        { why },
        'the database is not the one this server worked with: nothing is served until `jkb restore accept` was run',
      )
    if (!why && suspended) log.warn('the restored database was accepted and is served')
    suspended = why
  }

  const take = (row: AttendRow): void => {
    suspend(row.suspended_why ?? undefined)
    const before = state
    state = toState(row)
    if (before && before.epoch !== state.epoch) for (const handle of renewed) handle()
    if (row.suspended_why || !row.mark || !row.marked_at) return
    const seen = {
      databaseId: row.database_id,
      restoreNumber: row.restore_number,
      lineage: row.lineage,
      mark: row.mark,
      markedAt: row.marked_at.toISOString(),
    }
    memory
      .write(seen)
      .catch((error: unknown) => log.error({ err: error }, 'what was seen of the database is not kept'))
  }

  const attend = async (client: PoolClient): Promise<void> => {
    const seen = memory.read()
    const { rows } = await client.query<AttendRow>(
      'select * from attend_database($1::uuid, $2::uuid, $3::bigint, $4::bigint, $5::timestamptz, $6::text, $7::boolean, $8::integer)',
      [
        memory.serverId,
        seen?.databaseId ?? null,
        seen?.restoreNumber ?? null,
        seen?.mark ?? null,
        seen?.markedAt ?? null,
        seen?.lineage ?? null,
        state === undefined,
        lossSeconds,
      ],
    )
    if (rows[0]) take(rows[0])
  }

  // A standby, a read-only database and an older schema say so themselves at the first statement, and at /readyz.
  const excuses = (error: unknown): boolean => {
    const code = String((error as { code?: unknown }).code ?? '')
    if (code === '42883' && memory.read()) suspend('older')
    return ['42883', '42P01', '25006', '55000', '42501'].includes(code) && !suspended
  }

  const look = async (connect: () => Promise<PoolClient>): Promise<void> => {
    // The connection itself may have just been looked over; looking once more is nothing.
    const client = await connect()
    try {
      await attend(client)
    } finally {
      client.release()
    }
  }

  return {
    state: () => state,
    suspended: () => suspended,
    assertServed: () => {
      if (suspended) throw refusal()
    },
    verify: (client, done) => {
      attend(client).then(
        () => done(suspended && refusal()),
        (error: unknown) => done(excuses(error) ? undefined : suspended ? refusal() : (error as Error)),
      )
    },
    onRenewed: (handle) => void renewed.push(handle),
    start: async (connect) => {
      const round = async (): Promise<void> => {
        try {
          await look(connect)
        } catch (error) {
          log.debug({ err: error }, 'the database can not be looked at')
        }
        if (stopped) return
        timer = setTimeout(() => void round(), ATTEND_MS)
        timer.unref()
      }
      await round()
    },
    stop: async () => {
      stopped = true
      clearTimeout(timer)
    },
  }
}
