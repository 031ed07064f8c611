import { createPool, inTransaction } from '../../apps/server/src/db/pool.ts'
import { evaluateNext } from '../../apps/server/src/features/colours/status/status.service.ts'
import { createPace } from '../../apps/server/src/jobs/pace.ts'
import type { Stage } from '../stage.ts'
import type { RunningServer } from '../system.ts'
import { SCANS } from './hot-path.ts'
import { measure } from './measure.ts'

export interface BesideScansFigures {
  /** Scans a second in each window without and with the evaluation, in pairs one after the other. */
  pairs: { alone: number; beside: number }[]
  alonePerSecond: number
  besidePerSecond: number
  /** Persons a second meanwhile, each of them written anew as after a new ruleset. */
  evaluatedPerSecond: number
}

const BATCH = 1000
const LANES = 2
const PAIRS = 12
const WINDOW_SECONDS = 3
const CONNECTIONS = 512

/** Goes through persons in lanes of their own, paced as the jobs are, until told to stop; returns persons a second. */
export const evaluateUntil = async (stage: Stage, isOver: () => boolean): Promise<number> => {
  const pool = createPool(stage.database.appUrl, LANES, 'bench-evaluate')
  const startedAt = performance.now()
  let evaluated = 0
  const lane = async (number: number) => {
    const first = Math.floor((stage.options.persons * number) / LANES)
    let last = String(first)
    const pace = createPace()
    while (!isOver()) {
      const batchAt = performance.now()
      const next = await inTransaction(pool, (tx) => evaluateNext(tx, last, BATCH, 'bench', new Date()))
      evaluated += next.evaluated
      await pace(performance.now() - batchAt, next.evaluated)
      last =
        next.last === '' || Number(next.last) - first > stage.options.persons / LANES - BATCH
          ? String(first)
          : next.last
    }
  }
  await Promise.all(Array.from({ length: LANES }, (_, number) => lane(number)))
  await pool.end()
  return evaluated / ((performance.now() - startedAt) / 1000)
}

// What was evaluated long ago is written whether or not it changed, as after a new ruleset.
const makeOld = (stage: Stage) =>
  stage.admin.query(`update status_current set evaluated_at = now() - interval '13 hours'`)

const mean = (values: number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)

/**
 * Scans at saturation without and with a whole city being evaluated, in many short windows by turns: on a shared machine
 * that is twice as fast in one minute as in the next, two long runs compare the minutes. Every other pair the other way
 * round, so that what grows meanwhile weighs on both.
 */
export const measureBesideScans = async (
  stage: Stage,
  server: RunningServer,
): Promise<BesideScansFigures> => {
  const scan = async (): Promise<number> =>
    (await measure(stage, server, { connections: CONNECTIONS, weights: SCANS, seconds: WINDOW_SECONDS }))
      .perSecond
  const evaluated: number[] = []
  const scanBeside = async (): Promise<number> => {
    let isOver = false
    const [perSecond, persons] = await Promise.all([
      scan().finally(() => {
        isOver = true
      }),
      evaluateUntil(stage, () => isOver),
    ])
    evaluated.push(persons)
    return perSecond
  }

  await scan()
  const pairs: BesideScansFigures['pairs'] = []
  for (let index = 0; index < PAIRS; index += 1) {
    await makeOld(stage)
    if (index % 2 === 0) pairs.push({ alone: await scan(), beside: await scanBeside() })
    else {
      const beside = await scanBeside()
      pairs.push({ alone: await scan(), beside })
    }
  }
  return {
    pairs,
    alonePerSecond: mean(pairs.map(({ alone }) => alone)),
    besidePerSecond: mean(pairs.map(({ beside }) => beside)),
    evaluatedPerSecond: mean(evaluated),
  }
}
