import { inTransaction } from '../db/pool.ts'
import { evaluateDirty, listDirty, markDue, markStale, setAside } from '../features/status/status.service.ts'
import type { Parts } from '../parts.ts'
import { createPace } from './pace.ts'

const BATCH = 1000
/** Persons whose evaluation is looked at for its age in each round: a city of nine million in half an hour. */
const LOOKED_AT = 5000
/** Nine million due at once; the bound is there for a clock that goes backwards. */
const MAX_ROUNDS = 10_000
const POLL_MS = 1_000
const BACK_OFF_MS = 5_000
/** A person that could not be evaluated is tried again after this, or as soon as something changes for them. */
const RETRY_SECONDS = 60
const MOST_FAILED_IN_A_ROW = 50

/**
 * Evaluates whoever is dirty: at once when told over LISTEN, and every second for what time alone changes. Several
 * processes share the work. If a batch fails it is tried person by person, so that one holds up neither the others nor
 * the clock.
 */
export const startEvaluationLoop = ({
  pool,
  listener,
  clock,
  log,
  metrics,
}: Pick<Parts, 'pool' | 'listener' | 'clock' | 'log' | 'metrics'>) => {
  let stopped = false
  let wake: () => void = () => {}
  let woken = false
  let lookedAtUntil = '0'
  listener.on('dirty', () => {
    woken = true
    wake()
  })

  const rest = (milliseconds: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, milliseconds)
      wake = () => {
        clearTimeout(timer)
        resolve()
      }
      if (woken || stopped) wake()
    })

  const evaluateSome = async (limit: number, personId?: string): Promise<number> => {
    const startedAt = performance.now()
    const evaluated = await inTransaction(pool, (tx) => evaluateDirty(tx, limit, clock(), personId))
    if (evaluated > 0) metrics.countEvaluated(evaluated, (performance.now() - startedAt) / 1000)
    return evaluated
  }

  // Each once, those that fail are set aside; where many in a row fail it is not the persons.
  const evaluateSingly = async () => {
    let failed = 0
    for (const personId of await listDirty(pool, BATCH)) {
      if (stopped) return
      try {
        await evaluateSome(1, personId)
        failed = 0
      } catch (error) {
        failed += 1
        if (failed > MOST_FAILED_IN_A_ROW) throw error
        log.error({ err: error, personId }, 'a person can not be evaluated')
        await setAside(pool, personId, RETRY_SECONDS)
      }
    }
  }

  const pace = createPace()
  const drain = async () => {
    for (let evaluated = BATCH; !stopped && evaluated > 0; ) {
      const startedAt = performance.now()
      try {
        evaluated = await evaluateSome(BATCH)
      } catch (error) {
        log.warn({ err: error }, 'a batch can not be evaluated')
        await evaluateSingly()
        continue
      }
      // A few persons are somebody waiting; a full batch is one of many.
      if (evaluated === BATCH) await pace(performance.now() - startedAt, evaluated)
    }
  }

  const round = async () => {
    await drain()
    // At midnight many are due at once: on without a pause until all are evaluated.
    for (let count = 0; count < MAX_ROUNDS && !stopped; count += 1) {
      if ((await markDue(pool, clock(), BATCH)) === 0) break
      await drain()
    }
    lookedAtUntil = (await markStale(pool, lookedAtUntil, clock(), LOOKED_AT)) ?? '0'
  }

  const run = async () => {
    while (!stopped) {
      woken = false
      try {
        await round()
      } catch (error) {
        log.error({ err: error }, 'evaluation failed')
        await rest(BACK_OFF_MS)
      }
      await rest(POLL_MS)
    }
  }

  const running = run()
  return {
    stop: async () => {
      stopped = true
      wake()
      await running
    },
  }
}
