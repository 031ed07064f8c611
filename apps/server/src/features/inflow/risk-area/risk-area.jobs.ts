import type { JobName } from '../../../jobs/job-names.ts'
import { startLoop } from '../../../jobs/loop.ts'
import type { Parts } from '../../../parts.ts'
import { draftLifts } from '../../measures/zone/draft-lifts.ts'
import { refreshRiskAreas } from './feed.service.ts'

/** How often to see whether the list is due; also how soon after a failure. */
const LOOK_MS = 10_000

/**
 * Looks at the list of risk areas when its time has come, then drafts the lifting of zones whose areas ended. Several
 * processes may run it: the list is looked at once.
 */
export const startRiskAreaLoop = (parts: Parts) => {
  const attempt = (job: JobName, what: string, work: () => Promise<void>) =>
    parts.jobs.run(job, work).catch((error: unknown) => parts.log.error({ err: error }, `${what} failed`))
  return startLoop({
    restMs: LOOK_MS,
    round: async () => {
      await attempt('risk_areas', 'risk areas', () => refreshRiskAreas(parts))
      await attempt('area_lifts', 'lifting of ended areas', () => draftLifts(parts))
    },
    onError: (error) => parts.log.error({ err: error }, 'risk areas can not be looked at'),
  })
}
