import { cpuLine, type Line, line, over, rate, ratioLine } from './lines.ts'
import type { Machine } from './machine.ts'
import { type BoardFigures, toBoardLines } from './scenarios/board.ts'
import type { DatabaseAlone } from './scenarios/ceilings.ts'
import type { EverybodyFigures } from './scenarios/everybody.ts'
import { type FollowUpFigures, toFollowUpLines } from './scenarios/follow-up.ts'
import { type GrowingFigures, toGrowingLines } from './scenarios/growing.ts'
import type { LatencyFigures, measureSigning, ScanFigures } from './scenarios/hot-path.ts'
import type { ImportFigures } from './scenarios/imports.ts'
import type { Measured } from './scenarios/measure.ts'
import type { OverloadFigures } from './scenarios/overload.ts'
import { type SamplingFigures, samplingLines } from './scenarios/sampling-figures.ts'
import type { StatusFigures } from './scenarios/status.ts'
import type { TraceFigures } from './scenarios/trace.ts'

interface Runs {
  best: Measured
  runs: Measured[]
}

/** One run of the bench; a scenario that was not asked for is absent. */
export interface BenchResult {
  machine: Machine
  settings: {
    persons: number
    venues: number
    workers: number
    secondsPerRun: number
    server: Record<string, string>
  }
  emptyRoute?: Measured
  single?: Runs
  database?: DatabaseAlone
  databaseSameBatch?: DatabaseAlone
  scan?: ScanFigures
  signing?: ReturnType<typeof measureSigning>
  pass?: Runs
  check?: Runs
  mix?: Runs
  latency?: LatencyFigures
  overload?: OverloadFigures
  status?: StatusFigures
  imports?: ImportFigures
  growing?: GrowingFigures
  trace?: TraceFigures
  followUp?: FollowUpFigures
  board?: BoardFigures
  sampling?: SamplingFigures
}

const hotLines = (result: BenchResult): Line[] => {
  const { emptyRoute, single, database, databaseSameBatch, scan, pass, check, mix } = result
  const scans = scan?.best.perSecond
  const lines: Line[] = []
  if (emptyRoute) lines.push(line('ceiling: empty route', `${rate(emptyRoute.perSecond)}/s`, 'HTTP alone'))
  if (database)
    lines.push(
      line(
        `ceiling: database alone, batches of ${database.batchSize}`,
        `${rate(database.perSecond)}/s`,
        'largest batch',
      ),
    )
  if (databaseSameBatch)
    lines.push(
      line(
        `ceiling: database alone, batches of ${databaseSameBatch.batchSize}`,
        `${rate(databaseSameBatch.perSecond)}/s`,
        'as large as under the scans',
      ),
    )
  if (single)
    lines.push(line('one statement per scan', `${rate(single.best.perSecond)}/s`, 'the same server'))
  if (scan) {
    lines.push(
      ratioLine('venue scans / one statement per scan', scans, single?.best.perSecond, 4, '≥ 4'),
      ratioLine('venue scans / database, same batches', scans, databaseSameBatch?.perSecond, 0.6, '≥ 0.6'),
      line(
        'venue scans',
        `${rate(scans)}/s, batches of ${scan.meanBatch}`,
        'aim 23,300/s',
        over(scans, 23_300),
        (scans ?? 0) >= 23_300,
      ),
      cpuLine('venue scans, where the time goes', scan.best),
      line(
        'memory of a server process',
        `${scan.best.memoryMiB} MiB`,
        '≤ 300 MiB',
        undefined,
        scan.best.memoryMiB <= 300,
      ),
      line('bytes per visit', `${scan.bytesPerVisit}`, '≤ 130', undefined, scan.bytesPerVisit <= 130),
    )
  }
  if (pass) {
    lines.push(ratioLine('live codes / scans', pass.best.perSecond, scans, 1, '≥ 1'))
    if (result.signing) {
      // The signature is made in the server process; without it a code would cost so much less processor time.
      const { machine } = pass.best.cpuMicros
      const unsigned = (pass.best.perSecond * machine) / Math.max(1, machine - result.signing.signMicros)
      lines.push(
        ratioLine(
          `live codes without the signature's ${result.signing.signMicros} µs / scans`,
          unsigned,
          scans,
          1,
          'signing shown apart',
        ),
      )
    }
    lines.push(cpuLine('live codes, where the time goes', pass.best))
  }
  if (check)
    lines.push(
      ratioLine('checks / scans', check.best.perSecond, scans, 1, '≥ 1'),
      cpuLine('checks, where the time goes', check.best),
    )
  if (mix) lines.push(ratioLine('cold mix / scans', mix.best.perSecond, scans, 0.8, '≥ 0.8'))
  return lines
}

