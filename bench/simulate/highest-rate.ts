import type { Tally } from './tally.ts'

/** Half of the answers to scans may be slower than p50, one in a hundred than this. */
export const P99_LIMIT_MS = 25
const FIRST_RATE = 600
const STEP = 1.25
const MOST_STEPS = 20
const SECONDS = 4

export interface RateStep extends Tally {
  perSecond: number
  carried: boolean
}

const isCarried = (tally: Tally): boolean =>
  tally.p99 <= P99_LIMIT_MS && tally.answered >= tally.offered * 0.999

/**
 * Offers more and more, a quarter at a time, four seconds each, until two tries at one rate fail.
 * @returns every step; the highest rate carried is that of the last one that was
 */
export const findHighestRate = async (
  runRate: (perSecond: number, seconds: number) => Promise<Tally>,
  report: (step: RateStep) => void,
): Promise<RateStep[]> => {
  const steps: RateStep[] = []
  let failures = 0
  let perSecond = FIRST_RATE
  while (steps.length < MOST_STEPS && failures < 2) {
    const tally = await runRate(Math.round(perSecond), SECONDS)
    const step = { perSecond: Math.round(perSecond), ...tally, carried: isCarried(tally) }
    steps.push(step)
    report(step)
    // A neighbour on the machine can spoil four seconds; the same rate is tried once more.
    failures = step.carried ? 0 : failures + 1
    if (step.carried) perSecond *= STEP
  }
  return steps
}

/** Requests per second; 0 where nothing was carried. */
export const highestCarried = (steps: RateStep[]): number =>
  Math.max(0, ...steps.filter(({ carried }) => carried).map(({ perSecond }) => perSecond))
