import type { JobName } from '../../../jobs/job-names.ts'
import { type LoopTurn, reportAs, startLoop, stopAll } from '../../../jobs/loop.ts'
import { createPace } from '../../../jobs/pace.ts'
import type { Parts } from '../../../parts.ts'
import { applyRuleset } from '../../colours/status/apply-ruleset.ts'
import { releaseRun, takeRun } from './dry-run.queries.ts'
import { workOnDryRun } from './dry-run.ts'

const BATCH = 1000
const POLL_MS = 1_000
const BACK_OFF_MS = 5_000

/**
 * Takes a ruleset that comes into force to everybody, and tries drafts on everybody; the one never waits for the other.
 * Several processes share both: one is at a ruleset or a draft at a time.
 */
export const startRulesetLoops = (parts: Parts) => {
  const { clock, log, metrics } = parts

  // A batch that can not be evaluated as a whole goes to the queue, which tries its persons one by one.
  const applySome = async (): Promise<number | undefined> => {
    try {
      return await applyRuleset(parts, BATCH, 'evaluate')
    } catch (error) {
      log.warn({ err: error }, 'a batch can not be evaluated by the new ruleset at once')
      return await applyRuleset(parts, BATCH, 'mark')
    }
  }

  const apply = async ({ rest, isStopped }: LoopTurn): Promise<void> => {
    const pace = createPace(rest)
    for (let persons = 1; persons > 0 && !isStopped(); ) {
      const startedAt = performance.now()
      persons = (await applySome()) ?? 0
      const milliseconds = performance.now() - startedAt
      if (persons > 0) metrics.countEvaluated(persons, milliseconds / 1000)
      await pace(milliseconds, persons)
    }
  }

  const tryOne = async ({ rest, isStopped }: LoopTurn): Promise<void> => {
    const run = await takeRun(parts.pool)
    if (!run) return
    const pace = createPace(rest)
    try {
      await workOnDryRun(
        { pool: parts.pool, reading: parts.reading, clock },
        run,
        async (milliseconds, persons) => {
          await pace(milliseconds, persons)
          return !isStopped()
        },
      )
    } catch (error) {
      parts.jobs.failed('dry_runs', error)
      log.error({ err: error, draftId: run.draftId }, 'the dry run of a ruleset broke off')
      await rest(BACK_OFF_MS)
      await releaseRun(parts.pool, run)
    }
  }

  const repeat = (job: JobName, round: (turn: LoopTurn) => Promise<void>) =>
    startLoop({
      restMs: POLL_MS,
      round,
      ...reportAs(parts, job, (error) => log.warn({ err: error }, 'rulesets can not be worked on')),
    })
  return stopAll([repeat('rulesets', apply), repeat('dry_runs', tryOne)])
}
