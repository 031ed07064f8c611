import { setTimeout as sleep } from 'node:timers/promises'
import { sendDueTexts } from '../features/colour-text/colour-text.service.ts'
import type { Parts } from '../parts.ts'

const TICK_MS = 1_000

/** Sends the texts about changed colours, at most so many a minute: a whole city that changes does not bury the provider. */
export const startColourTextLoop = (parts: Parts) => {
  const perTick = Math.ceil(parts.config.colourTextsPerMinute / 60)
  const stop = new AbortController()
  const run = async () => {
    while (!stop.signal.aborted && perTick > 0) {
      await sendDueTexts(parts, perTick).catch((error: unknown) =>
        parts.log.error({ err: error }, 'colour texts failed'),
      )
      await sleep(TICK_MS, undefined, { signal: stop.signal }).catch(() => undefined)
    }
  }
  const running = run()
  return {
    stop: async () => {
      stop.abort()
      await running
    },
  }
}
