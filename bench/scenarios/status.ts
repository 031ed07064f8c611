import type { Stage } from '../stage.ts'
import type { RunningServer } from '../system.ts'
import { type BesideScansFigures, evaluateUntil, measureBesideScans } from './beside-scans.ts'
import { type EverybodyFigures, measureEverybody } from './everybody.ts'
import { SCANS } from './hot-path.ts'
import { type Measured, measure } from './measure.ts'
import { openPhone } from './open-phone.ts'

export interface StatusFigures {
  /** Milliseconds from the commit of a finding to the message on the phone's WebSocket, under scans. */
  toPhone: { count: number; p50: number; p95: number; max: number }
  scansMeanwhile: Measured
  /** Persons a second through the whole evaluation, nothing else running. */
  evaluatedPerSecond: number
  /** The same for persons with a finding and five tests: nothing new about them, and each another colour. */
  everybody?: EverybodyFigures
  besideScans: BesideScansFigures
  /** Ceiling: one statement per thousand persons that writes their evaluation time and nothing else. */
  updatesPerSecond: number
}

const PHONES = 60
const BATCH = 1000

const addFinding = async (stage: Stage, personId: number): Promise<void> => {
  const client = await stage.admin.connect()
  try {
    await client.query('begin')
    await client.query(
      `insert into findings (person_id, category, anchor_at, evidence, source) values ($1, 'symptom', now(), 'bench', 'bench')`,
      [personId],
    )
    await client.query(
      `insert into dirty_persons (person_id, cause) values ($1, 'bench') on conflict do nothing`,
      [personId],
    )
    await client.query(`select pg_notify('dirty', '')`)
    await client.query('commit')
  } finally {
    client.release()
  }
}

const percentile = (sorted: number[], share: number): number =>
  Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN)

const measureToPhone = async (stage: Stage, server: RunningServer, tokens: string[]) => {
  const waits: number[] = []
  for (let index = 0; index < PHONES; index += 1) {
    const phone = await openPhone(server, tokens[index] ?? '')
    const changed = phone.changed()
    await addFinding(stage, index + 1)
    const committedAt = performance.now()
    waits.push((await changed) - committedAt)
    phone.close()
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  waits.sort((a, b) => a - b)
  return {
    count: waits.length,
    p50: percentile(waits, 0.5),
    p95: percentile(waits, 0.95),
    max: Math.round(waits.at(-1) ?? Number.NaN),
  }
}

const updateFor = async (stage: Stage, seconds: number): Promise<number> => {
  const until = performance.now() + seconds * 1000
  const startedAt = performance.now()
  let updated = 0
  for (let first = 1; performance.now() < until; first = (first + BATCH) % stage.options.persons) {
    const { rowCount } = await stage.admin.query(
      `update status_current set evaluated_at = now() where person_id between $1 and $2`,
      [first, first + BATCH - 1],
    )
    updated += rowCount ?? 0
  }
  return updated / ((performance.now() - startedAt) / 1000)
}

/** How fast colours move: one person's to their phone, and a whole city's. */
export const runStatus = async (stage: Stage): Promise<StatusFigures> => {
  await stage.clear()
  await stage.refreshRequests({ persons: 200_000, checks: false })
  const tokens = await stage.readTokens(PHONES)
  const seconds = stage.options.secondsPerRun
  const first = await stage.withServer({ work: true }, async (server) => {
    await measure(stage, server, { connections: 512, weights: SCANS, seconds: 3 })
    const [scansMeanwhile, toPhone] = await Promise.all([
      measure(stage, server, { connections: 128, weights: SCANS, seconds: 12 }),
      measureToPhone(stage, server, tokens),
    ])
    return { scansMeanwhile, toPhone }
  })
  const updatesPerSecond = await updateFor(stage, seconds)
  // A ceiling's dead rows are not the evaluation's to read.
  await stage.admin.query('vacuum status_current')
  const until = performance.now() + seconds * 1000
  const evaluatedPerSecond = await evaluateUntil(stage, () => performance.now() > until)
  const everybody = await measureEverybody(stage)
  const besideScans = await stage.withServer({}, (server) => measureBesideScans(stage, server))
  return { ...first, updatesPerSecond, evaluatedPerSecond, everybody, besideScans }
}
