import { describe, expect, it } from 'vitest'
import { planVenues } from '../city/venues.ts'
import { readArguments } from './arguments.ts'
import { MINUTES, peakOf, REQUESTS_PER_VISIT, scaleHabits, visitCurve } from './curve.ts'
import { CHECK, dayEvents, PASS, SCAN } from './events.ts'
import { HABITS } from './habits.ts'
import { findHighestRate, highestAnswered, highestCarried } from './highest-rate.ts'
import { personDay, placesOf } from './person-day.ts'
import type { Tally } from './tally.ts'
import { inWords, judge } from './verdict.ts'

const sum = (values: Iterable<number>) => [...values].reduce((total, value) => total + value, 0)
const habits = scaleHabits(4)
const places = placesOf(planVenues({ venues: 300, seed: 3 }))
const city = { seed: 3, habits, places }

describe('the curve', () => {
  it('adds up to the visits per person', () => {
    expect(sum(HABITS.map(({ share }) => share))).toBeCloseTo(1, 9)
    expect(sum(visitCurve(habits))).toBeCloseTo(4, 6)
    expect(sum(visitCurve(scaleHabits(2.5)))).toBeCloseTo(2.5, 6)
  })

  it('refuses more visits than the habits have errands', () => {
    expect(() => scaleHabits(9)).toThrow('Habits allow')
  })

  it('peaks around eight, again at noon and at six, and sleeps at night', () => {
    const curve = visitCurve(habits)
    const around = (minute: number) => sum(curve.slice(minute - 15, minute + 15))
    expect(peakOf(curve, 1).minute).toBeGreaterThan(7 * 60 + 30)
    expect(peakOf(curve, 1).minute).toBeLessThan(8 * 60 + 15)
    expect(around(12 * 60)).toBeGreaterThan(2 * around(13 * 60 + 30))
    expect(around(18 * 60)).toBeGreaterThan(2 * around(16 * 60))
    expect(around(3 * 60)).toBeLessThan(around(8 * 60) / 1000)
  })
})

describe('the days of persons', () => {
  const days = Array.from({ length: 8000 }, (_, index) => personDay(index + 1, city))

  it('are the same for the same seed and others for another', () => {
    expect(Array.from({ length: 50 }, (_, index) => personDay(index + 1, city))).toEqual(days.slice(0, 50))
    expect(Array.from({ length: 50 }, (_, index) => personDay(index + 1, { ...city, seed: 4 }))).not.toEqual(
      days.slice(0, 50),
    )
  })

  it('never have anybody at two places in one minute', () => {
    for (const visits of days) {
      const minutes = visits.map(({ minute }) => minute)
      expect(new Set(minutes).size).toBe(minutes.length)
      expect(minutes).toEqual([...minutes].sort((a, b) => a - b))
      for (const minute of minutes) expect(minute >= 0 && minute < MINUTES).toBe(true)
    }
  })

  it('follow the curve: four visits on average, the same half hours', () => {
    expect(sum(days.map((visits) => visits.length)) / days.length).toBeCloseTo(4, 1)
    const curve = visitCurve(habits)
    for (let from = 0; from < MINUTES; from += 30) {
      const expected = sum(curve.slice(from, from + 30)) * days.length
      const seen = sum(
        days.map((visits) => visits.filter(({ minute }) => minute >= from && minute < from + 30).length),
      )
      expect(Math.abs(seen - expected)).toBeLessThan(60 + expected * 0.1)
    }
  })

  it('keep home and school the same from day to day', () => {
    const pupils = days.flatMap((visits) => visits.filter(({ kind }) => kind.endsWith('school')))
    expect(pupils.length).toBeGreaterThan(500)
    // Half the errands left out: another day of the same person.
    const quiet = { ...city, habits: scaleHabits(2) }
    const venueOf = new Map(
      [...places.values()].flat().flatMap((venue) => venue.pointIds.map((id) => [id, venue])),
    )
    for (let person = 1; person <= 300; person += 1) {
      const homes = [city, quiet]
        .flatMap((day) => personDay(person, day))
        .filter(({ kind }) => kind === 'estate' || kind === 'village')
        .map(({ pointId }) => venueOf.get(pointId))
      expect(new Set(homes).size).toBeLessThanOrEqual(1)
    }
  })
})

describe('the requests of a day', () => {
  const events = dayEvents({ ...city, persons: 90_000, active: 3000 })
  const count = (kind: number) => events.kind.filter((value) => value === kind).length

  it('are in order of time, each scan after a code was opened, in the mix of the bench', () => {
    for (let index = 1; index < events.count; index += 1)
      expect(events.at[index] ?? 0).toBeGreaterThanOrEqual(events.at[index - 1] ?? 0)
    expect(events.count / count(SCAN)).toBeCloseTo(REQUESTS_PER_VISIT, 1)
    expect(count(PASS) / events.count).toBeCloseTo(0.6, 1)
    expect(count(CHECK) / events.count).toBeCloseTo(0.05, 1)
  })

  it('come from persons of the whole city', () => {
    expect(Math.max(...events.person)).toBeGreaterThan(89_000)
    expect(Math.max(...events.person)).toBeLessThanOrEqual(90_000)
  })
})

describe('the highest rate', () => {
  const machineOf =
    (carries: number, answers: number) =>
    async (perSecond: number, seconds: number): Promise<Tally> => ({
      offered: perSecond * seconds,
      answered: Math.min(perSecond, answers) * seconds,
      busy: Math.max(0, perSecond - answers) * seconds,
      failed: 0,
      p50: 1,
      p99: perSecond <= carries ? 10 : 400,
    })

  it('is the last one within the limit, and how much is answered at all is found as well', async () => {
    const steps = await findHighestRate(machineOf(2000, 5000), () => {})
    expect(highestCarried(steps)).toBeGreaterThan(2000 / 1.25 - 10)
    expect(highestCarried(steps)).toBeLessThanOrEqual(2000)
    expect(highestAnswered(steps)).toBeGreaterThan(5000 / 1.25 - 10)
    expect(highestAnswered(steps)).toBeLessThanOrEqual(5005)
  })

  it('is nothing where nothing is carried, and says so instead of dividing by it', async () => {
    const steps = await findHighestRate(machineOf(0, 0), () => {})
    expect(steps).toHaveLength(3)
    const verdict = judge({
      steps,
      bytesPerVisit: 100,
      bytesPerCheck: 300,
      visitsPerPerson: 4,
    })
    expect(inWords(verdict).join(' ')).toContain('no rate')
    expect(inWords(verdict).join(' ')).not.toMatch(/Infinity|NaN/)
  })
})

it('reads its options and refuses nonsense', () => {
  expect(readArguments(['--day', '--persons', '9080000']).persons).toBe(9_080_000)
  expect(() => readArguments(['--persons', 'many'])).toThrow('--persons')
  expect(() => readArguments(['--persons', '10', '--active', '11'])).toThrow('--active')
  expect(() => readArguments(['--perons', '5'])).toThrow()
})
