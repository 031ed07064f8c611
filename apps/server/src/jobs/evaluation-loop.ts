import { inTransaction } from '../db/pool.ts'
import { evaluateDirty, markDue, markStale } from '../features/status/status.service.ts'
import type { Parts } from '../parts.ts'
import { createPace } from './pace.ts'

const BATCH = 1000
/** Persons whose evaluation is looked at for its age in each round: a city of nine million in half an hour. */
const LOOKED_AT = 5000
/** Nine million due at once; the bound is there for a clock that goes backwards. */
const MAX_ROUNDS = 10_000
const POLL_MS = 1_000
const BACK_OFF_MS = 5_000

/**
 * Evaluates whoever is dirty: at once when told over LISTEN, and every second for what time alone changes. Several
 * processes share the work. If a batch fails it is tried person by person, so that one cannot hold up the others.
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

  const evaluateSome = async (limit: number): Promise<number> => {
    const startedAt = performance.now()
    const evaluated = await inTransaction(pool, (tx) => evaluateDirty(tx, limit, clock()))
    if (evaluated > 0) metrics.countEvaluated(evaluated, (performance.now() - startedAt) / 1000)
    return evaluated
  }

  // A person that fails even alone is put at the end of the queue, so that the next attempt begins with the others.
  const evaluateSingly = async () => {
    for (let count = 0; count < BATCH && !stopped; count += 1) {
      try {
        if ((await evaluateSome(1)) === 0) return
      } catch (error) {
        log.error({ err: error }, 'a person can not be evaluated')
        await pool.query(
          `update dirty_persons set marked_at = clock_timestamp()
           where person_id = (select person_id from dirty_persons order by marked_at limit 1 for update skip locked)`,
        )
      }
    }
    await rest(BACK_OFF_MS)
  }

  const pace = createPace()
  const drain = async () => {
    for (let evaluated = BATCH; !stopped && evaluated > 0; ) {
      const startedAt = performance.now()
      evaluated = await evaluateSome(BATCH)
      // A few persons are somebody waiting; a full batch is one of many.
      if (evaluated === BATCH) await pace(performance.now() - startedAt, evaluated)
    }
  }

  const run = async () => {
    while (!stopped) {
      woken = false
      try {
        await drain()
        // At midnight many are due at once: on without a pause until all are evaluated.
        for (let round = 0; round < MAX_ROUNDS && !stopped; round += 1) {
          if ((await markDue(pool, clock(), BATCH)) === 0) break
          await drain()
        }
        lookedAtUntil = (await markStale(pool, lookedAtUntil, clock(), LOOKED_AT)) ?? '0'
      } catch (error) {
        log.warn({ err: error }, 'a batch can not be evaluated')
        await evaluateSingly().catch((again: unknown) => log.error({ err: again }, 'evaluation failed'))
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
