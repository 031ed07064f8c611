import type { Proposal } from '@jiankangbao/contracts/schemas/finding'
import { inTransaction, type Transaction } from '../../db/pool.ts'
import { AppError, stateConflict } from '../../errors/app-error.ts'
import type { OperatorCaller } from '../../http/caller.ts'
import type { Parts } from '../../parts.ts'
import { writeAudit } from '../audit/audit.service.ts'
import type { ProposalService } from '../proposal/proposal.service.ts'
import * as queries from './published.queries.ts'

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
  /** Held until commit, so that it is called off or applied, never both. @returns the instant of the decision */
  const hold = async (tx: Transaction, rulesetId: string): Promise<Date> => {
    const row = await queries.lockPublished(tx, rulesetId)
    if (!row) throw new AppError('NOT_FOUND')
    // Read only now: the lock may have been waited for.
    const now = clock()
    if (row.called_off_at) throw stateConflict('state', 'called_off')
    if (row.apply_started_at || row.effective_from.getTime() - now.getTime() < LEAST_AHEAD_MS)
      throw stateConflict('effectiveFrom', 'too_late')
    return now
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
      await queries.setCalledOff(tx, rulesetId, await hold(tx, rulesetId))
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
        await hold(tx, rulesetId)
        const open = await queries.findOpenCallOff(tx, rulesetId)
        if (open && !(open.request_id === requestId && open.proposed_by === caller.operatorId))
          throw stateConflict('state', 'call_off_proposed')
        return proposals.propose(tx, caller, {
          requestId,
          kind: 'ruleset.call_off',
          subject: { rulesetId },
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
