import { reportAs, startLoop } from '../../../jobs/loop.ts'
import type { Parts } from '../../../parts.ts'
import { tellNext } from './tell-wave.ts'

const TICK_MS = 1_000

/** Tells rounds to the phones of their people, a part of a wave each second. */
export const startTellingLoop = (parts: Parts) =>
  startLoop({
    restMs: TICK_MS,
    round: () => tellNext(parts),
    ...reportAs(parts, 'round_tellings', (error) =>
      parts.log.error({ err: error }, 'telling of rounds failed'),
    ),
  })
