import { cpuLine, type Line, line, rate, ratioLine } from '../lines.ts'
import type { Measured } from './measure.ts'

export interface SamplingFigures {
  best: Measured
  runs: Measured[]
  /** Samples per statement while saturated. */
  meanBatch: number
  /** Rows in the table, against samples answered: never fewer. */
  rows: number
  answered: number
  bytesPerSample: number
  /** Doors and sites at once: nine scans to one sample. */
  beside: Measured
  /** Pages of the desk on a database of the size of a round, milliseconds. */
  reads: { what: string; ms: number; rows: number }[]
  /** Samples that stood there while they were read. */
  readsOver: number
}

/** What a round of nine million in five hours asks for, a second. */
const ROUND_PER_SECOND = 504

/** Samples beside the scans of the same run. */
export const samplingLines = (figures: SamplingFigures | undefined, scans: number | undefined): Line[] => {
  if (!figures) return []
  const { best, beside, rows, answered, bytesPerSample } = figures
  return [
    ratioLine(
      `samples / scans, batches of ${figures.meanBatch}`,
      best.perSecond,
      scans,
      0.8,
      '≥ 0.8, one durable commit each',
    ),
    cpuLine('samples, where the time goes', best),
    line(
      'a round of 9.08 million in five hours',
      `${rate(best.perSecond)}/s`,
      `${ROUND_PER_SECOND}/s`,
      best.perSecond / ROUND_PER_SECOND,
      best.perSecond >= ROUND_PER_SECOND,
    ),
    ratioLine(
      'doors and sites at once, nine scans to one sample / scans',
      beside.perSecond,
      scans,
      0.8,
      '≥ 0.8',
    ),
    line('samples there afterwards', rate(rows), `${rate(answered)} answered`, undefined, rows >= answered),
    line(
      'memory of a server process',
      `${Math.max(best.memoryMiB, beside.memoryMiB)} MiB`,
      '≤ 300 MiB',
      undefined,
      Math.max(best.memoryMiB, beside.memoryMiB) <= 300,
    ),
    line('bytes per sample, with indexes', String(bytesPerSample), ''),
    ...figures.reads.map(({ what, ms, rows: found }) =>
      line(
        `${what}, over ${rate(figures.readsOver)} samples`,
        `${rate(ms)} ms, ${rate(found)} rows`,
        '≤ 1 s',
        undefined,
        ms <= 1000,
      ),
    ),
  ]
}
