import type { Proposal, ProposalAct } from '@jiankangbao/contracts/proposal/schemas'
import { divisionCovers } from '@jiankangbao/domain/division'
import { maskDocumentNumber } from '@jiankangbao/domain/identity/masks'
import type { Queryable } from '../../../db/pool.ts'
import { hasRole, type OperatorCaller } from '../../../http/caller.ts'
import { inRow } from '../../../keys/encrypted-fields.ts'
import type { Parts } from '../../../parts.ts'
import { actsOn } from '../second-person/open-matter.ts'
import { toAlarms } from './kept-alarm.ts'
import type { ProposalEffect, ProposalRow } from './proposal.queries.ts'
import type { ProposalKind } from './proposal-kind.ts'

/** Headquarters of the whole city: what needs headquarters is not for those of a district. */
export const isCityHeadquarters = (
  caller: Pick<OperatorCaller, 'roles' | 'divisionCode'>,
  cityDivision: string,
): boolean => hasRole(caller, 'hq') && divisionCovers(caller.divisionCode, cityDivision)

const effectOf = async (db: Queryable, kind: ProposalKind, row: ProposalRow): Promise<ProposalEffect> => {
  if (row.state === 'open') return kind.foresee(db, row)
  const seen = row.seen_at_decision ?? row.seen_at_proposal
  if (seen) return seen
  // From before it was kept: what it would do to a person now says nothing about what it did then.
  const { impact: _, ...rest } = await kind.foresee(db, row)
  return rest
}

const allowedOf = (
  caller: OperatorCaller,
  row: ProposalRow,
  needsHq: boolean,
  cityDivision: string,
): ProposalAct[] => {
  const acts = actsOn(caller, row, hasRole(caller, 'hq', 'office'))
  return needsHq && !isCityHeadquarters(caller, cityDivision) ? acts.filter((act) => act !== 'approve') : acts
}

const personOf = (row: ProposalRow, encryption: Parts['encryption']): Pick<Proposal, 'person'> =>
  row.person_id && row.document_number_encrypted
    ? {
        person: {
          personId: row.person_id,
          nameMasked: row.name_masked ?? '',
          documentNumberMasked: encryption.show(
            row.document_number_encrypted,
            inRow('persons.document_number', row.person_id),
            maskDocumentNumber,
          ),
        },
      }
    : {}

/** A proposal as the interface gives it to this caller. */
export const toProposal = async (
  { pool, encryption, config }: Pick<Parts, 'pool' | 'encryption' | 'config'>,
  kind: ProposalKind,
  caller: OperatorCaller,
  row: ProposalRow,
): Promise<Proposal> => {
  const { category, evidence = '', source = '' } = row.payload
  const effect = await effectOf(pool, kind, row)
  const needsHq =
    row.needs_hq || (row.state === 'open' && (await kind.needsHqNow?.(pool, row, effect)) === true)
  const { impact: impactWhenProposed } = row.seen_at_proposal ?? {}
  return {
    proposalId: row.proposal_id,
    kind: row.kind,
    state: row.state,
    ...personOf(row, encryption),
    ...(category ? { category } : {}),
    evidence,
    source,
    ...(row.appeal_id ? { appealId: row.appeal_id } : {}),
    needsHq,
    alarms: toAlarms(encryption, row.alarms),
    ...kind.facts?.(row),
    ...effect,
    ...(impactWhenProposed ? { impactWhenProposed } : {}),
    proposedBy: row.proposer_name,
    proposedAt: row.proposed_at.toISOString(),
    mine: row.proposed_by === caller.operatorId,
    allowed: allowedOf(caller, row, needsHq, config.city.divisionCode),
    expiresAt: row.expires_at.toISOString(),
    ...(row.decider_name ? { decidedBy: row.decider_name } : {}),
    ...(row.decided_at ? { decidedAt: row.decided_at.toISOString() } : {}),
    ...(row.decision_reason ? { decisionReason: row.decision_reason } : {}),
  }
}
