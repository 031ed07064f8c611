import { Counter, Gauge, Histogram, type Registry } from 'prom-client'
import { isFaultOfValue } from '../db/pool.ts'
import { retryAfterSeconds } from './admission.ts'
import { AppError } from './app-error.ts'

// One queue in front of one statement. Requests join the current batch; a batch leaves as soon as one of the slots
// is free, without a timer: at low load a request goes alone and at once, at high load batches grow by themselves.
//
// A statement that fails over a value in it has written nothing, for any of its requests. Then the batch is halved until
// only the requests are left that fail alone, and only those are refused. The halves run one after the other in the
// slot that the batch has: of 512 requests one bad one costs 18 statements more, each further one at most as many, and never
// more than two for each request of the batch; none of them takes a connection or a slot from other batches.

export interface BatcherOptions<Item, Result> {
  name: string
  /**
   * Runs one batch in one round trip. Results in the order of the items; an Error refuses just that item. Where it throws for a
   * value (`isFaultOfValue`) it must have written nothing, or find what it wrote when it gets the items again.
   */
  run(items: Item[]): Promise<(Result | Error)[]>
  maxBatch?: number
  maxInFlight?: number
  /** Milliseconds between two batches unless one is full; somebody alone never waits for it. */
  gapMs?: number
  /** Beyond this many waiting requests new ones are refused with BUSY. */
  maxQueue?: number
  /** Requests that waited longer are refused with BUSY instead of being run: nobody waits for them any more. */
  maxWaitMs?: number
  registry?: Registry
  /** Gets the fill of the queue, 0 to 1, to look at whenever it likes. */
  watch?: (fill: () => number) => void
}

export interface Batcher<Item, Result> {
  /** Resolves after the batch is committed. @throws AppError BUSY where the queue is full or the wait too long. */
  submit(item: Item): Promise<Result>
  queueLength(): number
}

interface Waiting<Item, Result> {
  item: Item
  queuedAt: number
  resolve(result: Result): void
  reject(error: Error): void
}

const busy = () => new AppError('BUSY', { retryAfterSeconds: retryAfterSeconds() })
/** How often a queue that does not move is looked through for requests that have waited too long. */
const SWEEP_MS = 100

const createMeters = (name: string, registry: Registry | undefined) => {
  if (!registry) return undefined
  const registers = [registry]
  return {
    size: new Histogram({
      name: `jkb_${name}_batch_size`,
      help: 'Requests per batch',
      buckets: [1, 2, 4, 8, 16, 32, 64, 128, 256, 512],
      registers,
    }),
    wait: new Histogram({
      name: `jkb_${name}_queue_seconds`,
      help: 'Time in the queue',
      buckets: [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1, 2],
      registers,
    }),
    run: new Histogram({
      name: `jkb_${name}_statement_seconds`,
      help: 'Time in the database per batch',
      buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 2],
      registers,
    }),
    culprits: new Counter({
      name: `jkb_${name}_culprits_total`,
      help: 'Requests refused because the statement failed over a value of theirs; its neighbours were answered',
      registers,
    }),
    shed: new Counter({ name: `jkb_${name}_shed_total`, help: 'Requests refused as busy', registers }),
    queue: new Gauge({ name: `jkb_${name}_queue_length`, help: 'Requests waiting', registers }),
    inFlight: new Gauge({ name: `jkb_${name}_in_flight`, help: 'Batches in the database', registers }),
  }
}