const waitLines = ({ latency, overload, scan }: BenchResult): Line[] => {
  const lines: Line[] = []
  if (latency) {
    const { phones, openLoop } = latency
    lines.push(
      line(
        `latency at ${rate(phones.perSecond)}/s from ${rate(phones.connections)} phones`,
        `p50 ${phones.p50} ms, p99 ${phones.p99} ms; idle ${Math.round(phones.idle * 100)} %`,
        'p50 ≤ 5 ms, p99 ≤ 25 ms',
        undefined,
        phones.p50 <= 5 && phones.p99 <= 25,
      ),
      line(
        `the same in an open loop at ${rate(latency.perSecond)}/s`,
        `p50 ${openLoop.accepted.p50} ms, p99 ${openLoop.accepted.p99} ms; the generator itself late by p99 ${openLoop.lateP99} ms`,
        'with what the generator takes',
      ),
    )
  }
  if (overload) {
    const { goodput, refusedPerSecond, bystander, recovered, flood, otherAnswers } = overload
    const offered = over(goodput + refusedPerSecond, scan?.best.perSecond)
    lines.push(
      ratioLine(
        `goodput with ${overload.times} × the requests outstanding`,
        goodput,
        scan?.best.perSecond,
        0.9,
        '≥ 0.9 of the maximum',
      ),
      line(
        'offered meanwhile',
        `${rate(goodput + refusedPerSecond)}/s from ${flood.connections} connections`,
        'as much as the machine can offer itself',
        offered,
      ),
      line(
        'refusals seen by somebody who comes now',
        `p50 ${bystander.refused.p50} ms, p99 ${bystander.refused.p99} ms (${bystander.refused.count})`,
        '< 100 ms, explicit 503',
        undefined,
        otherAnswers === 0 && bystander.refused.p99 < 100,
      ),
      line('answers other than 2xx and 503', String(otherAnswers), '0', undefined, otherAnswers === 0),
      ratioLine('5 s after the flood', recovered, scan?.best.perSecond, 0.9, 'back to normal'),
      line(
        'memory under overload',
        `${overload.memoryMiB} MiB`,
        'bounded, ≤ 300 MiB',
        undefined,
        overload.memoryMiB <= 300,
      ),
    )
  }
  return lines
}

// Results of earlier runs have none.
const everybodyLines = (everybody: EverybodyFigures | undefined): Line[] => {
  if (!everybody) return []
  const persons = `${rate(everybody.persons)} persons, one finding and five tests each`
  const figure = (what: string, perSecond: number) =>
    line(
      `${persons}: ${what}`,
      `${rate(perSecond)}/s`,
      'aim 30,000/s',
      over(perSecond, 30_000),
      perSecond >= 30_000,
    )
  return [figure('nothing is new', everybody.unchanged), figure('everybody changes', everybody.changed)]
}

const statusLines = ({ status }: BenchResult): Line[] => {
  if (!status) return []
  const { toPhone, scansMeanwhile, evaluatedPerSecond, everybody, updatesPerSecond, besideScans } = status
  return [
    line(
      `one person's change to the phone, under ${rate(scansMeanwhile.perSecond)} scans/s`,
      `p50 ${toPhone.p50} ms, p95 ${toPhone.p95} ms, max ${toPhone.max} ms (${toPhone.count})`,
      'p95 < 1 s',
      undefined,
      toPhone.p95 < 1000,
    ),
    line('ceiling: writing evaluation times only', `${rate(updatesPerSecond)}/s`, 'one connection'),
    line(
      'persons evaluated anew, nothing known about them',
      `${rate(evaluatedPerSecond)}/s`,
      'two lanes; what did not change is not written',
    ),
    ...everybodyLines(everybody),
    ratioLine(
      `scans while ${rate(besideScans.evaluatedPerSecond)} persons/s are evaluated and written, in ${besideScans.pairs.length} pairs of windows without (${rate(besideScans.alonePerSecond)}/s) and with`,
      besideScans.besidePerSecond,
      besideScans.alonePerSecond,
      0.8,
      '≥ 0.8 of their rate',
    ),
  ]
}

const findingLines = (list: ImportFigures['findings']): Line[] => {
  if (!list) return []
  const step = (what: string, taken: number, memoryMiB: number) =>
    line(
      `${what} a list of ${rate(list.rows)} findings, forty at a workplace`,
      `${Math.round(taken)} s, ${rate(list.rows / taken)}/s, ${memoryMiB} MiB`,
      '≤ 400 MiB',
      undefined,
      memoryMiB <= 400,
    )
  return [
    step('checking', list.checkSeconds, list.checkMiB),
    step('applying', list.applySeconds, list.applyMiB),
    line('findings there afterwards', rate(list.written), 'all', undefined, list.written === list.rows),
  ]
}

