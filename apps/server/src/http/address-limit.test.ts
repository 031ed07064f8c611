import type { FastifyRateLimitStore } from '@fastify/rate-limit'
import { expect, it } from 'vitest'
import { createAddressLimitStore } from './address-limit.ts'

/** Stores of several processes, linked as the primary links them. */
const startStores = (servers: number, limit: number, clock: { now: number }) => {
  const handlers: ((key: string, window: number, count: number) => void)[] = []
  let messages = 0
  const stores = Array.from({ length: servers }, (_, index) => {
    const Store = createAddressLimitStore({
      limit,
      windowMs: 60_000,
      now: () => clock.now,
      link: {
        servers,
        onAddressCount: (handle) => void handlers.push(handle),
        sendAddressCount: (key, window, count) => {
          messages += 1
          for (const [other, handle] of handlers.entries()) if (other !== index) handle(key, window, count)
        },
      },
    })
    return new Store({})
  })
  return { stores, messages: () => messages }
}

const take = (store: FastifyRateLimitStore | undefined, key: string): { current: number; ttl: number } => {
  let taken = { current: Number.NaN, ttl: Number.NaN }
  store?.incr(
    key,
    (_error, result) => {
      if (result) taken = result
    },
    60_000,
    0,
  )
  return taken
}

it('counts an address over all processes, a twentieth of the limit exactly', () => {
  const clock = { now: 600_000 }
  const { stores, messages } = startStores(4, 6000, clock)
  let current = 0
  for (let request = 0; request < 6000; request += 1) current = take(stores[request % 4], 'a').current
  expect(current).toBeGreaterThan(5700)
  expect(current).toBeLessThanOrEqual(6000)
  expect(messages()).toBeLessThanOrEqual(80)
  expect(take(stores[0], 'b').current).toBe(1)
})

it('is exact where limits are small', () => {
  const { stores } = startStores(2, 10, { now: 0 })
  for (let request = 0; request < 10; request += 1) take(stores[request % 2], 'a')
  expect(take(stores[0], 'a').current).toBe(11)
})

it('begins anew with each window, in all processes at once, and hears nothing of past ones', () => {
  const clock = { now: 59_000 }
  const { stores } = startStores(2, 10, clock)
  expect(take(stores[0], 'a')).toEqual({ current: 1, ttl: 1000 })
  clock.now = 60_000
  expect(take(stores[1], 'a')).toEqual({ current: 1, ttl: 60_000 })
  expect(take(stores[0], 'a').current).toBe(2)
})

it('holds a bounded number of addresses', () => {
  const { stores } = startStores(1, 10, { now: 0 })
  take(stores[0], 'first')
  for (let address = 0; address < 50_000; address += 1) take(stores[0], `address ${address}`)
  expect(take(stores[0], 'first').current).toBe(1)
})
