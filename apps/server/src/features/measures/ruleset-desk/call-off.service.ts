import type { Proposal } from '@jiankangbao/contracts/proposal/schemas'
import { inTransaction, type Transaction } from '../../../db/pool.ts'
import { AppError, stateConflict } from '../../../http/app-error.ts'
import type { OperatorCaller } from '../../../http/caller.ts'
import type { Parts } from '../../../parts.ts'
import { expireProposal } from '../../approval/proposal/draft.queries.ts'
import type { ProposalService } from '../../approval/proposal/proposal.service.ts'
import * as queries from '../../colours/rules/published.queries.ts'
import { writeAudit } from '../../ledger/audit/audit.service.ts'

/**
 * So long before its instant a ruleset can no longer be called off: evaluations read the rules without holding them, by clocks
 * of several processes, so that a decision at the last moment could come after the first people were coloured and told.
 */
const LEAST_AHEAD_MS = 30_000

/** A coming ruleset that is not to come after all: like its publication proposed by one and decided by another at headquarters. */
export const createCallOffService = ({
  pool,
  clock,
  proposals,
}: Pick<Parts, 'pool' | 'clock'> & { proposals: ProposalService }) => {
  /** Held until commit, so that it is called off or applied, never both. */
  const hold = async (tx: Transaction, rulesetId: string): Promise<queries.CallableRow> => {
    const row = await queries.lockPublished(tx, rulesetId)
    if (!row) throw new AppError('NOT_FOUND')
    return row
  }

  /** @returns the instant of the decision, read with the ruleset held: the lock may have been waited for */
  const requireCallable = (row: queries.CallableRow): Date => {
    const now = clock()
    if (row.called_off_at) throw stateConflict('state', 'called_off')
    if (row.apply_started_at || row.effective_from.getTime() - now.getTime() < LEAST_AHEAD_MS)
      throw stateConflict('effectiveFrom', 'too_late')
    return now
  }

  /** One that ran out keeps no other from being proposed, also before the job has closed it. */
  const requireNoneOpen = async (tx: Transaction, rulesetId: string, now: Date): Promise<void> => {
    const open = await queries.findOpenCallOff(tx, rulesetId)
    if (!open) return
    if (open.expires_at > now) throw stateConflict('state', 'call_off_proposed')
    if (await expireProposal(tx, open.proposal_id))
      await writeAudit(tx, {
        actor: { kind: 'system' },
        action: 'proposal.expired',
        objectKind: 'proposal',
        objectId: open.proposal_id,
      })
  }

  proposals.defineKind('ruleset.call_off', {
    foresee: async (db, { ruleset_id }) => {
      const ruleset = await queries.findDocument(db, ruleset_id ?? '')
      if (!ruleset) return {}
      const effectiveFrom = new Date(ruleset.effectiveFrom).toISOString()
      return { ruleset: { rulesetId: ruleset.id, effectiveFrom, persons: 0, moves: [] } }
    },
    approve: async (tx, caller, { ruleset_id, payload }) => {
      const rulesetId = ruleset_id ?? ''
      await queries.setCalledOff(tx, rulesetId, requireCallable(await hold(tx, rulesetId)))
      await writeAudit(tx, {
        actor: caller,
        action: 'ruleset.called_off',
        objectKind: 'ruleset',
        objectId: rulesetId,
        ...(payload.evidence ? { purpose: payload.evidence } : {}),
      })
      return {}
    },
    reject: async () => undefined,
    withdraw: async () => undefined,
  })

  return {
    /** @throws AppError NOT_FOUND, STATE_CONFLICT (`effectiveFrom` / `too_late`, `state` / `called_off` or `call_off_proposed`) */
    proposeCallOff: async (
      caller: OperatorCaller,
      rulesetId: string,
      { requestId, reason }: { requestId: string; reason: string },
    ): Promise<Proposal> => {
      const proposalId = await inTransaction(pool, async (tx) => {
        const row = await hold(tx, rulesetId)
        const request = { requestId, kind: 'ruleset.call_off', subject: { rulesetId } } as const
        const made = await proposals.findMade(tx, caller, request)
        if (made) return made
        await requireNoneOpen(tx, rulesetId, requireCallable(row))
        return proposals.propose(tx, caller, {
          ...request,
          payload: { evidence: reason },
          needsHq: true,
          alarms: [],
          persons: 0,
        })
      })
      return proposals.getProposal(caller, proposalId)
    },
  }
}

export type CallOffService = ReturnType<typeof createCallOffService>
