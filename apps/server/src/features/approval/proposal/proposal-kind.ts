import type { Proposal } from '@jiankangbao/contracts/proposal/schemas'
import type { Queryable, Transaction } from '../../../db/pool.ts'
import type { OperatorCaller } from '../../../http/caller.ts'
import type { ProposalEffect, ProposalRow } from './proposal.queries.ts'

/** What a kind of proposal shows to the one who decides, and what it does once approved. */
export interface ProposalKind {
  /** What its payload says. */
  facts?: (row: ProposalRow) => Partial<Proposal>
  /** What approving would do now. */
  foresee: (db: Queryable, row: ProposalRow) => Promise<ProposalEffect>
  /**
   * Writes the effect, in the transaction of the decision.
   * @returns what the audit entry says of it
   * @throws AppError where it can no longer be done
   */
  approve: (tx: Transaction, caller: OperatorCaller, row: ProposalRow) => Promise<Record<string, unknown>>
  reject: (tx: Transaction, row: ProposalRow) => Promise<void>
  /** Its maker took it back. */
  withdraw: (tx: Transaction, row: ProposalRow) => Promise<void>
  /** Whoever wrote what is proposed, besides its proposer: none of them is the second person who approves. */
  writersOf?: (db: Queryable, row: ProposalRow) => Promise<string[]>
  /** About neither colours nor rules: an account that has just begun may decide it. */
  openToNew?: true
  /** Further reasons for which only headquarters may approve, as of now. */
  needsHqNow?: (db: Queryable, row: ProposalRow, effect: ProposalEffect) => Promise<boolean>
}

/** Told in the transaction of every decision, and when a proposal is taken back. */
export type DecisionListener = (
  tx: Transaction,
  decision: { proposalId: string; state: 'approved' | 'rejected' | 'withdrawn'; reason: string },
) => Promise<void>
