import { mixSeed, randomOf } from '../../city/random.ts'

/** A round is over in this many minutes. */
export const ROUND_MINUTES = 480

/** People a table swabs: code, swab, next. */
export const SWAB_SECONDS = 25
/** How many more tables there are than the mean of the day asks for. */
const SPARE_TABLES = 1.35

// By estimate, not by survey: before work, a dip at noon, the rest of the family after it.
const CROWDS = [
  { minute: 75, spread: 55, weight: 1 },
  { minute: 200, spread: 60, weight: 0.6 },
  { minute: 345, spread: 75, weight: 1 },
]
const EVENLY = 0.35

/** Shares of the people who come in each minute of the eight hours; they add up to 1. */
export const roundCurve = (): Float64Array => {
  const weights = Float64Array.from({ length: ROUND_MINUTES }, (_, at) =>
    CROWDS.reduce(
      (sum, { minute, spread, weight }) =>
        sum + weight * Math.exp(-0.5 * ((at + 0.5 - minute) / spread) ** 2),
      EVENLY,
    ),
  )
  const all = weights.reduce((sum, weight) => sum + weight, 0)
  return weights.map((weight) => weight / all)
}

/** The busiest minute of the curve for `persons`, people per second. */
export const peakOfRound = (persons: number): { minute: number; perSecond: number } => {
  const curve = roundCurve()
  const most = Math.max(...curve)
  return { minute: curve.indexOf(most), perSecond: (most * persons) / 60 }
}

interface Arrival {
  person: number
  /** Minutes since the round began. */
  minute: number
  site: number
}

export interface DayPlan {
  sites: number
  tablesOfSite: number
  /** In order of time. */
  arrivals: Arrival[]
}

/** As many tables as the people need, ten to a site at most and ten sites at least. */
export const planPlaces = (persons: number, visitsPerPerson: number) => {
  const tables = Math.ceil(((persons * visitsPerPerson * SWAB_SECONDS) / (ROUND_MINUTES * 60)) * SPARE_TABLES)
  const tablesOfSite = Math.min(10, Math.max(2, Math.ceil(tables / 40)))
  return { sites: Math.max(10, Math.ceil(tables / tablesOfSite)), tablesOfSite }
}

/** When and where everybody comes. The same seed, the same day. */
export const planDay = (options: {
  firstPerson: number
  persons: number
  sites: number
  tablesOfSite: number
  seed: number
}): DayPlan => {
  const { firstPerson, persons, sites, tablesOfSite, seed } = options
  const curve = roundCurve()
  const upTo = Float64Array.from(curve)
  for (let at = 1; at < upTo.length; at += 1) upTo[at] = (upTo[at] ?? 0) + (upTo[at - 1] ?? 0)
  const arrivals = Array.from({ length: persons }, (_, at): Arrival => {
    const random = randomOf(mixSeed(seed ^ 0x7e57, firstPerson + at))
    const drawn = random()
    let minute = upTo.findIndex((share) => share >= drawn)
    if (minute < 0) minute = ROUND_MINUTES - 1
    return { person: firstPerson + at, minute: minute + random(), site: Math.floor(random() * sites) }
  })
  return { sites, tablesOfSite, arrivals: arrivals.sort((one, other) => one.minute - other.minute) }
}

/** Which tubes of a laboratory are positive: evenly spread, each where the whole number of positives grows. */
export const isPositiveTube = (nth: number, share: number): boolean =>
  Math.floor((nth + 1) * share) > Math.floor(nth * share)
