import { setTimeout as sleep } from 'node:timers/promises'
import type { FastifyBaseLogger } from 'fastify'
import { Counter, Gauge, type Registry } from 'prom-client'
import { createPool, type Pool, type Queryable } from './pool.ts'

// A standby: not looked at yet → fresh → stale, away or foreign → fresh again. Only while it is fresh is anything read there; what
// fails there is read on the primary in the same moment.

export type StandbyState = 'fresh' | 'stale' | 'away' | 'foreign'

export interface StandbyAge {
  state: StandbyState
  /** How far it is behind the primary, where it could be asked. */
  ageSeconds?: number
}

/** Where heavy reading goes: to a standby where there is one that keeps up, else to the primary. */
export interface Reading {
  /**
   * Runs statements that only read. `current`: with everything that was written before, by this caller too; the primary where
   * the standby does not have it within a moment.
   */
  run<T>(work: (db: Queryable) => Promise<T>, options?: { current?: boolean }): Promise<T>
  /** Undefined where no standby is set. */
  standby(): StandbyAge | undefined
  stop(): Promise<void>
}

const LOOK_MS = 2_000
/** Without a look for so long nobody knows how old it is. */
const TRUSTED_MS = 3 * LOOK_MS
const CATCH_UP_MS = 50
const CATCH_UP_TRIES = 6

interface MarkRow {
  database_id: string
  restore_epoch: string
  marked_at: Date | null
  now: Date
}

/** Servers raise their mark every three seconds: the newest one of the standby says how far it has come. */
const MARK = `select s.database_id, s.restore_epoch, max(w.marked_at) as marked_at, clock_timestamp() as now
 from database_state s left join database_witnesses w on true group by 1, 2`

/** Ended by the standby, or by its going, or of a table that it does not hold (unlogged): nothing is wrong with the statement. */
const isFaultOfStandby = (error: unknown): boolean => {
  const code = (error as { code?: string }).code
  return code === undefined || /^(08|57|53|40001|25006|0A000|E[A-Z]+$)/.test(code)
}

const createSeries = (registry: Registry) => ({
  age: new Gauge({
    name: 'jkb_standby_age_seconds',
    help: 'How far the standby that is read is behind the primary; since when it is away',
    aggregator: 'max',
    registers: [registry],
  }),
  reads: new Counter({
    name: 'jkb_heavy_reads_total',
    help: 'Heavy reading by where it went',
    labelNames: ['from'],
    registers: [registry],
  }),
})

/** Where no standby is set. */
export const ofPrimary = (pool: Pool): Reading => ({
  run: (work) => work(pool),
  standby: () => undefined,
  stop: async () => {},
})

/** Looks at a standby every two seconds. `url` undefined: everything is read on the primary. */
export const createReading = ({
  pool,
  url,
  connections,
  maxAgeSeconds,
  registry,
  log,
}: {
  pool: Pool
  url: string | undefined
  connections: number
  maxAgeSeconds: number
  registry: Registry
  log: Pick<FastifyBaseLogger, 'info' | 'warn'>
}): Reading => {
  if (url === undefined) return ofPrimary(pool)
  const series = createSeries(registry)
  const standby = createPool(url, connections, 'jkb-read', {
    options: '-c default_transaction_read_only=on -c statement_timeout=120s',
  })
  let seen: StandbyAge = { state: 'away' }
  let seenAt = Number.NEGATIVE_INFINITY
  /** When the standby had all of the primary, by this process's clock: one that is away grows older. */
  let wholeAt = performance.now()
  const stopped = new AbortController()

  const take = (next: StandbyAge): void => {
    if (next.state !== seen.state)
      log[next.state === 'fresh' ? 'info' : 'warn'](
        { state: next.state, ageSeconds: next.ageSeconds },
        'where heavy reading goes has changed',
      )
    seen = next
    seenAt = performance.now()
    if (next.ageSeconds !== undefined && next.state !== 'foreign') wholeAt = seenAt - next.ageSeconds * 1000
    series.age.set((seenAt - wholeAt) / 1000)
  }

  const look = async (): Promise<StandbyAge> => {
    const [there, here] = await Promise.all([
      standby.query<MarkRow>(MARK).then(({ rows }) => rows[0]),
      pool.query<MarkRow>(MARK).then(({ rows }) => rows[0]),
    ])
    if (!there || !here) return { state: 'foreign' }
    // Both by the primary's clock: its marks, and its now.
    const ageSeconds = there.marked_at
      ? Math.max(0, (here.now.getTime() - there.marked_at.getTime()) / 1000)
      : undefined
    if (there.database_id !== here.database_id || there.restore_epoch !== here.restore_epoch)
      return { state: 'foreign' }
    if (ageSeconds === undefined) return { state: 'stale' }
    return { state: ageSeconds <= maxAgeSeconds ? 'fresh' : 'stale', ageSeconds }
  }

  const looking = (async () => {
    while (!stopped.signal.aborted) {
      take(await look().catch((): StandbyAge => ({ state: 'away' })))
      await sleep(LOOK_MS, undefined, { signal: stopped.signal }).catch(() => {})
    }
  })()

  const isFresh = () => seen.state === 'fresh' && performance.now() - seenAt < TRUSTED_MS

  const hasAllOf = async (): Promise<boolean> => {
    const { rows } = await pool.query<{ at: string }>('select pg_current_wal_lsn()::text as at')
    for (let tries = 0; tries < CATCH_UP_TRIES; tries += 1) {
      const reached = await standby.query<{ there: boolean }>(
        'select coalesce(pg_last_wal_replay_lsn() >= $1::pg_lsn, false) as there',
        [rows[0]?.at],
      )
      if (reached.rows[0]?.there) return true
      await sleep(CATCH_UP_MS)
    }
    return false
  }

  const read = <T>(from: 'standby' | 'primary', work: (db: Queryable) => Promise<T>): Promise<T> => {
    series.reads.inc({ from })
    return work(from === 'standby' ? standby : pool)
  }

  return {
    run: async (work, { current = false } = {}) => {
      if (!isFresh()) return read('primary', work)
      try {
        if (current && !(await hasAllOf())) return await read('primary', work)
        return await read('standby', work)
      } catch (error) {
        if (!isFaultOfStandby(error)) throw error
        log.warn({ err: error }, 'the standby did not answer: read on the primary')
        return read('primary', work)
      }
    },
    standby: () => (performance.now() - seenAt < TRUSTED_MS ? seen : { state: 'away' }),
    stop: async () => {
      stopped.abort()
      await looking
      await standby.end()
    },
  }
}
