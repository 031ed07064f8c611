import { CITY_PERSONS } from '../verdict.ts'
import type { DayRun } from './day.ts'
import { peakOfRound, ROUND_MINUTES } from './plan.ts'
import { carriedSamples, HEARD_LIMIT_MS, type RushStep } from './rush.ts'

/** A city of that size has done it: everybody within five hours. */
const FAST_HOURS = 5
/** Tubes in a minute that have to be applied when a laboratory tells all at once. */
const WANTED_TUBES_PER_MINUTE = 10_000

export interface TestingVerdict {
  carriedPerSecond: number
  round: { meanPerSecond: number; peakPerSecond: number; machines: number | undefined }
  fiveHours: { perSecond: number; machines: number | undefined }
  tubesPerMinute: number
  tubesPerMinuteWanted: number
  /** December: how many of ten have to come again alone, and the rate with them. */
  december: { againShare: number; peakPerSecond: number; machines: number | undefined }
}

const tubesAMinute = (pushes: readonly { tubes: number; milliseconds: number }[]): number => {
  const spent = pushes.reduce((sum, { milliseconds }) => sum + milliseconds, 0)
  const tubes = pushes.reduce((sum, each) => sum + each.tubes, 0)
  return spent > 0 ? Math.round((tubes * 60_000) / spent) : 0
}

/** How far the machine is from carrying a round of the whole city. */
export const judgeTesting = (steps: readonly RushStep[], round: DayRun, december: DayRun): TestingVerdict => {
  const carriedPerSecond = carriedSamples(steps)
  const machines = (needed: number) =>
    carriedPerSecond > 0 ? Math.ceil(needed / carriedPerSecond) : undefined
  const peak = peakOfRound(CITY_PERSONS).perSecond
  const fast = CITY_PERSONS / (FAST_HOURS * 3600)
  const againShare = december.taken > 0 ? december.calledBack / (december.taken - december.calledBack) : 0
  return {
    carriedPerSecond,
    round: {
      meanPerSecond: Math.round(CITY_PERSONS / (ROUND_MINUTES * 60)),
      peakPerSecond: Math.round(peak),
      machines: machines(peak),
    },
    fiveHours: { perSecond: Math.round(fast), machines: machines(fast) },
    tubesPerMinute: tubesAMinute([...round.pushes, ...december.pushes]),
    tubesPerMinuteWanted: WANTED_TUBES_PER_MINUTE,
    december: {
      againShare,
      peakPerSecond: Math.round(peak * (1 + againShare)),
      machines: machines(peak * (1 + againShare)),
    },
  }
}

const count = (value: number) => Math.round(value).toLocaleString('en')

const ofNeed = (carried: number, needed: number, machines: number | undefined): string =>
  machines === undefined
    ? 'not to be said from this run'
    : `this machine carries ${count((carried / needed) * 100)} % of that, ${machines} such ${machines === 1 ? 'machine' : 'machines'} would be needed`

/** The verdict in plain words. */
export const testingInWords = (verdict: TestingVerdict): string[] => {
  const { carriedPerSecond, round, fiveHours, december, tubesPerMinute, tubesPerMinuteWanted } = verdict
  return [
    carriedPerSecond === 0
      ? `This machine carried no samples with p99 within ${HEARD_LIMIT_MS} ms (was something else running on it?).`
      : `This machine, with database and load generator on it, took ${count(carriedPerSecond)} samples/s with p99 within ${HEARD_LIMIT_MS} ms, one durable commit each, tubes opened and sealed between them.`,
    `A round of ${count(CITY_PERSONS)} people in eight hours needs ${count(round.meanPerSecond)}/s on average and ${count(round.peakPerSecond)}/s at its peak: ${ofNeed(carriedPerSecond, round.peakPerSecond, round.machines)}.`,
    `In five hours it needs ${count(fiveHours.perSecond)}/s: ${ofNeed(carriedPerSecond, fiveHours.perSecond, fiveHours.machines)}.`,
    `Results were applied at ${count(tubesPerMinute)} tubes a minute, one push after the other (wanted: ${count(tubesPerMinuteWanted)}).`,
    `In December ${count(december.againShare * 100)} of a hundred come again alone: ${count(december.peakPerSecond)}/s at the peak: ${ofNeed(carriedPerSecond, december.peakPerSecond, december.machines)}.`,
    'Machines are counted as if parts of the load did not hinder each other; the database is one, so take the number as the least.',
  ]
}
