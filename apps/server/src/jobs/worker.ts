import type { Parts } from '../parts.ts'
import { startAuditLoop } from './audit-loop.ts'
import { startColourTextLoop } from './colour-text-loop.ts'
import { startEntryLoop } from './entry-loop.ts'
import { startEvaluationLoop } from './evaluation-loop.ts'
import { startImportLoop } from './import-loop.ts'
import { startRulesetLoops } from './ruleset-loops.ts'
import { makePartitions, startScheduledJobs } from './scheduled.ts'
import { startUpstreamLoop } from './upstream-loop.ts'

export interface Worker {
  stop(): Promise<void>
}

/** Starts the jobs: evaluation of dirty persons, sealing of the audit log, asking the providers, text messages, lists, rulesets, arrivals, and what runs by the clock. */
export const startWorker = async (parts: Parts): Promise<Worker> => {
  await makePartitions(parts)
  const evaluation = startEvaluationLoop(parts)
  const audit = startAuditLoop(parts)
  const upstream = startUpstreamLoop(parts)
  const colourTexts = startColourTextLoop(parts)
  const imports = startImportLoop(parts)
  const rulesets = startRulesetLoops(parts)
  const entries = startEntryLoop(parts)
  const scheduled = await startScheduledJobs(parts)
  return {
    stop: async () => {
      await Promise.all([
        evaluation.stop(),
        audit.stop(),
        upstream.stop(),
        colourTexts.stop(),
        imports.stop(),
        rulesets.stop(),
        entries.stop(),
        scheduled.stop(),
      ])
    },
  }
}
