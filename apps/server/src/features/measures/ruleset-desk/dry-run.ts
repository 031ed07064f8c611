import type { RulesetDryRun } from '@jiankangbao/contracts/ruleset/schemas'
import { inTransaction } from '../../../db/pool.ts'
import type { Parts } from '../../../parts.ts'
import { asIfInForce } from '../../colours/rules/ruleset.service.ts'
import { compareNext } from '../../colours/status/status.service.ts'
import { writeAudit } from '../../ledger/audit/audit.service.ts'
import * as runs from './dry-run.queries.ts'

const SAMPLE = 20
const SAMPLE_OF_A_MOVE = 4
/** A run that was taken up so often without getting any further never will. */
const MOST_TRIES = 5

/** The counts and the sample with some more persons. */
const add = (run: runs.Run, compared: RulesetDryRun['sample']): Pick<runs.Run, 'counts' | 'sample'> => {
  const counts = { ...run.counts }
  const sample = [...run.sample]
  for (const { personId, from, to } of compared) {
    const move = `${from}>${to}`
    counts[move] = (counts[move] ?? 0) + 1
    if (from === to || sample.length >= SAMPLE) continue
    const same = sample.filter((other) => other.from === from && other.to === to)
    if (same.length < SAMPLE_OF_A_MOVE) sample.push({ personId, from, to })
  }
  return { counts, sample }
}

/**
 * Goes on with a dry run from where it is: the same evaluation as for real, with the rules of the draft, next to the colours
 * that people have; nobody's colour is written. Ends early, without a trace, once it is cancelled or taken over.
 * @param next called after each batch with its milliseconds and persons; false lays the run down
 */
export const workOnDryRun = async (
  { pool, reading, clock }: Pick<Parts, 'pool' | 'reading' | 'clock'>,
  taken: runs.Run,
  next: (milliseconds: number, persons: number) => Promise<boolean>,
  batch = 1000,
): Promise<void> => {
  if (taken.tries > MOST_TRIES) {
    await runs.dropRun(pool, taken.draftId, 'failed')
    return
  }
  let run = taken.done > 0 ? taken : { ...taken, total: await runs.countPersons(pool) }
  const rules = await asIfInForce(pool, run.document, clock())
  for (;;) {
    const startedAt = performance.now()
    const { cursor } = run
    const { compared, last } = await reading.run((db) => compareNext(db, cursor, batch, rules, clock()), {
      current: true,
    })
    if (last === '') break
    run = { ...run, ...add(run, compared), cursor: last, done: run.done + compared.length }
    if (!(await runs.saveRun(pool, run))) return
    if (!(await next(performance.now() - startedAt, compared.length))) {
      await runs.releaseRun(pool, run)
      return
    }
  }
  await inTransaction(pool, async (tx) => {
    if (!(await runs.endRun(tx, run, clock()))) return
    await writeAudit(tx, {
      actor: { kind: 'system' },
      action: 'ruleset_draft.dry_run_done',
      objectKind: 'ruleset_draft',
      objectId: run.draftId,
      details: { persons: run.done, moves: run.counts },
    })
  })
}
