import { randomUUID } from 'node:crypto'
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { Counter, Gauge, type Registry } from 'prom-client'
import type { Priority } from './priorities.ts'

// A server process that is offered more than it can do does not see it in its queues first: the requests wait in the
// sockets, where nothing counts them, and everybody's answer comes late. What shows it is the turn of the event loop.
// All requests that have arrived are read in one turn; when a turn has used up its budget, the rest of it is refused
// with a few microseconds of work each, before tokens, bodies or routes are looked at.

/** How long a turn may go on admitting, milliseconds: with the statement behind it, a tenth of a second at the door. */
const TURN_BUDGET_MS = 80
/** A turn with fewer requests is long because the machine is slow or a first request compiles, not because of the load. */
const CROWD = 50
/** Load decays to half in this time, so that panels do not flicker. */
const HALF_LIFE_MS = 500
/** From which load on a priority is refused; `hot` only by the turn's budget and its own queue. */
const REFUSED_FROM: Record<Exclude<Priority, 'hot'>, number> = { optional: 0.5, normal: 0.9 }
const NEVER_REFUSED = new Set(['/healthz', '/readyz'])

export interface Admission {
  /** The request handler behind the budget of a turn. */
  guard(handler: RequestListener): RequestListener
  /** Whether a request of this priority is to be refused now; counts those that are. */
  refuses(priority: Priority): boolean
  /** Adds a queue whose fill, 0 to 1, counts as load. */
  watch(fill: () => number): void
}

/** Seconds after which a refused client may try again; spread, so that those refused at once do not return at once. */
export const retryAfterSeconds = (): number => 1 + Math.floor(Math.random() * 4)

const refuse = (response: ServerResponse): void => {
  const seconds = retryAfterSeconds()
  const body = `{"code":"BUSY","message":"BUSY","requestId":"${randomUUID()}","retryAfterSeconds":${seconds}}`
  response.writeHead(503, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': body.length,
    'retry-after': String(seconds),
    'cache-control': 'no-store',
  })
  response.end(body)
}

export const createAdmission = (
  registry: Registry,
  now: () => number = () => performance.now(),
): Admission => {
  const queues: (() => number)[] = []
  let turnStartedAt: number | undefined
  let admitted = 0
  let load = 0
  let loadAt = 0

  const decayedLoad = (at: number) => load * 0.5 ** ((at - loadAt) / HALF_LIFE_MS)

  const endTurn = () => {
    const at = now()
    const share = admitted < CROWD ? 0 : (at - (turnStartedAt ?? at)) / TURN_BUDGET_MS
    load = Math.max(share, decayedLoad(at))
    loadAt = at
    turnStartedAt = undefined
    admitted = 0
  }

  const readLoad = () => Math.max(decayedLoad(now()), ...queues.map((fill) => fill()))

  const shed = new Counter({
    name: 'jkb_shed_total',
    help: 'Requests refused as busy before their work began; hot: by the budget of a turn',
    labelNames: ['priority'],
    registers: [registry],
  })
  for (const priority of ['hot', 'normal', 'optional']) shed.inc({ priority }, 0)
  new Gauge({
    name: 'jkb_load',
    help: 'Share of the budget of a turn or of a queue in use; optional panels are refused from 0.5, all but the door from 0.9',
    // Of several processes, the one worst off.
    aggregator: 'max',
    registers: [registry],
    collect() {
      this.set(readLoad())
    },
  })

  return {
    guard: (handler) => (request: IncomingMessage, response) => {
      if (turnStartedAt === undefined) {
        turnStartedAt = now()
        setImmediate(endTurn)
      } else if (
        admitted >= CROWD &&
        now() - turnStartedAt > TURN_BUDGET_MS &&
        !NEVER_REFUSED.has(request.url ?? '')
      ) {
        shed.inc({ priority: 'hot' })
        return refuse(response)
      }
      admitted += 1
      handler(request, response)
    },
    refuses: (priority) => {
      if (priority === 'hot' || readLoad() < REFUSED_FROM[priority]) return false
      shed.inc({ priority })
      return true
    },
    watch: (fill) => void queues.push(fill),
  }
}
