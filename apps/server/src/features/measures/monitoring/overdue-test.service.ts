import type { Proposal } from '@jiankangbao/contracts/proposal/schemas'
import type { Call } from '@jiankangbao/contracts/schemas'
import { inTransaction } from '../../../db/pool.ts'
import { AppError, stateConflict } from '../../../http/app-error.ts'
import type { OperatorCaller } from '../../../http/caller.ts'
import type { Parts } from '../../../parts.ts'
import { writeAudit } from '../../ledger/audit/audit.service.ts'
import type { FindingService } from '../finding/finding.service.ts'
import { findFollowUp } from './list.queries.ts'
import { scopeOf } from './scope.ts'

/** The category of the rules for whoever was not tested in time. */
const CATEGORY = 'overdue_test'

/** A test that did not come: the division proposes, somebody else decides, and nothing happens by itself. */
export const createOverdueTestService = ({
  pool,
  clock,
  config,
  findings,
}: Pick<Parts, 'pool' | 'clock' | 'config'> & { findings: FindingService }) => ({
  /** @throws AppError NOT_FOUND, STATE_CONFLICT (`not_due`, or ended), and as a finding is proposed */
  proposeOverdueTest: async (
    caller: OperatorCaller,
    followUpId: string,
    { requestId, evidence }: Call<'proposeOverdueTest'>['body'],
  ): Promise<Proposal> => {
    const scope = scopeOf(config, caller)
    const row = await findFollowUp(pool, scope, followUpId)
    if (!row) throw new AppError('NOT_FOUND')
    if (row.state !== 'open') throw stateConflict('state', row.state)
    const due = row.test_due_at
    if (!due || due > clock()) throw stateConflict('testDueAt', 'not_due')
    const body = {
      requestId,
      personId: row.person_id,
      category: CATEGORY,
      anchorAt: due.toISOString(),
      evidence,
      source: caller.organisation,
    }
    await inTransaction(pool, async (tx) => {
      const proposalId = await findings.proposeFindingIn(tx, caller, body)
      await writeAudit(tx, {
        actor: caller,
        action: 'follow_up.test_overdue',
        objectKind: 'follow_up',
        objectId: followUpId,
        details: { personId: row.person_id, proposalId, dueAt: due.toISOString() },
      })
    })
    // Answered like a repeat of what was just made.
    return findings.proposeFinding(caller, body)
  },
})
