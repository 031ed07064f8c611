import { randomUUID } from 'node:crypto'
import { createHotPool } from '../../apps/server/src/db/pool.ts'
import { recordVisits } from '../../apps/server/src/features/doors/visit/visit.queries.ts'
import { planVenues } from '../city/venues.ts'
import type { Stage } from '../stage.ts'
import { measure, measureBest } from './measure.ts'

/** GET /healthz: what HTTP alone costs in the same processes. */
export const runEmptyRoute = (stage: Stage) =>
  stage.withServer({}, async (server) => {
    await measure(stage, server, { connections: 64, path: '/healthz', seconds: 3 })
    return measure(stage, server, { connections: 64, path: '/healthz' })
  })

/** The same server, each scan a statement and a commit of its own, as many at once as there are connections. */
export const runSingleStatements = async (stage: Stage) => {
  await stage.clear()
  await stage.refreshRequests({ persons: 200_000, checks: false })
  const settings = {
    BATCH_SIZE: '1',
    BATCH_GAP_MS: '0',
    BATCHES_IN_FLIGHT: String(Math.ceil(12 / stage.options.workers)),
  }
  return stage.withServer({ settings }, (server) =>
    measureBest(stage, server, { scan: 1, pass: 0, check: 0 }, [64, 256]),
  )
}

export interface DatabaseAlone {
  batchSize: number
  inFlight: number
  perSecond: number
}

/** The batch statement from the bench itself: no HTTP, no tokens, nobody waiting. */
export const runDatabaseAlone = async (stage: Stage, batchSize: number): Promise<DatabaseAlone> => {
  await stage.clear()
  const inFlight = 2 * stage.options.workers
  const pool = createHotPool(stage.database.appUrl, inFlight)
  const codes = planVenues({ venues: stage.options.venues, seed: 1 }).flatMap(({ codeIds }) => codeIds)
  let recorded = 0
  const work = async (until: number) => {
    while (performance.now() < until) {
      const now = new Date()
      const inputs = Array.from({ length: batchSize }, () => ({
        personId: String(1 + Math.floor(Math.random() * stage.options.persons)),
        codeId: codes[Math.floor(Math.random() * codes.length)] ?? '',
        requestId: randomUUID(),
        visitedAt: now,
        flags: 0,
      }))
      const rows = await recordVisits(pool, inputs, now)
      recorded += rows.filter((row) => row?.recorded).length
    }
  }
  const run = async (seconds: number) => {
    recorded = 0
    const startedAt = performance.now()
    await Promise.all(Array.from({ length: inFlight }, () => work(startedAt + seconds * 1000)))
    return recorded / ((performance.now() - startedAt) / 1000)
  }
  await run(3)
  const perSecond = await run(stage.options.secondsPerRun)
  await pool.end()
  return { batchSize, inFlight, perSecond }
}
