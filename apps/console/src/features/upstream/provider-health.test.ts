import type { UpstreamProvider } from '@jiankangbao/contracts/upstream/schemas'
import { describe, expect, it } from 'vitest'
import { healthOf, toAge, toBars } from './provider-health.ts'

const AT = '2022-03-10T04:05:00.000Z'
const provider = (more: Partial<UpstreamProvider>): UpstreamProvider => ({
  provider: 'provincial',
  breaker: 'closed',
  slots: [],
  ...more,
})
const slot = (at: string, succeeded: number, failed: number) => ({
  at,
  succeeded,
  failed,
  meanMilliseconds: 10,
})

describe('the state of a provider', () => {
  it.each<[Partial<UpstreamProvider>, string]>([
    [{}, 'idle'],
    [{ lastSuccessAt: AT }, 'well'],
    [{ lastFailureAt: AT }, 'away'],
    [{ lastSuccessAt: '2022-03-10T04:00:00.000Z', lastFailureAt: AT }, 'away'],
    [{ lastSuccessAt: AT, lastFailureAt: '2022-03-10T04:00:00.000Z' }, 'well'],
    [{ lastSuccessAt: AT, breaker: 'open' }, 'away'],
    [{ lastSuccessAt: AT, breaker: 'half_open' }, 'unsteady'],
    [{ lastSuccessAt: AT, slots: [slot('2022-03-10T04:00:00.000Z', 90, 10)] }, 'unsteady'],
    [{ lastSuccessAt: AT, slots: [slot('2022-03-10T04:00:00.000Z', 99, 1)] }, 'well'],
  ])('%j is %s', (more, health) => {
    expect(healthOf(provider(more))).toBe(health)
  })

  it.each([
    ['2022-03-10T04:04:30.000Z', { unit: 'seconds', count: 30 }],
    ['2022-03-10T03:05:01.000Z', { unit: 'minutes', count: 59 }],
    ['2022-03-09T04:05:01.000Z', { unit: 'hours', count: 23 }],
    ['2022-03-08T04:05:00.000Z', { unit: 'days', count: 2 }],
    ['2022-03-10T04:06:00.000Z', { unit: 'seconds', count: 0 }],
  ])('%s was %j ago', (instant, age) => {
    expect(toAge(instant, AT)).toEqual(age)
  })

  it('places the slots of a day', () => {
    const slots = [
      slot('2022-03-09T04:00:00.000Z', 1, 0),
      slot('2022-03-09T04:10:00.000Z', 2, 0),
      slot('2022-03-10T04:00:00.000Z', 3, 1),
    ]
    expect(toBars(slots, AT)).toEqual([
      { place: 143, succeeded: 2, failed: 0 },
      { place: 0, succeeded: 3, failed: 1 },
    ])
  })
})
