import type { Config } from '../../../config.ts'
import type { Transaction } from '../../../db/pool.ts'
import { AppError } from '../../../http/app-error.ts'
import { hasRole, type OperatorCaller } from '../../../http/caller.ts'
import { holdPersons } from '../../colours/status/status.service.ts'
import { writeAudit } from '../../ledger/audit/audit.service.ts'
import { requireOpen, requireWithdrawable } from '../second-person/open-matter.ts'
import { requireSecondPerson } from '../second-person/second-person.ts'
import { acknowledge } from './alarm-list.queries.ts'
import { addAlarms, closeProposal, type ProposalEffect, type ProposalRow } from './proposal.queries.ts'
import type { DecisionListener, ProposalKind } from './proposal-kind.ts'
import { isCityHeadquarters } from './proposal-view.ts'

/** An open proposal, held until commit, with all that its end needs. */
export interface Held {
  row: ProposalRow
  kind: ProposalKind
  listeners: DecisionListener[]
  cityDivision: string
  now: Date
  config: Pick<Config, 'demo'>
}

const tell = async (
  tx: Transaction,
  caller: OperatorCaller,
  { row, listeners }: Held,
  end: { state: 'approved' | 'rejected' | 'withdrawn'; reason: string; details: Record<string, unknown> },
): Promise<void> => {
  const {
    proposal_id: proposalId,
    person_id: personId,
    import_id: importId,
    draft_id: draftId,
    ruleset_id: rulesetId,
    case_id: caseId,
    announcement_id: announcementId,
    service_version: serviceVersion,
    lookup_role: lookupRole,
  } = row
  const { state, reason } = end
  for (const listener of listeners) await listener(tx, { proposalId, state, reason })
  await writeAudit(tx, {
    actor: caller,
    action: `proposal.${state}`,
    objectKind: 'proposal',
    objectId: proposalId,
    purpose: reason,
    details: {
      ...(personId ? { personId } : {}),
      ...(importId ? { importId } : {}),
      ...(draftId ? { draftId } : {}),
      ...(rulesetId ? { rulesetId } : {}),
      ...(caseId ? { caseId } : {}),
      ...(announcementId ? { announcementId } : {}),
      ...(serviceVersion ? { serviceVersion } : {}),
      ...(lookupRole ? { lookupRole } : {}),
      ...(row.payload.category ? { category: row.payload.category } : {}),
      ...end.details,
    },
  })
}

const requireMayApprove = async (
  tx: Transaction,
  caller: OperatorCaller,
  { row, kind, cityDivision }: Held,
  effect: ProposalEffect,
): Promise<void> => {
  const needsHq = row.needs_hq || (await kind.needsHqNow?.(tx, row, effect)) === true
  if (!needsHq || isCityHeadquarters(caller, cityDivision)) return
  const why = hasRole(caller, 'hq')
    ? { field: 'division', reason: 'needs_city' }
    : { field: 'category', reason: 'needs_hq' }
  throw new AppError('FORBIDDEN', { fields: [why] })
}

/**
 * @throws AppError OWN_PROPOSAL, STATE_CONFLICT (already decided or expired), FORBIDDEN (needs headquarters of the city, or
 * account_new, made_by_decider, shared_browser).
 */
export const decideProposal = async (
  tx: Transaction,
  caller: OperatorCaller,
  held: Held,
  { verdict, reason }: { verdict: 'approve' | 'reject'; reason: string },
): Promise<void> => {
  const { row, kind, now } = held
  requireOpen(row)
  // Whoever wrote what is proposed may still stop it.
  const wrote = verdict === 'approve' ? await kind.writersOf?.(tx, row) : []
  const unusual = await requireSecondPerson(tx, held.config, caller, {
    writers: [row.proposed_by, ...(wrote ?? [])],
    weighty: kind.openToNew !== true,
    now,
  })
  // Of two approvals about one person the second one sees what the first did.
  if (row.person_id) await holdPersons(tx, [row.person_id])
  const seen = await kind.foresee(tx, row)
  const state = verdict === 'approve' ? 'approved' : 'rejected'
  if (verdict === 'approve') await requireMayApprove(tx, caller, held, seen)
  const decision = { state, decidedBy: caller.operatorId, decidedAt: now, reason, seen } as const
  await closeProposal(tx, row.proposal_id, decision)
  const effect = verdict === 'approve' ? await kind.approve(tx, caller, row) : undefined
  if (verdict === 'reject') await kind.reject(tx, row)
  // Whoever decides at headquarters has the alarm in front of them.
  if (unusual.length === 0 && row.alarms.length > 0 && isCityHeadquarters(caller, held.cityDivision))
    await acknowledge(tx, row.proposal_id, { operatorId: caller.operatorId, at: now, note: null })
  // That one pair of hands may have decided twice is for others to see.
  if (unusual.length > 0) await addAlarms(tx, row.proposal_id, unusual)
  const alarmed = unusual.length > 0 ? { alarms: unusual } : {}
  await tell(tx, caller, held, { state, reason, details: { ...seen.impact, ...effect, ...alarmed } })
}

/** Its maker takes an open proposal back. @throws AppError FORBIDDEN (somebody else's), STATE_CONFLICT */
export const withdrawProposal = async (
  tx: Transaction,
  caller: OperatorCaller,
  held: Held,
  reason: string,
): Promise<void> => {
  const { row, kind, now } = held
  requireWithdrawable(caller, row)
  const state = 'withdrawn'
  await closeProposal(tx, row.proposal_id, { state, decidedBy: null, decidedAt: now, reason, seen: null })
  await kind.withdraw(tx, row)
  await tell(tx, caller, held, { state, reason, details: {} })
}
