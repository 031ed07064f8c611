import { startEvaluationLoop } from '../features/colours/status/status.jobs.ts'
import { makePartitions } from '../features/doors/visit/day-partitions.ts'
import { startProvincialLoop } from '../features/inflow/provincial/provincial.jobs.ts'
import { startRiskAreaLoop } from '../features/inflow/risk-area/risk-area.jobs.ts'
import { startEntryLoop } from '../features/journeys/entry/entry.jobs.ts'
import { startAuditLoop } from '../features/ledger/audit/audit.jobs.ts'
import { startColourTextLoop } from '../features/ledger/colour-text/colour-text.jobs.ts'
import { startRotationLoop } from '../features/ledger/rotation/rotation.jobs.ts'
import { startImportLoop } from '../features/lists/stages/lists.jobs.ts'
import { startFollowUpLoop } from '../features/measures/monitoring/monitoring.jobs.ts'
import { startRulesetLoops } from '../features/measures/ruleset-desk/ruleset-desk.jobs.ts'
import { startAnnouncementTextLoop } from '../features/office/announcement/announcement.jobs.ts'
import { startBoardLoop } from '../features/office/board/board.jobs.ts'
import { startExchangeLoop } from '../features/office/hotline/exchange.jobs.ts'
import { startServiceCheckLoop } from '../features/office/service/service.jobs.ts'
import { startTellingLoop } from '../features/testing/telling/telling.jobs.ts'
import type { Parts } from '../parts.ts'
import { listJobs } from './job-names.ts'
import { startLoop, stopAll } from './loop.ts'
import { startScheduledJobs } from './scheduled.ts'

/** The jobs: evaluation of dirty persons, sealing of the audit log, asking the providers, text messages, the board, lists, rulesets, arrivals, follow-ups, keys, and what runs by the clock. */
const startJobs = async (parts: Parts): Promise<{ stop(): Promise<void> }> => {
  await parts.jobs.watch(listJobs(parts.config))
  await makePartitions(parts)
  return stopAll([
    startEvaluationLoop(parts),
    startAuditLoop(parts),
    startProvincialLoop(parts),
    startRiskAreaLoop(parts),
    startColourTextLoop(parts),
    startAnnouncementTextLoop(parts),
    startTellingLoop(parts),
    startServiceCheckLoop(parts),
    startExchangeLoop(parts),
    startBoardLoop(parts),
    startImportLoop(parts),
    startRulesetLoops(parts),
    startEntryLoop(parts),
    startFollowUpLoop(parts),
    startRotationLoop(parts),
    await startScheduledJobs(parts),
  ])
}

const LOOK_MS = 1_000

/**
 * Starts the jobs. While the database waits for `jkb restore accept` none runs: what they would send or purge follows from
 * a history that may not be this one.
 */
export const startWorker = async (parts: Parts): Promise<{ stop(): Promise<void> }> => {
  const isServed = () => parts.epochs.suspended() === undefined
  let running = isServed() ? await startJobs(parts) : undefined
  const loop = startLoop({
    restMs: LOOK_MS,
    round: async () => {
      if (isServed() === (running !== undefined)) return
      const former = running
      running = undefined
      if (former) await former.stop()
      else running = await startJobs(parts)
    },
    onError: (error) => parts.log.error({ err: error }, 'the jobs can not be started'),
  })
  return {
    stop: async () => {
      await loop.stop()
      await running?.stop()
    },
  }
}
