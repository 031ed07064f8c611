import type { Proposal } from '@jiankangbao/contracts/schemas/finding'
import type { Transaction } from '../../db/pool.ts'
import type { OperatorCaller } from '../../http/caller.ts'
import type { ProposalRow } from './proposal.queries.ts'

/** What a kind of proposal shows to the one who decides, and what it does once approved. */
export interface ProposalKind {
  /** The facts of this kind; `impact` is computed at the moment of reading. */
  view: (row: ProposalRow) => Promise<Partial<Proposal>>
  /**
   * Writes the effect, in the transaction of the decision.
   * @returns what the audit entry says of it
   * @throws AppError where it can no longer be done
   */
  approve: (tx: Transaction, caller: OperatorCaller, row: ProposalRow) => Promise<Record<string, unknown>>
  reject: (tx: Transaction, row: ProposalRow) => Promise<void>
  /** Further reasons for which only headquarters may approve, as of now. */
  needsHqNow?: (tx: Transaction, row: ProposalRow) => Promise<boolean>
}

/** Told in the transaction of every decision. */
export type DecisionListener = (
  tx: Transaction,
  decision: { proposalId: string; state: 'approved' | 'rejected'; reason: string },
) => Promise<void>
