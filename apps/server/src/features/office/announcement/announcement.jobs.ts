import { reportAs, startLoop, stopAll } from '../../../jobs/loop.ts'
import type { Parts } from '../../../parts.ts'
import { sendNextTexts } from './text-wave.service.ts'

const TICK_MS = 1_000

/** Sends the texts of releases, at most so many a minute. */
export const startAnnouncementTextLoop = (parts: Parts) => {
  const perTick = Math.ceil(parts.config.announcementTexts.perMinute / 60)
  if (perTick === 0) return stopAll([])
  return startLoop({
    restMs: TICK_MS,
    round: () => sendNextTexts(parts, perTick),
    ...reportAs(parts, 'announcement_texts', (error) =>
      parts.log.error({ err: error }, 'announcement texts failed'),
    ),
  })
}
