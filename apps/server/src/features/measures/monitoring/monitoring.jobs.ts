import { reportAs, startLoop } from '../../../jobs/loop.ts'
import type { Parts } from '../../../parts.ts'
import { syncRound } from './sync.service.ts'

const ROUND_MS = 3_000

/** Begins, renews and ends follow-ups every few seconds. Several processes may run it: one is at it at a time. */
export const startFollowUpLoop = (parts: Pick<Parts, 'pool' | 'clock' | 'log' | 'jobs'>) =>
  startLoop({
    restMs: ROUND_MS,
    round: async () => ((await syncRound(parts)) ? 'again' : undefined),
    ...reportAs(parts, 'follow_ups', (error) => parts.log.error({ err: error }, 'follow-ups stand still')),
  })
