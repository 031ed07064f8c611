import {
  CHECKS_PER_VISIT,
  OPENING_DAY_PEAK,
  peakOf,
  REQUESTS_PER_VISIT,
  scaleHabits,
  visitCurve,
} from './curve.ts'
import { highestAnswered, highestCarried, P99_LIMIT_MS, type RateStep } from './highest-rate.ts'

export const CITY_PERSONS = 9_080_000

export interface Verdict {
  /** Requests per second that this machine carried with p99 within the limit. */
  carriedPerSecond: number
  /** Requests per second that it answered with success, however late. */
  answeredPerSecond: number
  ordinaryDay: {
    peakMinute: string
    peakPerSecond: number
    requests: number
    visits: number
    machines: number | undefined
  }
  openingDay: { peakPerSecond: number; machines: number | undefined }
  diskBytesPerDay: number
  bytesPerVisit: number
  bytesPerCheck: number
}

const clock = (minute: number) =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`

/** How far the machine is from carrying the whole city, from what was measured. */
export const judge = (measured: {
  steps: readonly RateStep[]
  bytesPerVisit: number
  bytesPerCheck: number
  visitsPerPerson: number
}): Verdict => {
  const { steps, bytesPerVisit, bytesPerCheck, visitsPerPerson } = measured
  const carriedPerSecond = highestCarried(steps)
  const peak = peakOf(visitCurve(scaleHabits(visitsPerPerson)), CITY_PERSONS)
  const machines = (needed: number) =>
    carriedPerSecond > 0 ? Math.ceil(needed / carriedPerSecond) : undefined
  const openingPeak = OPENING_DAY_PEAK / 60
  const visits = CITY_PERSONS * visitsPerPerson
  return {
    carriedPerSecond,
    answeredPerSecond: highestAnswered(steps),
    ordinaryDay: {
      peakMinute: clock(peak.minute),
      peakPerSecond: Math.round(peak.requestsPerSecond),
      requests: Math.round(visits * REQUESTS_PER_VISIT),
      visits,
      machines: machines(peak.requestsPerSecond),
    },
    openingDay: { peakPerSecond: Math.round(openingPeak), machines: machines(openingPeak) },
    diskBytesPerDay: visits * (bytesPerVisit + CHECKS_PER_VISIT * bytesPerCheck),
    bytesPerVisit,
    bytesPerCheck,
  }
}

const count = (value: number) => Math.round(value).toLocaleString('en')
const gigabytes = (bytes: number) => `${(bytes / 1e9).toFixed(1)} GB`
const share = (part: number, whole: number) => `${Math.round((part / whole) * 100)} %`

/** The verdict in plain words. */
export const inWords = (verdict: Verdict): string[] => {
  const { carriedPerSecond, answeredPerSecond, ordinaryDay, openingDay } = verdict
  const carried =
    carriedPerSecond === 0
      ? `This machine carried no rate with p99 within ${P99_LIMIT_MS} ms (was something else running on it?)`
      : `This machine, with database and load generator on it, carried ${count(carriedPerSecond)} requests/s with p99 within ${P99_LIMIT_MS} ms`
  return [
    `${carried}, and answered up to ${count(answeredPerSecond)} requests/s, however late.`,
    `An ordinary day of the city (${count(ordinaryDay.visits)} scans, ${count(ordinaryDay.requests)} requests) peaks at ${ordinaryDay.peakMinute} with ${count(ordinaryDay.peakPerSecond)} requests/s: ${ofNeed(verdict, ordinaryDay)}.`,
    `Opening day peaks at ${count(openingDay.peakPerSecond)} requests/s (1.4 million a minute): ${ofNeed(verdict, openingDay)}.`,
    `Machines are counted as if parts of the load did not hinder each other; the database is one, so take the number as the least.`,
    `The city's visits and checks take ${gigabytes(verdict.diskBytesPerDay)} of disk a day (${verdict.bytesPerVisit.toFixed(0)} bytes per visit, ${verdict.bytesPerCheck.toFixed(0)} per check, indexes included), ${gigabytes(verdict.diskBytesPerDay * 28)} in the 28 days they are kept.`,
  ]
}

const ofNeed = (
  { carriedPerSecond }: Verdict,
  need: { peakPerSecond: number; machines: number | undefined },
): string =>
  need.machines === undefined
    ? 'not to be said from this run'
    : `the machine carries ${share(carriedPerSecond, need.peakPerSecond)} of that, ${need.machines} such ${need.machines === 1 ? 'machine' : 'machines'} would be needed`
