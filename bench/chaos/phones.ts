import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { Agent, request } from 'undici'
import type { LedgerEntry } from './ledger.ts'

export interface PhonesOptions {
  /** Where a scan may be sent; one at random each time, as behind a load balancer. */
  origins: string[]
  perSecond: number
  persons: number
  /** Number of the first of them; 1 by default. */
  firstPerson?: number
  token(person: number): string
  venueCode(): string
}

export interface Phones {
  ledger: LedgerEntry[]
  /** Answers by status; `broken` for connections that ended or did not begin, `silent` for those given up. */
  answers: Record<string, number>
  /** 503 without a time to wait. */
  withoutRetryAfter: number
  /** When each first acknowledgement came, in order. */
  acknowledgedAt: number[]
  /** No new scans; those under way are repeated until they are acknowledged, for so long at most. */
  finish(milliseconds: number): Promise<void>
}

/** A phone gives up waiting after this, and asks again with the same request id. */
const PATIENCE_MS = 4_000
/** Phones wait as they are told; here at most so long, so that a scenario ends. */
const LONGEST_WAIT_MS = 1_500
/** Every so many scans are sent once more after they were acknowledged. */
const REPEATED = 10

/** Phones that scan at a steady rate whatever happens, and keep to a request until it is acknowledged. */
export const startPhones = (options: PhonesOptions): Phones => {
  const agent = new Agent({ connections: 64, pipelining: 1 })
  const ledger: LedgerEntry[] = []
  const answers: Record<string, number> = {}
  const acknowledgedAt: number[] = []
  const open = new Set<Promise<void>>()
  const state = { scanning: true, giveUpAt: Number.POSITIVE_INFINITY, withoutRetryAfter: 0 }
  const count = (what: string) => {
    answers[what] = (answers[what] ?? 0) + 1
  }

  /** @returns the answer, or how long to wait before the next attempt */
  const attempt = async (entry: LedgerEntry, venueCode: string): Promise<number | undefined> => {
    const origin = options.origins[Math.floor(Math.random() * options.origins.length)] ?? ''
    try {
      const { statusCode, headers, body } = await request(`${origin}/api/v1/visits`, {
        dispatcher: agent,
        method: 'POST',
        headers: {
          authorization: `Bearer ${options.token(Number(entry.personId))}`,
          'content-type': 'application/json',
        },
        body: JSON.stringify({ requestId: entry.requestId, venueCode }),
        signal: AbortSignal.timeout(PATIENCE_MS),
      })
      const text = await body.text()
      count(String(statusCode))
      if (statusCode !== 201) {
        const seconds = Number(headers['retry-after'])
        if (statusCode === 503 && !(seconds > 0)) state.withoutRetryAfter += 1
        return Math.min(LONGEST_WAIT_MS, (seconds || 1) * 1000)
      }
      const { visits, recordedAt } = JSON.parse(text) as { visits: { colour: string }[]; recordedAt: string }
      entry.answers.push({ colour: visits[0]?.colour ?? '', recordedAt })
      return undefined
    } catch (error) {
      count((error as Error).name === 'TimeoutError' ? 'silent' : 'broken')
      return 100
    }
  }

  const scan = async () => {
    const entry: LedgerEntry = {
      requestId: randomUUID(),
      personId: String((options.firstPerson ?? 1) + Math.floor(Math.random() * options.persons)),
      sentAt: Date.now(),
      acknowledgedAt: undefined,
      answers: [],
    }
    ledger.push(entry)
    const number = ledger.length
    const venueCode = options.venueCode()
    while (Date.now() < state.giveUpAt) {
      const wait = await attempt(entry, venueCode)
      if (wait === undefined) break
      await sleep(wait * (0.5 + Math.random()))
    }
    if (entry.answers.length === 0) return
    entry.acknowledgedAt = Date.now()
    acknowledgedAt.push(entry.acknowledgedAt)
    if (number % REPEATED === 0) await attempt(entry, venueCode)
  }

  const run = async () => {
    let next = performance.now()
    while (state.scanning) {
      while (next <= performance.now()) {
        const sent = scan()
        open.add(sent)
        void sent.finally(() => open.delete(sent))
        next += (-Math.log(1 - Math.random()) * 1000) / options.perSecond
      }
      await sleep(2)
    }
  }
  const running = run()

  return {
    ledger,
    answers,
    acknowledgedAt,
    get withoutRetryAfter() {
      return state.withoutRetryAfter
    },
    finish: async (milliseconds) => {
      state.scanning = false
      state.giveUpAt = Date.now() + milliseconds
      await running
      await Promise.all(open)
      await agent.close()
    },
  }
}
