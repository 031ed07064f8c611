import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { build, type Histogram } from 'hdr-histogram-js'
import { Pool } from 'undici'
import type { Mix } from './saturate.ts'

// Open loop: requests are sent when their time has come, whether or not earlier ones are answered, as people do. The
// clock of each request starts at its planned time, so a server that stalls is charged for everybody who waited
// meanwhile, and so is a generator that comes late.

export interface OpenLoopOptions {
  origin: string
  directory: string
  weights: Mix
  perSecond: number
  seconds: number
  connections: number
}

export interface OpenLoopResult {
  planned: number
  /** By status; `error` for connections that broke. */
  statuses: Record<string, number>
  /** Milliseconds from the planned time to the last byte, of answers 2xx and of refusals 503. */
  accepted: Percentiles
  refused: Percentiles
  /** Milliseconds the generator itself sent late, 99th percentile: large values say that the machine was full. */
  lateP99: number
}

export interface Percentiles {
  count: number
  p50: number
  p95: number
  p99: number
  max: number
}

const newHistogram = () => build({ highestTrackableValue: 120_000_000, numberOfSignificantValueDigits: 3 })
const percentiles = (histogram: Histogram): Percentiles => {
  const at = (percent: number) => Math.round(histogram.getValueAtPercentile(percent) / 10) / 100
  return {
    count: histogram.totalCount,
    p50: at(50),
    p95: at(95),
    p99: at(99),
    max: Math.round(histogram.maxValue / 10) / 100,
  }
}

const lines = (path: string): string[] => readFileSync(path, 'utf8').split('\n').filter(Boolean)
const pick = (from: string[]): string => from[Math.floor(Math.random() * from.length)] ?? ''

interface Planned {
  method: 'GET' | 'POST'
  path: string
  headers: Record<string, string>
  body?: string
}

const createDraw = ({ directory, weights }: OpenLoopOptions) => {
  const tokens = lines(`${directory}/tokens`)
  const codes = lines(`${directory}/venue-codes`)
  const devices = weights.check > 0 ? lines(`${directory}/devices`) : []
  const personal = weights.check > 0 ? lines(`${directory}/personal-codes`) : []
  const total = weights.scan + weights.pass + weights.check
  const post = (path: string, token: string, body: object): Planned => ({
    method: 'POST',
    path,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  return (): Planned => {
    const draw = Math.random() * total
    if (draw < weights.scan)
      return post('/api/v1/visits', pick(tokens), { requestId: randomUUID(), venueCode: pick(codes) })
    if (draw < weights.scan + weights.pass)
      return { method: 'GET', path: '/api/v1/me/pass', headers: { authorization: `Bearer ${pick(tokens)}` } }
    // A code is always at its own door: a live code at two doors within its minute is an alarm, and no ordinary check.
    const code = Math.floor(Math.random() * personal.length)
    const at = (code % (devices.length / 2)) * 2
    return post('/api/v1/checks', devices[at + 1] ?? '', {
      requestId: randomUUID(),
      pointId: devices[at],
      qrText: personal[code],
      purpose: 'bench',
    })
  }
}

/** Sends `perSecond` requests for `seconds`, at random moments (exponential gaps), and waits for the answers. */
export const runOpenLoop = async (options: OpenLoopOptions): Promise<OpenLoopResult> => {
  const draw = createDraw(options)
  const pool = new Pool(options.origin, { connections: options.connections, pipelining: 1 })
  const accepted = newHistogram()
  const refused = newHistogram()
  const late = newHistogram()
  const statuses: Record<string, number> = {}
  const open = new Set<Promise<void>>()
  const count = (status: string) => {
    statuses[status] = (statuses[status] ?? 0) + 1
  }

  const send = (plannedAt: number): Promise<void> =>
    new Promise((resolve) => {
      let status = 0
      const end = () => {
        const micros = Math.max(1, Math.round((performance.now() - plannedAt) * 1000))
        if (status >= 200 && status < 300) accepted.recordValue(micros)
        else if (status === 503) refused.recordValue(micros)
        count(String(status))
        resolve()
      }
      pool.dispatch(draw(), {
        onConnect: () => {},
        onHeaders: (code) => {
          status = code
          return true
        },
        onData: () => true,
        onComplete: end,
        onError: () => {
          count('error')
          resolve()
        },
      })
    })

  const startedAt = performance.now()
  const until = startedAt + options.seconds * 1000
  let next = startedAt
  let planned = 0
  while (next < until) {
    const now = performance.now()
    while (next <= now && next < until) {
      late.recordValue(Math.max(1, Math.round((now - next) * 1000)))
      const sent = send(next)
      open.add(sent)
      void sent.finally(() => open.delete(sent))
      planned += 1
      next += (-Math.log(1 - Math.random()) * 1000) / options.perSecond
    }
    await new Promise((resolve) => (next - now > 2 ? setTimeout(resolve, 1) : setImmediate(resolve)))
  }
  await Promise.all(open)
  await pool.close()
  return {
    planned,
    statuses,
    accepted: percentiles(accepted),
    refused: percentiles(refused),
    lateP99: percentiles(late).p99,
  }
}
