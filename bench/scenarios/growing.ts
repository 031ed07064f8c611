import { type Line, line, rate } from '../lines.ts'
import type { Stage } from '../stage.ts'
import { SCANS } from './hot-path.ts'
import { type Measured, measure, requireAnswered } from './measure.ts'

const PROCESSES = [1, 2, 4] as const
/** Outstanding at each process, so that each does what it does alone. */
const PHONES_PER_PROCESS = 256
/** The other way round every other time: a shared machine is slow for minutes. */
const TURNS = 4

export interface GrowingFigures {
  phonesPerProcess: number
  /** Of each number of processes, one run a turn. */
  runs: { processes: number; measured: Measured[] }[]
}

/** One, two and four server processes beside one database: what a scan costs in processor time. */
export const runGrowing = async (stage: Stage): Promise<GrowingFigures> => {
  const runs = PROCESSES.map((processes) => ({ processes, measured: [] as Measured[] }))
  for (let turn = 0; turn < TURNS; turn += 1)
    for (const { processes, measured } of turn % 2 === 0 ? runs : runs.toReversed()) {
      await stage.clear()
      await stage.refreshRequests({ persons: 200_000, checks: false })
      await stage.withServer({ workers: processes }, async (server) => {
        const connections = PHONES_PER_PROCESS * processes
        await measure(stage, server, { connections, weights: SCANS, seconds: 3 })
        const run = await measure(stage, server, { connections, weights: SCANS })
        await requireAnswered(stage, server, SCANS, run)
        measured.push(run)
      })
    }
  return { phonesPerProcess: PHONES_PER_PROCESS, runs }
}

const costOf = ({ cpuMicros: { server, database } }: Measured): number => server + database

const middle = (values: number[]): number => {
  const sorted = [...values].sort((a, b) => a - b)
  const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.floor(sorted.length / 2)]]
  return ((low ?? 0) + (high ?? 0)) / 2
}

/** Lines of the table of results. */
export const toGrowingLines = (figures: GrowingFigures | undefined): Line[] => {
  if (!figures) return []
  const { runs, phonesPerProcess } = figures
  const alone = middle(runs[0]?.measured.map(costOf) ?? [])
  return runs.map(({ processes, measured }) => {
    const costs = measured.map(costOf)
    const cost = middle(costs)
    return line(
      `processor time of a scan, ${processes} server process(es), ${phonesPerProcess} phones at each`,
      `${cost.toFixed(1)} µs (${Math.min(...costs).toFixed(1)}–${Math.max(...costs).toFixed(1)}): server ${middle(measured.map((each) => each.cpuMicros.server)).toFixed(1)}, database ${middle(measured.map((each) => each.cpuMicros.database)).toFixed(1)}; ${rate(middle(measured.map((each) => each.perSecond)))}/s`,
      '≤ 1.1 of one process',
      cost / alone,
      cost / alone <= 1.1,
    )
  })
}
