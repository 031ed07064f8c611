import { reportAs, startLoop } from '../../../jobs/loop.ts'
import { createPace } from '../../../jobs/pace.ts'
import type { Parts } from '../../../parts.ts'
import { advanceRotations } from './rotation-steps.ts'

const TICK_MS = 5_000

/** Exchanges keys: step after step where there is something to do, with rests where scans want the machine. */
export const startRotationLoop = (parts: Parts) =>
  startLoop({
    restMs: TICK_MS,
    round: async (turn) => {
      const pace = createPace((milliseconds) => turn.rest(milliseconds))
      while (!turn.isStopped()) {
        const began = performance.now()
        const step = await advanceRotations(parts)
        if (step === 'later') return
        // Full batches alone take alike long: with them it is seen whether the machine is wanted otherwise.
        if (step === 'batch') await pace(performance.now() - began, 1)
      }
    },
    ...reportAs(parts, 'key_rotations', (error) => parts.log.error({ err: error }, 'a key is not exchanged')),
  })
