import { execFile } from 'node:child_process'
import { generateKeyPairSync, sign, verify } from 'node:crypto'
import { promisify } from 'node:util'
import type { OpenLoopOptions, OpenLoopResult } from '../load/open-loop.ts'
import type { Mix } from '../load/saturate.ts'
import type { Stage } from '../stage.ts'
import type { RunningServer } from '../system.ts'
import { type Measured, measure, measureBest } from './measure.ts'

export const SCANS: Mix = { scan: 1, pass: 0, check: 0 }
const PASSES: Mix = { scan: 0, pass: 1, check: 0 }
const CHECKS: Mix = { scan: 0, pass: 0, check: 1 }
const COLD_MIX: Mix = { scan: 35, pass: 60, check: 5 }
export const CONNECTIONS = [256, 512, 1024] as const

export interface ScanFigures {
  best: Measured
  runs: Measured[]
  /** Scans per statement while saturated. */
  meanBatch: number
  /** Rows in the table, against answers counted by the generator: never fewer. */
  rows: number
  answered: number
  bytesPerVisit: number
}

/** Venue scans at saturation: token, schema, batch, partitioned table with both indexes, durable commit, answer. */
export const runScans = async (stage: Stage): Promise<ScanFigures> => {
  await stage.clear()
  await stage.refreshRequests({ persons: 200_000, checks: false })
  return stage.withServer({}, async (server) => {
    const { best, runs } = await measureBest(stage, server, SCANS, CONNECTIONS)
    const batches = await server.metric('jkb_visit_batch_size_count')
    const meanBatch = (await server.metric('jkb_visit_batch_size_sum')) / batches
    const { rows } = await stage.admin.query<{ rows: number; bytes: number }>(
      `select (select count(*)::float8 from visits) as rows,
         (select sum(pg_total_relation_size(inhrelid))::float8 from pg_inherits where inhparent = 'visits'::regclass) as bytes`,
    )
    const count = rows[0]?.rows ?? 0
    return {
      best,
      runs,
      meanBatch: Math.round(meanBatch),
      rows: count,
      answered: runs.reduce((sum, run) => sum + run.requests - run.failed, 0),
      bytesPerVisit: Math.round(((rows[0]?.bytes ?? 0) / count) * 10) / 10,
    }
  })
}

/** Live codes: colour, numeric code and signature of each. */
export const runPasses = async (stage: Stage) => {
  await stage.clear()
  await stage.refreshRequests({ persons: 200_000, checks: false })
  return stage.withServer({}, (server) => measureBest(stage, server, PASSES, CONNECTIONS))
}

/** Checks of personal codes by devices: signature, check, look-up and visit in one commit. */
export const runChecks = async (stage: Stage) => {
  await stage.clear()
  await stage.refreshRequests({ persons: 1000, checks: true })
  return stage.withServer({}, (server) => measureBest(stage, server, CHECKS, [256, 512]))
}

/** Opening minute: nobody was seen before; 60 codes, 35 scans, 5 checks of a hundred requests. */
export const runColdMix = async (stage: Stage) => {
  await stage.clear()
  await stage.refreshRequests({ persons: 1_000_000, checks: true })
  return stage.withServer({}, (server) => measureBest(stage, server, COLD_MIX, [512, 1024]))
}

export const openLoop = async (
  stage: Stage,
  server: RunningServer,
  options: Pick<OpenLoopOptions, 'perSecond' | 'seconds' | 'weights'>,
): Promise<OpenLoopResult> => {
  const given: OpenLoopOptions = {
    ...options,
    origin: server.origin,
    directory: stage.files,
    connections: 256,
  }
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [stage.program('open-loop-main'), JSON.stringify(given)],
    { maxBuffer: 2 ** 24 },
  )
  return JSON.parse(stdout) as OpenLoopResult
}

export interface LatencyFigures {
  perSecond: number
  /** From a cheap generator: so many phones that each wait on average `thinkMs` between two requests. */
  phones: Measured & { thinkMs: number }
  /** From an open loop that charges every delay, its own included; it takes a third of the machine for itself. */
  openLoop: OpenLoopResult
}

const PHONES = 2_000

/** What one person waits while the server does a share of what it can. */
export const runLatency = async (stage: Stage, perSecond: number): Promise<LatencyFigures> => {
  await stage.clear()
  await stage.refreshRequests({ persons: 200_000, checks: false })
  return stage.withServer({}, async (server) => {
    const thinkMs = Math.round((PHONES / perSecond) * 1000)
    const load = { connections: PHONES, weights: SCANS, thinkMs }
    await measure(stage, server, { ...load, seconds: 4 })
    const phones = { ...(await measure(stage, server, load)), thinkMs }
    const { secondsPerRun } = stage.options
    return {
      perSecond,
      phones,
      openLoop: await openLoop(stage, server, { perSecond, seconds: secondsPerRun, weights: SCANS }),
    }
  })
}

/** Microseconds of one Ed25519 signature and of one verification, this process alone. */
export const measureSigning = () => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const message = Buffer.alloc(40, 7)
  const signature = sign(null, message, privateKey)
  const time = (work: () => unknown) => {
    for (let index = 0; index < 300; index += 1) work()
    const from = performance.now()
    for (let index = 0; index < 3000; index += 1) work()
    return Math.round(((performance.now() - from) / 3000) * 10_000) / 10
  }
  return {
    signMicros: time(() => sign(null, message, privateKey)),
    verifyMicros: time(() => verify(null, message, publicKey, signature)),
  }
}
