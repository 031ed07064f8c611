import type { Opening, Slowness } from './slow-phone.ts'

/** Medians over the rounds, by what was opened. */
export interface FirstLoad {
  commit: string
  measuredAt: string
  processor: string
  /** Of this machine before it began: others' work makes every figure of time larger. */
  loadBefore: number
  rounds: number
  slow: Slowness
  figures: Record<string, Opening>
}

const kilobytes = (bytes: number): string => (bytes / 1000).toFixed(0)
const seconds = (milliseconds: number): string => (milliseconds / 1000).toFixed(1)

const columns: readonly [string, (opening: Opening) => string][] = [
  ['ready, s', ({ readyMs }) => seconds(readyMs)],
  ['first paint, s', ({ firstPaintMs }) => seconds(firstPaintMs)],
  ['script, kB', ({ scriptBytes }) => kilobytes(scriptBytes)],
  ['all, kB', ({ bytes }) => kilobytes(bytes)],
  ['requests', ({ requests }) => String(requests)],
]

const origin = ({ commit, measuredAt, loadBefore }: FirstLoad): string =>
  `commit ${commit}, ${measuredAt.slice(0, 16).replace('T', ' ')} UTC, load of the machine before ${loadBefore}`

/** One table; figures of an earlier run stand before an arrow. */
export const toTable = (now: FirstLoad, before?: FirstLoad): string => {
  const { slow } = now
  const rows = Object.entries(now.figures).map(([what, opening]) => {
    const former = before?.figures[what]
    const cells = columns.map(([, of]) => (former ? `${of(former)} → ${of(opening)}` : of(opening)))
    return `| ${what} | ${cells.join(' | ')} |`
  })
  return [
    '# First load on a slow phone',
    '',
    `Now: ${origin(now)}.${before ? ` Before: ${origin(before)}.` : ''}`,
    '',
    `Processor ${slow.processor} times slower than ${now.processor}; ${slow.downKilobits} kbit/s down, ${slow.upKilobits} up, ${slow.latencyMs} ms a request; median of ${now.rounds}. Server, database and browser on the same machine. kB as they crossed the line.`,
    '',
    `| what | ${columns.map(([title]) => title).join(' | ')} |`,
    `|---|${columns.map(() => '---').join('|')}|`,
    ...rows,
    '',
  ].join('\n')
}
