import type { Call } from '@jiankangbao/contracts/schemas'
import { divisionPrefix } from '@jiankangbao/domain/division'
import type { RequiredTestSkip } from '@jiankangbao/domain/testing/required-test'
import { inTransaction, type Transaction } from '../../../db/pool.ts'
import { uuidOf } from '../../../db/uuid-of.ts'
import { AppError, stateConflict } from '../../../http/app-error.ts'
import type { OperatorCaller } from '../../../http/caller.ts'
import type { Parts } from '../../../parts.ts'
import { writeAudit } from '../../ledger/audit/audit.service.ts'
import type { FindingService } from '../../measures/finding/finding.service.ts'
import { followRounds, meetRequired } from './renew.queries.ts'
import * as queries from './required.queries.ts'

/** The category of the rules for whoever was not tested in time. */
const CATEGORY = 'overdue_test'

/** Each row has a proposal of its own, the same at a repeat. */
const requestOf = (requestId: string, requiredTestId: string): string =>
  uuidOf(`${requestId.toLowerCase()} ${requiredTestId}`)

const skipOf = (row: queries.HeldRow | undefined, now: Date): RequiredTestSkip | undefined => {
  if (!row) return 'not_found'
  if (row.state === 'met') return 'tested'
  if (row.state !== 'open') return 'ended'
  if (row.is_proposed) return 'proposed'
  return row.due_at > now ? 'not_due' : undefined
}

/** What becomes of a missed deadline: a proposal, or an exemption. Both by people; a deadline alone colours nobody. */
export const createOverdueService = ({
  pool,
  clock,
  findings,
}: Pick<Parts, 'pool' | 'clock'> & { findings: Pick<FindingService, 'proposeFindingIn'> }) => {
  const proposeOne = async (
    tx: Transaction,
    caller: OperatorCaller,
    row: queries.HeldRow,
    { requestId, evidence }: Call<'proposeOverdueTests'>['body'],
  ): Promise<void> => {
    const proposalId = await findings.proposeFindingIn(tx, caller, {
      requestId: requestOf(requestId, row.required_test_id),
      personId: row.person_id,
      category: CATEGORY,
      anchorAt: row.due_at.toISOString(),
      evidence,
      source: caller.organisation,
    })
    await queries.setProposed(tx, row.required_test_id, proposalId)
    await writeAudit(tx, {
      actor: caller,
      action: 'required_test.proposed',
      objectKind: 'required_test',
      objectId: row.required_test_id,
      details: { personId: row.person_id, proposalId, dueAt: row.due_at.toISOString() },
    })
  }

  return {
    /** Whoever was swabbed a moment ago is left out. All rows in one transaction. @throws AppError as a finding is proposed */
    proposeOverdueTests: (caller: OperatorCaller, body: Call<'proposeOverdueTests'>['body']) =>
      inTransaction(pool, async (tx) => {
        const now = clock()
        const ids = body.requiredTestIds
        await meetRequired(tx, now, ids)
        await followRounds(tx, ids)
        const held = await queries.holdRequired(tx, divisionPrefix(caller.divisionCode), ids)
        const rows = []
        for (const requiredTestId of ids) {
          const row = held.get(requiredTestId)
          const isRepeat = row?.proposal_request === requestOf(body.requestId, requiredTestId)
          const skipped = isRepeat ? undefined : skipOf(row, now)
          if (row && !skipped && !isRepeat) await proposeOne(tx, caller, row, body)
          rows.push(skipped ? { requiredTestId, done: false, skipped } : { requiredTestId, done: true })
        }
        const done = rows.filter((row) => row.done).length
        return { done, skipped: rows.length - done, rows }
      }),

    /** A round exempts on its own page. Again is the same. @throws AppError NOT_FOUND, STATE_CONFLICT (tested, over, of a round) */
    exemptFromRequiredTest: (
      caller: OperatorCaller,
      requiredTestId: string,
      { reason }: Call<'exemptFromRequiredTest'>['body'],
    ): Promise<null> =>
      inTransaction(pool, async (tx) => {
        const held = await queries.holdRequired(tx, divisionPrefix(caller.divisionCode), [requiredTestId])
        const row = held.get(requiredTestId)
        if (!row) throw new AppError('NOT_FOUND')
        if (row.round_id !== null) throw stateConflict('requiredTestId', 'of_round')
        if (row.state === 'exempt') return null
        if (row.state !== 'open') throw stateConflict('state', row.state)
        const { operatorId } = caller
        await queries.setExempt(tx, { id: requiredTestId, reason, by: operatorId, at: clock() })
        await writeAudit(tx, {
          actor: caller,
          action: 'required_test.exempted',
          objectKind: 'required_test',
          objectId: requiredTestId,
          details: { personId: row.person_id, reason },
        })
        return null
      }),
  }
}

export type OverdueService = ReturnType<typeof createOverdueService>
