import type { FastifyRateLimitStore, FastifyRateLimitStoreCtor } from '@fastify/rate-limit'
import type { ProcessLink } from '../processes/process-link.ts'

// Every process counts for itself and tells the others in steps, so that an address has one limit however many
// processes it reaches: a message for every twentieth part of the limit, an error of a twentieth at the most.
const STEPS = 20
const MOST_ADDRESSES = 50_000

interface Count {
  own: number
  others: number
  untold: number
}

interface AddressLimitOptions {
  /** Requests that an address may make in a window, over all processes. */
  limit: number
  windowMs: number
  link?: Pick<ProcessLink, 'servers' | 'sendAddressCount' | 'onAddressCount'> | undefined
  now?: () => number
}

/**
 * A store for `@fastify/rate-limit`. Windows are fixed and the same in all processes; the addresses of a past one are
 * forgotten together. Beyond 50,000 addresses in a window the one seen first is forgotten.
 */
export const createAddressLimitStore = ({
  limit,
  windowMs,
  link,
  now = Date.now,
}: AddressLimitOptions): FastifyRateLimitStoreCtor => {
  const step = Math.max(1, Math.floor(limit / (STEPS * (link?.servers ?? 1))))
  const counts = new Map<string, Count>()
  let window = 0

  const turnTo = (next: number) => {
    if (next === window) return
    window = next
    counts.clear()
  }

  const countOf = (key: string): Count => {
    const known = counts.get(key)
    if (known) return known
    const [first] = counts.keys()
    if (counts.size >= MOST_ADDRESSES && first !== undefined) counts.delete(first)
    const count = { own: 0, others: 0, untold: 0 }
    counts.set(key, count)
    return count
  }

  link?.onAddressCount((key, theirWindow, count) => {
    const current = Math.floor(now() / windowMs)
    if (theirWindow !== current) return
    turnTo(current)
    countOf(key).others += count
  })

  const take = (key: string): number => {
    const count = countOf(key)
    count.own += 1
    count.untold += 1
    if (link && count.untold >= step) {
      link.sendAddressCount(key, window, count.untold)
      count.untold = 0
    }
    return count.own + count.others
  }

  return class implements FastifyRateLimitStore {
    incr(key: string, done: Parameters<FastifyRateLimitStore['incr']>[1]): void {
      const at = now()
      turnTo(Math.floor(at / windowMs))
      done(null, { current: take(key), ttl: windowMs - (at % windowMs) })
    }

    child(): FastifyRateLimitStore {
      return this
    }
  }
}