const importLines = ({ imports }: BenchResult): Line[] => {
  if (!imports) return []
  const { rows, fileBytes, uploadSeconds, checkSeconds, applySeconds, parsePerSecond, writePerSecond } =
    imports
  const step = (name: string, taken: number, memoryMiB: number, ceiling: number) =>
    line(
      `${name} a list of ${rate(rows)} rows`,
      `${Math.round(taken)} s, ${rate(rows / taken)}/s, ${memoryMiB} MiB`,
      '≤ 400 MiB',
      rows / taken / ceiling,
      memoryMiB <= 400,
    )
  return [
    line(
      `uploading it, ${Math.round(fileBytes / 2 ** 20)} MiB`,
      `${Math.round(uploadSeconds)} s, ${imports.uploadMiB} MiB`,
      '',
    ),
    line('ceiling: reading the file alone', `${rate(parsePerSecond)}/s`, ''),
    ...(imports.workbookPerSecond
      ? [line('reading such a workbook alone', `${rate(imports.workbookPerSecond)}/s`, '')]
      : []),
    step('checking', checkSeconds, imports.checkMiB, parsePerSecond),
    line('ceiling: writing its rows alone', `${rate(writePerSecond)}/s`, ''),
    step('applying', applySeconds, imports.applyMiB, writePerSecond),
    line(
      'results there afterwards',
      rate(imports.personsWithResult),
      'all',
      undefined,
      imports.personsWithResult === rows,
    ),
    ...findingLines(imports.findings),
  ]
}

const traceLines = ({ trace }: BenchResult): Line[] => {
  if (!trace) return []
  const { visits, bytesPerVisit, overlap, sweep, phones } = trace
  const [taken, ceiling] = [overlap.seconds, overlap.ceilingSeconds].map(
    (runs) => [...runs].sort((one, other) => one - other)[Math.floor(runs.length / 2)] ?? 0,
  ) as [number, number]
  return [
    line('bytes per visit, with indexes', String(bytesPerVisit), '≤ 130', undefined, bytesPerVisit <= 130),
    line(
      `ceiling: ${rate(overlap.scans)} visits read by index, of ${rate(visits)}`,
      `${ceiling.toFixed(2)} s`,
      '',
    ),
    line(
      `a case of 14 days, ${overlap.stays} stays, ${rate(overlap.persons)} people`,
      `${taken.toFixed(2)} s`,
      '≤ 2 s',
      over(taken, ceiling),
      taken <= 2,
    ),
    line(`a sweep of ${rate(sweep.persons)} people`, `${sweep.seconds.toFixed(2)} s`, 'passes'),
    line(
      `approval to the last of ${phones.told} of ${phones.open} phones, of ${rate(phones.persons)} people`,
      `${phones.secondsToLast.toFixed(1)} s; everybody ${phones.secondsToAll.toFixed(1)} s`,
      '≤ 60 s',
      undefined,
      phones.secondsToAll <= 60,
    ),
  ]
}

/** The goals of the hot path as a Markdown table, with what machine and settings. */
export const toMarkdown = (result: BenchResult): string => {
  const { machine, settings } = result
  const mark = ({ reached }: Line) => (reached === undefined ? '' : reached ? '✓' : '✗')
  const rows = [
    ...hotLines(result),
    ...waitLines(result),
    ...statusLines(result),
    ...importLines(result),
    ...toGrowingLines(result.growing),
    ...traceLines(result),
    ...toFollowUpLines(result.followUp),
    ...toBoardLines(result.board),
    ...samplingLines(result.sampling, result.scan?.best.perSecond),
  ].map((each) => `| ${each.what} | ${each.measured} | ${each.ratio ?? ''} | ${each.goal} | ${mark(each)} |`)
  return [
    `# Bench of ${machine.measuredAt.slice(0, 16).replace('T', ' ')} UTC, commit ${machine.commit}${machine.clean ? '' : ' with changes'}`,
    '',
    `${machine.cores} × ${machine.processor}, ${machine.memoryGiB} GiB, Node ${machine.node}, PostgreSQL ${machine.postgres}; database, server and load generator on it together.`,
    `${settings.persons.toLocaleString('en')} persons, ${settings.venues.toLocaleString('en')} venues, ${settings.workers} server process(es), ${settings.secondsPerRun} s a run. Database: ${Object.entries(
      machine.databaseSettings,
    )
      .map(([name, value]) => `${name} ${value}`)
      .join(', ')}.`,
    '',
    '| what | measured | ratio | goal | |',
    '|---|---|---|---|---|',
    ...rows,
    '',
  ].join('\n')
}

const numbersOf = (value: unknown, path: string[] = []): [string, number][] => {
  if (typeof value === 'number') return [[path.join('.'), value]]
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return []
  return Object.entries(value).flatMap(([key, inner]) => numbersOf(inner, [...path, key]))
}

/** Figures of two results side by side, those that differ by more than a tenth marked. */
export const compare = (before: BenchResult, after: BenchResult): string => {
  const former = new Map(numbersOf({ ...before, machine: undefined, settings: undefined }))
  const rows = numbersOf({ ...after, machine: undefined, settings: undefined }).flatMap(([name, value]) => {
    const old = former.get(name)
    if (old === undefined) return []
    const ratio = old === 0 ? Number.NaN : value / old
    const changed = Math.abs(ratio - 1) > 0.1
    return [
      `| ${name} | ${old} | ${value} | ${Number.isNaN(ratio) ? '' : ratio.toFixed(2)} | ${changed ? '←' : ''} |`,
    ]
  })
  return [
    `${before.machine.commit} → ${after.machine.commit}`,
    '',
    '| figure | before | after | ratio | |',
    '|---|---|---|---|---|',
    ...rows,
    '',
  ].join('\n')
}
