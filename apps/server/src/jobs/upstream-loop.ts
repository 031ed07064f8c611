import { pullDueCodes } from '../features/provincial/provincial.service.ts'
import { refreshRiskAreas } from '../features/risk-area/risk-area.service.ts'
import { warnOfSmallBudget } from '../features/upstream/backlog.service.ts'
import { draftLifts } from '../features/zone/draft-lifts.ts'
import type { Parts } from '../parts.ts'
import type { JobName } from './job-names.ts'
import { reportAs, startLoop } from './loop.ts'

const TICK_MS = 1_000
/** How often to see whether the list is due; also how soon after a failure. */
const LOOK_MS = 10_000
/** What was not used up is kept for this long, so that a pause is made good without a rush. */
const SAVED_SECONDS = 10

/**
 * Asks the province about whoever is due, within the budget of a minute, and looks at the list of risk areas when its
 * time has come. Several processes may run it: persons are leased, and the list is looked at once.
 */
export const startUpstreamLoop = (parts: Parts) => {
  const { config, log } = parts
  const perSecond = config.upstream.provincialPullsPerMinute / 60
  const attempt = async (what: string, work: () => Promise<void>) => {
    await work().catch((error: unknown) => log.error({ err: error }, `${what} failed`))
  }
  const attemptJob = (job: JobName, what: string, work: () => Promise<void>) =>
    attempt(what, () => parts.jobs.run(job, work))

  let budget = perSecond
  let nextLookAt = 0
  let warned = false
  return startLoop({
    restMs: TICK_MS,
    round: async () => {
      if (!warned) await attempt('the budget of provincial codes', () => warnOfSmallBudget(parts))
      warned = true
      if (performance.now() >= nextLookAt) {
        nextLookAt = performance.now() + LOOK_MS
        await attemptJob('risk_areas', 'risk areas', () => refreshRiskAreas(parts))
        await attemptJob('area_lifts', 'lifting of ended areas', () => draftLifts(parts))
      }
      const asked = budget >= 1 ? await pullDueCodes(parts, Math.floor(budget)) : 0
      budget = Math.min(budget - asked + perSecond, Math.max(1, perSecond) * SAVED_SECONDS)
    },
    ...reportAs(parts, 'provincial_codes', (error) => log.error({ err: error }, 'provincial codes failed')),
  })
}
