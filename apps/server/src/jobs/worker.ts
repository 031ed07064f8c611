import type { Parts } from '../parts.ts'
import { startAuditLoop } from './audit-loop.ts'
import { startColourTextLoop } from './colour-text-loop.ts'
import { startEntryLoop } from './entry-loop.ts'
import { startEvaluationLoop } from './evaluation-loop.ts'
import { startImportLoop } from './import-loop.ts'
import { listJobs } from './job-names.ts'
import { stopAll } from './loop.ts'
import { startRulesetLoops } from './ruleset-loops.ts'
import { makePartitions, startScheduledJobs } from './scheduled.ts'
import { startUpstreamLoop } from './upstream-loop.ts'

/** Starts the jobs: evaluation of dirty persons, sealing of the audit log, asking the providers, text messages, lists, rulesets, arrivals, and what runs by the clock. */
export const startWorker = async (parts: Parts): Promise<{ stop(): Promise<void> }> => {
  await parts.jobs.watch(listJobs(parts.config))
  await makePartitions(parts)
  return stopAll([
    startEvaluationLoop(parts),
    startAuditLoop(parts),
    startUpstreamLoop(parts),
    startColourTextLoop(parts),
    startImportLoop(parts),
    startRulesetLoops(parts),
    startEntryLoop(parts),
    await startScheduledJobs(parts),
  ])
}
