import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Mix, type Saturation, type SaturationOptions, saturate } from '../load/saturate.ts'
import { Problem } from '../problem.ts'
import { cpuSecondsOf } from '../processes.ts'
import type { Stage } from '../stage.ts'
import type { RunningServer } from '../system.ts'

export interface Measured extends Saturation {
  connections: number
  /** Processor time per request, microseconds: what is left when a shared machine is slow for everybody. */
  cpuMicros: { server: number; database: number; machine: number }
  /** Share of the machine's processors that did nothing. */
  idle: number
  /** Largest server process, MiB. */
  memoryMiB: number
}

const machineTicks = () => {
  const fields = (readFileSync('/proc/stat', 'utf8').split('\n')[0] ?? '').split(/\s+/).slice(1).map(Number)
  const [user = 0, nice = 0, system = 0, idle = 0, wait = 0, irq = 0, soft = 0] = fields
  return { busy: user + nice + system + irq + soft, idle: idle + wait }
}

const postmasterOf = (stage: Stage): number =>
  Number.parseInt(readFileSync(join(stage.database.directory, 'postmaster.pid'), 'utf8'), 10)

/** One saturating run, with the processor time of every part beside it. */
export const measure = async (
  stage: Stage,
  server: RunningServer,
  options: {
    connections: number
    weights?: Mix
    path?: string
    seconds?: number
    countStatuses?: boolean
    thinkMs?: number
  },
): Promise<Measured> => {
  const postmaster = postmasterOf(stage)
  const before = { machine: machineTicks(), server: server.cpuSeconds(), database: cpuSecondsOf(postmaster) }
  server.peakMemory()
  const load: SaturationOptions = {
    origin: server.origin,
    connections: options.connections,
    seconds: options.seconds ?? stage.options.secondsPerRun,
    scripts: stage.scripts,
    ...(options.weights ? { mix: { directory: stage.files, weights: options.weights } } : {}),
    ...(options.path ? { path: options.path } : {}),
    ...(options.countStatuses ? { countStatuses: true } : {}),
    ...(options.thinkMs ? { thinkMs: options.thinkMs } : {}),
  }
  const result = await saturate(load)
  const machine = machineTicks()
  const busy = machine.busy - before.machine.busy
  const idle = machine.idle - before.machine.idle
  const micros = (seconds: number) => Math.round((seconds * 1e7) / Math.max(1, result.requests)) / 10
  return {
    ...result,
    connections: options.connections,
    cpuMicros: {
      server: micros(server.cpuSeconds() - before.server),
      database: micros(cpuSecondsOf(postmaster) - before.database),
      machine: micros(busy / 100),
    },
    idle: Math.round((idle / Math.max(1, busy + idle)) * 100) / 100,
    memoryMiB: server.peakMemory(),
  }
}

/** So many in a hundred may be refused, as when the machine stood still; more, and something else was measured. */
const MOST_FAILED = 0.02

/** @throws Problem with the refusal where a run measured refusals */
export const requireAnswered = async (
  stage: Stage,
  server: RunningServer,
  weights: Mix,
  { requests, failed, connections }: Measured,
): Promise<void> => {
  if (failed <= requests * MOST_FAILED) return
  const { statuses, refused } = await measure(stage, server, {
    connections,
    weights,
    seconds: 1,
    countStatuses: true,
  })
  throw new Problem(
    `${failed} of ${requests} requests were refused, so nothing is measured: ${JSON.stringify(statuses)} ${refused ?? ''}`,
  )
}

/** The best of several numbers of connections, after a short warm-up; every run is kept. */
export const measureBest = async (
  stage: Stage,
  server: RunningServer,
  weights: Mix,
  connections: readonly number[],
): Promise<{ best: Measured; runs: Measured[] }> => {
  await measure(stage, server, { connections: connections[0] ?? 256, weights, seconds: 4 })
  const runs: Measured[] = []
  for (const each of connections) {
    const run = await measure(stage, server, { connections: each, weights })
    await requireAnswered(stage, server, weights, run)
    runs.push(run)
  }
  const best = runs.reduce((a, b) => (b.perSecond > a.perSecond ? b : a))
  return { best, runs }
}
