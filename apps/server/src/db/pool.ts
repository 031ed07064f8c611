import pg from 'pg'
import { parseTimestamp } from './timestamp.ts'

// bigint keys cross into TypeScript as strings (the driver's own default), calendar dates as `YYYY-MM-DD`.
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text)
const parseOther = pg.types.getTypeParser(pg.types.builtins.TIMESTAMPTZ)
pg.types.setTypeParser(pg.types.builtins.TIMESTAMPTZ, (text) => parseTimestamp(text, parseOther))

/** What a query function takes first: the pool, or a connection inside a transaction. */
export type Queryable = Pick<pg.Pool | pg.PoolClient, 'query'>
/** A connection inside a transaction, for functions that must not run outside one. */
export type Transaction = pg.PoolClient & { readonly __transaction?: true }
export type Pool = pg.Pool

interface PoolExtras {
  /** Settings of each session, as PostgreSQL's command line takes them. */
  options?: string
  /** Looks over each new connection before it is given to anybody. */
  verify?: (client: pg.PoolClient, done: (error?: Error) => void) => void
  /** A statement that is not answered by then fails and its connection is thrown away, whatever became of it. */
  giveUpMs?: number
}

export const createPool = (
  connectionString: string,
  connections: number,
  applicationName: string,
  { options, verify, giveUpMs }: PoolExtras = {},
): Pool => {
  const pool = new pg.Pool({
    connectionString,
    max: connections,
    application_name: applicationName,
    ...(options ? { options } : {}),
    ...(verify ? { verify } : {}),
    ...(giveUpMs === undefined ? {} : { query_timeout: giveUpMs }),
    keepAlive: true,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 60_000,
  })
  outlivesConnections(pool)
  return pool
}

/**
 * A server that restarts breaks connections: idle ones, those being looked over, and those between two statements of a
 * transaction. The pool opens others, and the next statement on a broken one fails by itself. Without a listener on the
 * pool and on each connection the process would end.
 */
const outlivesConnections = (pool: Pool): void => {
  pool.on('error', () => {})
  pool.on('connect', (client) => void client.on('error', () => {}))
}

const HOT_OPTIONS =
  '-c plan_cache_mode=force_generic_plan -c enable_seqscan=off -c enable_mergejoin=off -c jit=off -c statement_timeout=10s'

/**
 * The pool of the batch statements. They are few, named, and always want the same nested loops: generic plans save
 * planning them anew. Such a plan stays until the statistics change. Made while a day's partition is empty, it would read
 * the whole partition for every batch, and sort it, until the next `analyze`: so neither is allowed where an index serves.
 * A statement that hangs (a stalled disk) ends after ten seconds, so that its slot comes free; where nobody is left to end it (a
 * machine that lost its power says nothing any more), we give it up ourselves. Phones ask again with the same request id.
 */
export const createHotPool = (
  connectionString: string,
  connections: number,
  verify?: PoolExtras['verify'],
  giveUpMs = 12_000,
): Pool =>
  createPool(connectionString, connections, 'jkb-hot', {
    options: HOT_OPTIONS,
    giveUpMs,
    ...(verify && { verify }),
  })

const PROBE_MS = 1_500

/**
 * Two connections opened like those of the hot path, kept and given up early: for looking whether scans could be
 * written, without taking a place in the queues.
 */
export const createProbePool = (connectionString: string): Pool => {
  const pool = new pg.Pool({
    connectionString,
    max: 2,
    application_name: 'jkb-readiness',
    options: HOT_OPTIONS,
    connectionTimeoutMillis: PROBE_MS,
    query_timeout: PROBE_MS,
    idleTimeoutMillis: 0,
  })
  outlivesConnections(pool)
  return pool
}

/** Runs `work` in one transaction: commits its result, rolls back whatever it throws. */
export const inTransaction = async <T>(pool: Pool, work: (tx: Transaction) => Promise<T>): Promise<T> => {
  const client = await pool.connect()
  let broken = false
  try {
    await client.query('begin')
    const result = await work(client as Transaction)
    await client.query('commit')
    return result
  } catch (error) {
    await client.query('rollback').catch(() => {
      broken = true
    })
    throw error
  } finally {
    client.release(broken)
  }
}

const sqlStateOf = (error: unknown): string | undefined =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : undefined

/** True for a unique violation, of the named constraint or index if one is given. */
export const isUniqueViolation = (error: unknown, constraint?: string): boolean =>
  sqlStateOf(error) === '23505' &&
  (constraint === undefined || (error as { constraint?: string }).constraint === constraint)

/** True where another row already has the request id of this one. */
export const isRequestIdTaken = (error: unknown): boolean =>
  isUniqueViolation(error) && /_request_id_key$/.test((error as { constraint?: string }).constraint ?? '')

/** True where a row fits no partition (`23514` from tuple routing). */
export const isMissingPartition = (error: unknown): boolean =>
  sqlStateOf(error) === '23514' && /no partition of relation/.test((error as Error).message)

// Cardinality, data exception, constraint, check option, program limit, raised by a function: by class of the SQLSTATE.
const VALUE_CLASSES = /^(21|22|23|44|54|P0)[0-9A-Z]{3}$/

/**
 * True where a statement failed over a value in it, so that the same statement without that value may succeed. Never for a
 * lost connection, an overload, a time limit, a deadlock or a serialization failure: those say nothing about the values,
 * and what became of the statement may not be known.
 */
export const isFaultOfValue = (error: unknown): error is Error =>
  error instanceof RangeError || error instanceof TypeError || VALUE_CLASSES.test(sqlStateOf(error) ?? '')

/** True where the database can not keep or read a value: a character, number, instant or text it has no place for. */
export const isUnkeepable = (error: unknown): boolean =>
  /^(22021|22P05|22P02|22P03|22003|22007|22008|22009|22015|22023|22025|2201B|22032|54000|54001)$/.test(
    sqlStateOf(error) ?? '',
  )
