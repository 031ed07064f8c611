import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { heldUntil, isBookable, isOpenOn, slotAt, slotsOfDay, whyNotAt } from './slots.ts'

// 10 March 2022 is a Thursday.
const DAY = '2022-03-10'
const at = (time: string): number => Date.parse(`${DAY}T${time}:00+08:00`)
const site = {
  hours: [{ weekdays: [4], opens: '08:00', closes: '10:10' }],
  slotMinutes: 30,
  slotCapacity: 5,
}
const starts = (...args: Parameters<typeof slotsOfDay>) =>
  slotsOfDay(...args).map(({ startsAt }) => new Date(startsAt + 8 * 3_600_000).toISOString().slice(11, 16))

describe('slots', () => {
  it('fill the opening of a day and never end after closing', () => {
    expect(starts(site, DAY, undefined)).toEqual(['08:00', '08:30', '09:00', '09:30'])
    expect(starts(site, '2022-03-11', undefined)).toEqual([])
  })
  it('follow the day where it differs from the week', () => {
    expect(starts(site, DAY, { closed: true })).toEqual([])
    expect(starts(site, DAY, { closed: false, hours: [{ opens: '23:00', closes: '24:00' }] })).toEqual([
      '23:00',
      '23:30',
    ])
    expect(slotsOfDay(site, DAY, { closed: false, slotCapacity: 2 })[0]?.capacity).toBe(2)
  })
  it('are there once where spans overlap', () => {
    const twice = { ...site, hours: [...site.hours, { weekdays: [4], opens: '09:00', closes: '11:00' }] }
    expect(starts(twice, DAY, undefined)).toEqual(['08:00', '08:30', '09:00', '09:30', '10:00', '10:30'])
  })
  it('are none where nobody books', () => {
    expect(slotsOfDay({ ...site, slotMinutes: null, slotCapacity: null }, DAY, undefined)).toEqual([])
  })
  it('are found by their beginning alone', () => {
    expect(slotAt(site, new Map(), at('08:30'))?.endsAt).toBe(at('09:00'))
    expect(slotAt(site, new Map(), at('08:31'))).toBeUndefined()
    expect(slotAt(site, new Map([[DAY, { closed: true }]]), at('08:30'))).toBeUndefined()
  })
  it('lie inside the hours, one after the other, whatever the hours are', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1439 }),
        fc.integer({ min: 1, max: 1440 }),
        fc.constantFrom(15, 20, 30, 60),
        (from, length, slotMinutes) => {
          const time = (minutes: number) =>
            `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
          const until = Math.min(1440, from + length)
          const hours = [{ weekdays: [4], opens: time(from), closes: time(until) }]
          const slots = slotsOfDay({ hours, slotMinutes, slotCapacity: 1 }, DAY, undefined)
          expect(slots.length).toBe(Math.floor((until - from) / slotMinutes))
          for (const [index, slot] of slots.entries())
            expect(slot.startsAt).toBe(index === 0 ? at(time(from)) : slots[index - 1]?.endsAt)
        },
      ),
    )
  })
})

describe('a place', () => {
  const slot = { startsAt: at('08:00'), endsAt: at('08:30'), capacity: 5 }
  it.each([
    ['2022-03-09T00:00:00Z', '08:15'],
    ['2022-03-10T00:20:00Z', '08:35'],
  ])('booked at %s waits until %s', (bookedAt, until) => {
    expect(heldUntil(slot, Date.parse(bookedAt))).toBe(at(until))
  })
  it('can be booked until its slot ends, seven days ahead', () => {
    expect(isBookable(slot, slot.endsAt - 1)).toBe(true)
    expect(isBookable(slot, slot.endsAt)).toBe(false)
    expect(isBookable(slot, Date.parse('2022-03-03T16:00:00Z'))).toBe(true)
    expect(isBookable(slot, Date.parse('2022-03-03T15:59:59Z'))).toBe(false)
  })
})

it.each([
  ['everybody', 'green', undefined],
  ['everybody', 'none', undefined],
  ['everybody', 'yellow', 'go_to_yellow_site'],
  ['everybody', 'red', 'stay_in'],
  ['yellow', 'yellow', undefined],
  ['yellow', 'green', 'for_yellow_only'],
  ['yellow', 'red', 'stay_in'],
  ['fever_clinic', 'red', undefined],
  ['fever_clinic', 'green', undefined],
] as const)('a site for %s and somebody %s: %s', (audience, colour, why) => {
  expect(whyNotAt(audience, colour)).toBe(why)
})

it('a site is open by its week unless the day says otherwise', () => {
  expect(isOpenOn(site.hours, undefined, at('08:00'))).toBe(true)
  expect(isOpenOn(site.hours, { closed: true }, at('08:00'))).toBe(false)
  expect(isOpenOn(site.hours, { closed: false, slotCapacity: 3 }, at('08:00'))).toBe(true)
  expect(
    isOpenOn(site.hours, { closed: false, hours: [{ opens: '18:00', closes: '20:00' }] }, at('08:00')),
  ).toBe(false)
})
