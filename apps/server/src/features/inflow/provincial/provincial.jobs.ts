import { reportAs, startLoop } from '../../../jobs/loop.ts'
import type { Parts } from '../../../parts.ts'
import { warnOfSmallBudget } from '../upstream/backlog.service.ts'
import { pullDueCodes } from './provincial.service.ts'

const TICK_MS = 1_000
/** A pause of so many seconds is made good afterwards; a longer one is not, so that nobody is asked in a rush. */
const SAVED_SECONDS = 10

/**
 * Asks the province about whoever is due, within the budget of a minute. Several processes may run it: persons are
 * leased.
 */
export const startProvincialLoop = (parts: Parts) => {
  const { config, log } = parts
  const perSecond = config.upstream.provincialPullsPerMinute / 60
  let budget = perSecond
  let warned = false
  return startLoop({
    restMs: TICK_MS,
    round: async () => {
      if (!warned)
        await warnOfSmallBudget(parts).catch((error: unknown) =>
          log.error({ err: error }, 'the budget of provincial codes failed'),
        )
      warned = true
      const asked = budget >= 1 ? await pullDueCodes(parts, Math.floor(budget)) : 0
      budget = Math.min(budget - asked + perSecond, Math.max(1, perSecond) * SAVED_SECONDS)
    },
    ...reportAs(parts, 'provincial_codes', (error) => log.error({ err: error }, 'provincial codes failed')),
  })
}
