import { HABITS, type Habit } from './habits.ts'

export const MINUTES = 1440

/** Requests that a visit brings with it: 60 % codes opened, 35 % scans, 5 % checks of staff. */
export const PASSES_PER_VISIT = 60 / 35
export const CHECKS_PER_VISIT = 5 / 35
export const REQUESTS_PER_VISIT = 1 + PASSES_PER_VISIT + CHECKS_PER_VISIT

/** Requests a minute that a province's system met on its opening day, and fell (the announcement's own figures). */
export const OPENING_DAY_PEAK = 1_400_000

/** The habits with the probability of every errand scaled so that a person makes `visitsPerPerson` visits on average. */
export const scaleHabits = (visitsPerPerson: number, habits: readonly Habit[] = HABITS): Habit[] => {
  const scaled = (factor: number): Habit[] =>
    habits.map((habit) => ({
      ...habit,
      errands: habit.errands.map((errand) => ({ ...errand, likely: Math.min(1, errand.likely * factor) })),
    }))
  let low = 0
  let high = 100
  if (meanVisits(scaled(high)) < visitsPerPerson)
    throw new RangeError(
      `Habits allow ${meanVisits(scaled(high)).toFixed(2)} visits a day, not ${visitsPerPerson}.`,
    )
  for (let step = 0; step < 60; step += 1) {
    const middle = (low + high) / 2
    if (meanVisits(scaled(middle)) < visitsPerPerson) low = middle
    else high = middle
  }
  return scaled(high)
}

const meanVisits = (habits: readonly Habit[]): number =>
  habits.reduce(
    (sum, { share, errands }) => sum + share * errands.reduce((inner, { likely }) => inner + likely, 0),
    0,
  )

/** Shares of the minutes of a day in an errand at `minute` ± `spread`; they add up to 1. */
const density = (minute: number, spread: number): Float64Array => {
  const weights = Float64Array.from({ length: MINUTES }, (_, at) =>
    Math.exp(-0.5 * ((at + 0.5 - minute) / spread) ** 2),
  )
  const sum = weights.reduce((total, weight) => total + weight, 0)
  return weights.map((weight) => weight / sum)
}

/** Visits of one person in each minute of the day, on average; the sum is the visits per person. */
export const visitCurve = (habits: readonly Habit[]): Float64Array => {
  const curve = new Float64Array(MINUTES)
  for (const { share, errands } of habits)
    for (const { minute, spread, likely } of errands) {
      const shares = density(minute, spread)
      for (let at = 0; at < MINUTES; at += 1)
        curve[at] = (curve[at] ?? 0) + share * likely * (shares[at] ?? 0)
    }
  return curve
}

/** The busiest minute and what it brings, requests per second, for a city of `persons` on an ordinary day. */
export const peakOf = (
  curve: Float64Array,
  persons: number,
): { minute: number; requestsPerSecond: number } => {
  const highest = Math.max(...curve)
  return {
    minute: curve.indexOf(highest),
    requestsPerSecond: (highest * persons * REQUESTS_PER_VISIT) / 60,
  }
}
