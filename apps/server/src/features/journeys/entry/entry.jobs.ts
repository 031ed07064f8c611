import { reportAs, startLoop } from '../../../jobs/loop.ts'
import type { Parts } from '../../../parts.ts'
import { markArrivals } from './arrivals.ts'

/** Somebody who passed the station looks at the phone while walking on. */
const ROUND_MS = 3_000

/** Marks arrivals every few seconds. Several processes may run it: one is at it at a time. */
export const startEntryLoop = (parts: Pick<Parts, 'pool' | 'clock' | 'log' | 'jobs'>) =>
  startLoop({
    restMs: ROUND_MS,
    round: () => markArrivals(parts),
    ...reportAs(parts, 'arrivals', (error) => parts.log.error({ err: error }, 'arrivals can not be marked')),
  })
