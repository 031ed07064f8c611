import { inTransaction } from '../../../db/pool.ts'
import { type LoopTurn, reportAs, startLoop, stopAll } from '../../../jobs/loop.ts'
import { createPace } from '../../../jobs/pace.ts'
import type { Parts } from '../../../parts.ts'
import { listDirty, setAside } from './status.queries.ts'
import { evaluateDirty, markDue, markStale } from './status.service.ts'

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

type LoopParts = Pick<Parts, 'pool' | 'listener' | 'clock' | 'log' | 'metrics' | 'jobs'>

const createDrain = ({ pool, clock, log, metrics }: LoopParts, awaited: boolean) => {
  const evaluateSome = async (limit: number, personId?: string): Promise<number> => {
    const startedAt = performance.now()
    const only = { awaited, ...(personId === undefined ? {} : { personId }) }
    const evaluated = await inTransaction(pool, (tx) => evaluateDirty(tx, limit, clock(), only))
    if (evaluated > 0) metrics.countEvaluated(evaluated, (performance.now() - startedAt) / 1000)
    return evaluated
  }

  // Each once, those that fail are set aside; where many in a row fail it is not the persons.
  const evaluateSingly = async (isStopped: () => boolean) => {
    let failed = 0
    for (const personId of await listDirty(pool, BATCH)) {
      if (isStopped()) return
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
  return async (isStopped: () => boolean) => {
    for (let evaluated = BATCH; !isStopped() && evaluated > 0; ) {
      const startedAt = performance.now()
      try {
        evaluated = await evaluateSome(BATCH)
      } catch (error) {
        log.warn({ err: error }, 'a batch can not be evaluated')
        await evaluateSingly(isStopped)
        continue
      }
      // A few persons are somebody waiting; a full batch is one of many.
      if (evaluated === BATCH) await pace(performance.now() - startedAt, evaluated)
    }
  }
}

/**
 * Evaluates whoever is dirty: at once when told over LISTEN, and every second for what time alone changes. Several
 * processes share the work. If a batch fails it is tried person by person, so that one holds up neither the others nor
 * the clock. Whoever somebody waits for has a loop of their own: it neither rests nor stands behind a whole city.
 */
export const startEvaluationLoop = (parts: LoopParts) => {
  const { pool, clock, log, listener } = parts

  const start = (awaited: boolean, round: (drain: () => Promise<void>, turn: LoopTurn) => Promise<void>) => {
    const drain = createDrain(parts, awaited)
    const loop = startLoop({
      restMs: POLL_MS,
      backOffMs: BACK_OFF_MS,
      round: (turn) => round(() => drain(turn.isStopped), turn),
      ...reportAs(parts, awaited ? 'awaited_evaluation' : 'evaluation', (error) =>
        log.error({ err: error }, 'evaluation failed'),
      ),
    })
    listener.on('dirty', loop.wake)
    return loop
  }

  let lookedAtUntil = '0'
  return stopAll([
    start(true, (drain) => drain()),
    start(false, async (drain, { isStopped }) => {
      await drain()
      // At midnight many are due at once: on without a pause until all are evaluated.
      for (let count = 0; count < MAX_ROUNDS && !isStopped(); count += 1) {
        if ((await markDue(pool, clock(), BATCH)) === 0) break
        await drain()
      }
      lookedAtUntil = (await markStale(pool, lookedAtUntil, clock(), LOOKED_AT)) ?? '0'
    }),
  ])
}
