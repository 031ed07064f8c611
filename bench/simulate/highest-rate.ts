import type { Tally } from './tally.ts'

/** One answer in a hundred may take longer than this. */
export const P99_LIMIT_MS = 25
const FIRST_RATE = 600
const STEP = 1.25
const MOST_STEPS = 40
const SECONDS = 4
const TRIES = 3
const WARM_UP_SECONDS = 5

export interface RateStep extends Tally {
  perSecond: number
  /** Everything answered with success, p99 within the limit. */
  carried: boolean
}

const isAnswered = (tally: Tally): boolean => tally.answered >= tally.offered * 0.999

/**
 * Offers more and more, a quarter at a time, four seconds each. A rate that is not carried is tried again, because a
 * neighbour on the machine can spoil four seconds; the end is a rate that was not all answered in any of three tries.
 */
export const findHighestRate = async (
  runRate: (perSecond: number, seconds: number) => Promise<Tally>,
  report: (step: RateStep) => void,
): Promise<RateStep[]> => {
  const steps: RateStep[] = []
  const tryRate = async (perSecond: number): Promise<RateStep> => {
    const tally = await runRate(perSecond, SECONDS)
    const step = { perSecond, ...tally, carried: tally.p99 <= P99_LIMIT_MS && isAnswered(tally) }
    steps.push(step)
    report(step)
    return step
  }
  await runRate(FIRST_RATE, WARM_UP_SECONDS)
  for (let perSecond = FIRST_RATE; steps.length < MOST_STEPS; perSecond = Math.round(perSecond * STEP)) {
    let isAnsweredOnce = false
    for (let tries = 0, carried = false; tries < TRIES && !carried; tries += 1) {
      const step = await tryRate(perSecond)
      carried = step.carried
      isAnsweredOnce ||= isAnswered(step)
    }
    if (!isAnsweredOnce) break
  }
  return steps
}

/** Requests per second with p99 within the limit; 0 where nothing was carried. */
export const highestCarried = (steps: readonly RateStep[]): number =>
  Math.max(0, ...steps.filter(({ carried }) => carried).map(({ perSecond }) => perSecond))

/** Requests per second all answered with success, however late. */
export const highestAnswered = (steps: readonly RateStep[]): number =>
  Math.max(0, ...steps.filter(isAnswered).map(({ perSecond }) => perSecond))
