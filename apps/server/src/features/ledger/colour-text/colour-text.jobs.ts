import { reportAs, startLoop, stopAll } from '../../../jobs/loop.ts'
import type { Parts } from '../../../parts.ts'
import { sendDueTexts } from './colour-text.service.ts'

const TICK_MS = 1_000

/** Sends the texts about changed colours, at most so many a minute: a whole city that changes does not bury the provider. */
export const startColourTextLoop = (parts: Parts) => {
  const perTick = Math.ceil(parts.config.colourTextsPerMinute / 60)
  if (perTick === 0) return stopAll([])
  return startLoop({
    restMs: TICK_MS,
    round: () => sendDueTexts(parts, perTick),
    ...reportAs(parts, 'colour_texts', (error) => parts.log.error({ err: error }, 'colour texts failed')),
  })
}
