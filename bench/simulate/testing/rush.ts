import { createTally, type Tally } from '../tally.ts'
import type { Sampler } from './sampler.ts'

/** A sampler hears the answer within this, code in view to voice, less what the phone itself takes. */
export const HEARD_LIMIT_MS = 500
const STEP = { warmUpMs: 1500, seconds: 5 }
/** More tables only make more of them wait. */
const MOST_IN_VAIN = 2

export interface RushStep extends Tally {
  tables: number
  perSecond: number
  /** Nothing was refused, and p99 within the limit. */
  carried: boolean
}

/** Tables that swab without a pause, more and more of them: what the server carries, with tubes opened and sealed. */
export const findSamplingRate = async (
  samplers: Sampler[],
  people: number[],
  report: (step: RushStep) => void,
  { warmUpMs, seconds } = STEP,
): Promise<RushStep[]> => {
  const steps: RushStep[] = []
  let cursor = 0
  const nextPerson = () => people[cursor++]

  const runWith = async (tables: number): Promise<RushStep> => {
    const tally = createTally()
    const from = performance.now() + warmUpMs
    const until = from + seconds * 1000
    const tell = (outcome: string, milliseconds: number): void => {
      const now = performance.now()
      if (now <= from || now >= until) return
      tally.offer()
      tally.settle(outcome === 'taken' ? 200 : 500, milliseconds)
    }
    const fillOne = async (sampler: Sampler): Promise<void> => {
      const tube = await sampler.open('ten')
      for (let nth = 0; nth < tube.capacity; nth += 1) {
        const person = nextPerson()
        if (person === undefined) break
        const { outcome, milliseconds } = await sampler.sample(tube, person)
        tell(outcome, milliseconds)
      }
      if (tube.people.length > 0) await sampler.seal(tube)
    }
    const workAt = async (sampler: Sampler): Promise<void> => {
      while (performance.now() < until && cursor < people.length) await fillOne(sampler)
    }
    await Promise.all(samplers.slice(0, tables).map(workAt))
    const read = tally.read()
    const carried = read.failed === 0 && read.answered > 0 && read.p99 <= HEARD_LIMIT_MS
    return { ...read, tables, perSecond: Math.round(read.answered / seconds), carried }
  }

  let inVain = 0
  for (let tables = 8; tables <= samplers.length; tables *= 2) {
    // Too few left for another five seconds at twice the rate.
    const last = steps.at(-1)
    if (last && people.length - cursor < last.perSecond * 2 * (seconds + warmUpMs / 1000)) break
    const step = await runWith(tables)
    steps.push(step)
    report(step)
    inVain = step.carried ? 0 : inVain + 1
    if (inVain === MOST_IN_VAIN) break
  }
  return steps
}

/** People a second that were carried; 0 where nothing was. */
export const carriedSamples = (steps: readonly RushStep[]): number =>
  Math.max(0, ...steps.filter(({ carried }) => carried).map(({ perSecond }) => perSecond))
