import { describe, expect, it } from 'vitest'
import { readTestingArguments } from './arguments.ts'
import type { DayRun } from './day.ts'
import { isPositiveTube, peakOfRound, planDay, planPlaces, ROUND_MINUTES, roundCurve } from './plan.ts'
import { carriedSamples, findSamplingRate, type RushStep } from './rush.ts'
import type { Sampler } from './sampler.ts'
import { judgeTesting, testingInWords } from './verdict.ts'

const sum = (values: Iterable<number>) => [...values].reduce((total, value) => total + value, 0)

describe('the eight hours', () => {
  it('add up to everybody, with crowds before work and after noon', () => {
    const curve = roundCurve()
    expect(curve).toHaveLength(ROUND_MINUTES)
    expect(sum(curve)).toBeCloseTo(1, 9)
    const { minute, perSecond } = peakOfRound(9_080_000)
    expect(minute).toBeLessThan(180)
    expect(perSecond).toBeGreaterThan(9_080_000 / 28_800)
    expect(curve[275] ?? 0).toBeLessThan(curve[345] ?? 0)
  })

  it('bring everybody once, in order, the same for the same seed', () => {
    const of = (seed: number) => planDay({ firstPerson: 11, persons: 3000, sites: 12, tablesOfSite: 2, seed })
    const { arrivals } = of(1)
    expect(new Set(arrivals.map(({ person }) => person)).size).toBe(3000)
    expect(Math.min(...arrivals.map(({ person }) => person))).toBe(11)
    expect(arrivals.map(({ minute }) => minute)).toEqual(
      arrivals.map(({ minute }) => minute).sort((a, b) => a - b),
    )
    expect(new Set(arrivals.map(({ site }) => site)).size).toBe(12)
    expect(of(1).arrivals).toEqual(arrivals)
    expect(of(2).arrivals).not.toEqual(arrivals)
  })

  it('have tables enough for the mean of the day', () => {
    for (const persons of [1000, 20_000, 9_080_000]) {
      const { sites, tablesOfSite } = planPlaces(persons, 1)
      expect(sites * tablesOfSite * (ROUND_MINUTES * 60)).toBeGreaterThan(persons * 25)
      expect(sites).toBeGreaterThanOrEqual(10)
    }
  })
})

describe('positive tubes', () => {
  const positives = (share: number, tubes: number) =>
    Array.from({ length: tubes }, (_, nth) => isPositiveTube(nth, share)).filter(Boolean).length

  it('are as many as the share says, spread over the day', () => {
    expect(positives(0.0001, 100_000)).toBe(10)
    expect(positives(0.3, 1000)).toBe(300)
    expect(positives(0.3, 100)).toBe(30)
    expect(positives(0, 1000)).toBe(0)
  })
})

describe('the highest rate of samples', () => {
  const samplerOf = (outcome: string): Sampler => ({
    session: '',
    startShift: async () => {},
    open: async () => ({ barcode: '', people: [], session: '', capacity: 10 }),
    sample: async (tube, person) => {
      if (outcome === 'taken') tube.people.push(person)
      await new Promise((resolve) => setTimeout(resolve, 20))
      return { outcome, milliseconds: 20 }
    },
    seal: async () => {},
    pack: async () => ({}),
    handOver: async () => ({}),
  })

  it('counts nothing that was refused', async () => {
    const people = Array.from({ length: 50_000 }, (_, at) => at)
    const steps = await findSamplingRate(
      Array.from({ length: 16 }, () => samplerOf('sampled_recently')),
      people,
      () => {},
      { warmUpMs: 50, seconds: 0.2 },
    )
    expect(steps).not.toEqual([])
    expect(steps.every(({ carried }) => !carried)).toBe(true)
    expect(carriedSamples(steps)).toBe(0)
  })
})

describe('the verdict', () => {
  const day = (more: Partial<DayRun> = {}): DayRun => ({
    taken: 1000,
    refused: {},
    positivePools: 1,
    positiveSingles: 1,
    calledBack: 10,
    movedFromFailedSites: 0,
    longestWaitMinutes: 3,
    lastResultMinute: 700,
    held: 0,
    pushes: [{ tubes: 100, milliseconds: 600 }],
    concerned: new Set(),
    stretches: [],
    ...more,
  })
  const step = (perSecond: number, carried: boolean): RushStep => ({
    ...{ tables: 8, perSecond, carried, offered: 1, answered: 1, busy: 0, failed: 0, p50: 1, p99: 2 },
  })

  it('counts machines from what was carried, and December with those who come again', () => {
    const verdict = judgeTesting(
      [step(200, true), step(900, false)],
      day(),
      day({ taken: 1200, calledBack: 200 }),
    )
    expect(verdict.carriedPerSecond).toBe(200)
    expect(verdict.fiveHours).toEqual({ perSecond: 504, machines: 3 })
    expect(verdict.december.againShare).toBeCloseTo(0.2, 9)
    expect(verdict.december.peakPerSecond).toBeGreaterThan(verdict.round.peakPerSecond)
    expect(verdict.tubesPerMinute).toBe(10_000)
  })

  it('says so where nothing was carried, instead of dividing by it', () => {
    const words = testingInWords(judgeTesting([], day(), day())).join(' ')
    expect(words).toContain('no samples')
    expect(words).not.toMatch(/Infinity|NaN/)
  })
})

it('reads its options and refuses nonsense', () => {
  expect(readTestingArguments(['--testing']).persons).toBe(20_000)
  expect(readTestingArguments(['--testing', '--persons', '9080000', '--speed', '1']).speed).toBe(1)
  expect(() => readTestingArguments(['--testing', '--persons', '10'])).toThrow('at least 1000')
  expect(() => readTestingArguments(['--testing', '--speed', 'fast'])).toThrow('--speed')
  expect(() => readTestingArguments(['--testing', '--sped', '5'])).toThrow()
})
