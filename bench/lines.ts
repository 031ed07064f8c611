import type { Measured } from './scenarios/measure.ts'

/** One row of the table of results. */
export interface Line {
  what: string
  measured: string
  ratio?: string
  goal: string
  reached?: boolean
}

export const rate = (value: number | undefined) =>
  value === undefined ? '—' : Math.round(value).toLocaleString('en')
export const over = (a: number | undefined, b: number | undefined): number | undefined =>
  a !== undefined && b ? a / b : undefined

export const line = (
  what: string,
  measured: string,
  goal: string,
  ratio?: number,
  reached?: boolean,
): Line => ({
  what,
  measured,
  goal,
  ...(ratio === undefined ? {} : { ratio: ratio.toFixed(2) }),
  ...(reached === undefined ? {} : { reached }),
})

export const ratioLine = (
  what: string,
  value: number | undefined,
  against: number | undefined,
  wanted: number,
  goal: string,
) => {
  const ratio = over(value, against)
  return line(what, `${rate(value)}/s`, goal, ratio, ratio === undefined ? undefined : ratio >= wanted)
}

export const cpuLine = (
  what: string,
  { cpuMicros: { server, database, machine }, idle, memoryMiB }: Measured,
): Line =>
  line(
    what,
    `server ${server} + database ${database} of ${machine} µs; idle ${Math.round(idle * 100)} %; ${memoryMiB} MiB`,
    'processor time per request, largest process',
  )