/** Makes the queue of one hot statement. */
export const createBatcher = <Item, Result>(options: BatcherOptions<Item, Result>): Batcher<Item, Result> => {
  const { run, maxBatch = 512, maxInFlight = 2, gapMs = 0, maxQueue = 8192, maxWaitMs = 2000 } = options
  const meters = createMeters(options.name, options.registry)
  let waiting: Waiting<Item, Result>[] = []
  let inFlight = 0

  const refuse = (request: Waiting<Item, Result>) => {
    meters?.shed.inc()
    request.reject(busy())
  }

  const takeBatch = (): Waiting<Item, Result>[] => {
    const oldest = performance.now() - maxWaitMs
    const taken = waiting.slice(0, maxBatch)
    waiting = waiting.slice(maxBatch)
    const fresh: Waiting<Item, Result>[] = []
    for (const request of taken) {
      if (request.queuedAt < oldest) refuse(request)
      else fresh.push(request)
    }
    return fresh
  }

  const settle = (batch: Waiting<Item, Result>[], results: (Result | Error)[]) => {
    for (const [index, request] of batch.entries()) {
      const result = results[index]
      if (result instanceof Error) request.reject(result)
      else if (result === undefined) request.reject(new Error(`${options.name}: no result for a request`))
      else request.resolve(result)
    }
  }

  const runSplitting = async (items: Item[]): Promise<(Result | Error)[]> => {
    try {
      return await run(items)
    } catch (error) {
      if (!isFaultOfValue(error)) throw error
      if (items.length === 1) {
        meters?.culprits.inc()
        return [error]
      }
      const middle = Math.ceil(items.length / 2)
      return [...(await runHalf(items.slice(0, middle))), ...(await runHalf(items.slice(middle)))]
    }
  }

  // The database going away under one half says nothing about the other, which may be answered already.
  const runHalf = (items: Item[]): Promise<(Result | Error)[]> =>
    runSplitting(items).catch((error: Error) => items.map(() => error))

  const runBatch = async (batch: Waiting<Item, Result>[]) => {
    const startedAt = performance.now()
    meters?.size.observe(batch.length)
    for (const { queuedAt } of batch) meters?.wait.observe((startedAt - queuedAt) / 1000)
    try {
      settle(batch, await runSplitting(batch.map(({ item }) => item)))
    } catch (error) {
      for (const request of batch) request.reject(error as Error)
    } finally {
      meters?.run.observe((performance.now() - startedAt) / 1000)
      inFlight -= 1
      meters?.inFlight.set(inFlight)
      dispatch()
    }
  }

  // A statement has a price of its own, as much as that of fifteen scans. Without a gap, a middling load is cut into so
  // many small batches that they take the whole machine; with it they stay few, and a first request still goes at once.
  let lastLeftAt = Number.NEGATIVE_INFINITY
  let timed = false
  const mustWait = (): boolean => {
    if (gapMs === 0 || waiting.length >= maxBatch) return false
    const wait = lastLeftAt + gapMs - performance.now()
    if (wait <= 0) return false
    if (!timed) {
      timed = true
      setTimeout(() => {
        timed = false
        dispatch()
      }, wait)
    }
    return true
  }

  const dispatch = () => {
    while (inFlight < maxInFlight && waiting.length > 0 && !mustWait()) {
      lastLeftAt = performance.now()
      const batch = takeBatch()
      if (batch.length === 0) continue
      inFlight += 1
      meters?.inFlight.set(inFlight)
      void runBatch(batch)
    }
    meters?.queue.set(waiting.length)
  }

  // Dispatch once per turn of the event loop: requests read from sockets in the same turn share a batch.
  let scheduled = false
  const schedule = () => {
    if (scheduled) return
    scheduled = true
    setImmediate(() => {
      scheduled = false
      dispatch()
    })
  }

  // While the database hangs no batch leaves and nobody would be told.
  let sweeping = false
  const sweep = () => {
    const oldest = performance.now() - maxWaitMs
    const fresh = waiting.findIndex(({ queuedAt }) => queuedAt >= oldest)
    const expired = waiting.slice(0, fresh === -1 ? waiting.length : fresh)
    waiting = waiting.slice(expired.length)
    for (const request of expired) refuse(request)
    sweeping = waiting.length > 0
    if (sweeping) setTimeout(sweep, SWEEP_MS).unref()
  }
  const startSweeping = () => {
    if (sweeping) return
    sweeping = true
    setTimeout(sweep, SWEEP_MS).unref()
  }

  options.watch?.(() => waiting.length / maxQueue)

  return {
    submit: (item) =>
      new Promise((resolve, reject) => {
        const request = { item, queuedAt: performance.now(), resolve, reject }
        if (waiting.length >= maxQueue) return refuse(request)
        waiting.push(request)
        schedule()
        startSweeping()
      }),
    queueLength: () => waiting.length,
  }
}
