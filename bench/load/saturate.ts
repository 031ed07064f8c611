import { spawn } from 'node:child_process'
import { Problem } from '../problem.ts'

/** How much of each kind of request; any positive numbers. */
export interface Mix {
  scan: number
  pass: number
  check: number
  /** Samples: each line of the file `samples` once, in order; then the generator stops telling anything new. */
  sample?: number
}

export interface SaturationOptions {
  /** `http://host:port` */
  origin: string
  /** Requests outstanding at any time: each connection sends its next request when it has its answer. */
  connections: number
  seconds: number
  /** Where the request files are; without it, GET `path`. */
  mix?: { directory: string; weights: Mix }
  path?: string
  /** Counts answers by status; costs a little. */
  countStatuses?: boolean
  /** Mean milliseconds between an answer and the next request of its connection; 0 to twice that, evenly. */
  thinkMs?: number
  /** Directory of the .lua files. */
  scripts: string
}

export interface Saturation {
  requests: number
  perSecond: number
  /** Answers outside 2xx and 3xx. */
  failed: number
  /** Milliseconds, of a closed loop: with so many outstanding, not what a single person waits. */
  p50: number
  p99: number
  statuses: Record<string, number>
  /** Status and beginning of the first refused answer, where statuses are counted. */
  refused?: string
}

const milliseconds = (text: string | undefined): number => {
  const [, value, unit] = /([\d.]+)(us|ms|s|m)/.exec(text ?? '') ?? []
  return Number(value) * ({ us: 0.001, ms: 1, s: 1000, m: 60_000 }[unit ?? ''] ?? Number.NaN)
}

const first = (output: string, pattern: RegExp): string | undefined => pattern.exec(output)?.[1]

/** What wrk printed, as numbers. @throws Problem when it is not wrk's output */
export const parseWrk = (output: string): Saturation => {
  const requests = Number(first(output, /(\d+) requests in/))
  const perSecond = Number(first(output, /Requests\/sec:\s+([\d.]+)/))
  if (!Number.isFinite(requests) || !Number.isFinite(perSecond)) throw new Problem(`wrk said: ${output}`)
  const statuses: Record<string, number> = {}
  for (const [, line] of output.matchAll(/^STATUSES (.*)$/gm))
    for (const [, code, count] of (line ?? '').matchAll(/(\d+)=(\d+)/g))
      statuses[code ?? ''] = (statuses[code ?? ''] ?? 0) + Number(count)
  const refused = first(output, /^REFUSED (.+)$/m)
  return {
    requests,
    perSecond,
    failed: Number(first(output, /Non-2xx or 3xx responses: (\d+)/) ?? 0),
    // At the start of a line: how many lay near the mean is told in per cent too.
    p50: milliseconds(first(output, /^\s+50%\s+(\S+)/m)),
    p99: milliseconds(first(output, /^\s+99%\s+(\S+)/m)),
    statuses,
    ...(refused ? { refused } : {}),
  }
}

const runWrk = (args: string[]): Promise<string> =>
  new Promise((resolve, reject) => {
    const child = spawn('wrk', args, { stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk))
    child.on('error', () => reject(new Problem('wrk is missing: apt-get install wrk')))
    child.on('exit', (code) => (code === 0 ? resolve(output) : reject(new Problem(`wrk failed: ${output}`))))
  })

/**
 * Drives a server as hard as so many connections can, with wrk: the cheapest generator there is, because on a machine
 * that also runs server and database whatever the generator uses is missing from the result.
 */
export const saturate = async (options: SaturationOptions): Promise<Saturation> => {
  const { mix } = options
  const script = options.thinkMs ? 'think.lua' : options.countStatuses ? 'count-statuses.lua' : 'requests.lua'
  const seed = String(1 + Math.floor(Math.random() * 1e9))
  const output = await runWrk([
    ...['-t1', `-c${options.connections}`, `-d${options.seconds}s`, '--latency', '--timeout', '30s'],
    ...(mix ? ['-s', `${options.scripts}/${script}`] : []),
    `${options.origin}${options.path ?? ''}`,
    ...(mix
      ? [
          '--',
          mix.directory,
          ...[mix.weights.scan, mix.weights.pass, mix.weights.check].map(String),
          seed,
          String(options.thinkMs ?? 0),
          String(mix.weights.sample ?? 0),
        ]
      : []),
  ])
  return parseWrk(output)
}
