import type { Proposal } from '@jiankangbao/contracts/proposal/schemas'
import type { LookupNormRole } from '@jiankangbao/domain/vocabulary/lookups'
import type { Queryable, Transaction } from '../../../db/pool.ts'
import type { OperatorCaller } from '../../../http/caller.ts'
import { stateNow } from '../second-person/open-matter.ts'
import type { KeptAlarm } from './kept-alarm.ts'

/** What a proposal does once approved, as far as it can be foreseen. Kept as it was seen at the proposal and at the decision. */
export type ProposalEffect = Pick<
  Proposal,
  'impact' | 'import' | 'ruleset' | 'zone' | 'case' | 'announcement' | 'services' | 'lookupNorm'
>

export interface ProposalRow {
  proposal_id: string
  kind:
    | 'finding.add'
    | 'finding.end'
    | 'zone.lift'
    | 'import.apply'
    | 'import.undo'
    | 'ruleset.publish'
    | 'ruleset.call_off'
    | 'case.open'
    | 'case.expose'
    | 'case.undo'
    | 'exposure.drop'
    | 'announcement.release'
    | 'services.release'
    | 'lookup_norm.change'
  /** Exactly one of the nine is there: whom or what it concerns. */
  person_id: string | null
  zone_id: string | null
  import_id: string | null
  draft_id: string | null
  ruleset_id: string | null
  case_id: string | null
  announcement_id: string | null
  service_version: number | null
  lookup_role: LookupNormRole | null
  /** What it would do; each kind knows its own. */
  payload: Record<string, unknown> & { evidence?: string; source?: string; category?: string }
  division_code: string
  state: 'open' | 'approved' | 'rejected' | 'expired' | 'withdrawn'
  needs_hq: boolean
  alarms: KeptAlarm[]
  /** Null of those made or decided before it was kept, and of those that something else than a person drafted. */
  seen_at_proposal: ProposalEffect | null
  seen_at_decision: ProposalEffect | null
  /** Null where a laboratory's result or the end of a rated area drafted it. */
  proposed_by: string | null
  proposer_name: string
  proposed_at: Date
  expires_at: Date
  decider_name: string | null
  decided_at: Date | null
  decision_reason: string | null
  name_masked: string | null
  document_number_encrypted: Buffer | null
  appeal_id: string | null
}

const PROPOSAL = `select r.proposal_id, r.kind, r.person_id, r.zone_id, r.import_id, r.draft_id, r.ruleset_id, r.case_id, r.announcement_id, r.service_version, r.lookup_role, r.payload, r.division_code,
    ${stateNow('r', '$1')} as state, r.needs_hq, r.alarms,
    r.seen_at_proposal, r.seen_at_decision,
    r.proposed_by, coalesce(o.display_name, l.name, r.payload ->> 'source') as proposer_name, r.proposed_at, r.expires_at, x.display_name as decider_name, r.decided_at,
    r.decision_reason, p.name_masked, p.document_number_encrypted,
    (select a.appeal_id from appeals a where a.proposal_id = r.proposal_id) as appeal_id
  from proposals r
  left join operators o on o.operator_id = r.proposed_by
  left join partners l on l.partner_id = r.proposed_by_partner
  left join operators x on x.operator_id = r.decided_by
  left join persons p on p.person_id = r.person_id`

export const findProposal = async (
  db: Queryable,
  now: Date,
  proposalId: string,
): Promise<ProposalRow | undefined> =>
  (await db.query<ProposalRow>(`${PROPOSAL} where r.proposal_id = $2::bigint`, [now, proposalId])).rows[0]

/** The proposal, held until commit: of several decisions the first one counts. */
export const lockProposal = async (
  tx: Transaction,
  now: Date,
  proposalId: string,
): Promise<ProposalRow | undefined> =>
  (
    await tx.query<ProposalRow>(`${PROPOSAL} where r.proposal_id = $2::bigint for update of r`, [
      now,
      proposalId,
    ])
  ).rows[0]

export const findProposalOfRequest = async (
  db: Queryable,
  now: Date,
  requestId: string,
  operatorId: string,
): Promise<ProposalRow | undefined> =>
  (
    await db.query<ProposalRow>(`${PROPOSAL} where r.request_id = $2::uuid and r.proposed_by = $3::bigint`, [
      now,
      requestId,
      operatorId,
    ])
  ).rows[0]

/** Who decided it, with the rights of now. */
export const findDecider = async (
  db: Queryable,
  proposalId: string,
): Promise<Pick<OperatorCaller, 'roles' | 'divisionCode'> | undefined> => {
  const { rows } = await db.query<{ roles: OperatorCaller['roles']; division_code: string }>(
    `select o.roles, o.division_code from proposals p join operators o on o.operator_id = p.decided_by where p.proposal_id = $1::bigint`,
    [proposalId],
  )
  const [row] = rows
  return row && { roles: row.roles, divisionCode: row.division_code }
}

export interface ProposalFilter {
  divisionPrefix: string
  state: string | null
  personId: string | null
  alarmed: boolean
  /** Only those of this operator. */
  proposedBy: string | null
  beforeId: string | null
  limit: number
}

/** Newest first, by key. */
export const listProposals = async (
  db: Queryable,
  now: Date,
  filter: ProposalFilter,
): Promise<ProposalRow[]> =>
  (
    await db.query<ProposalRow>(
      `select * from (${PROPOSAL}) r
       where r.division_code like $2::text || '%'
         and ($3::text is null or r.state = $3::text)
         and ($4::bigint is null or r.person_id = $4::bigint)
         and ($5::bigint is null or r.proposal_id < $5::bigint)
         and (not $6::boolean or r.alarms <> '[]')
         and ($7::bigint is null or r.proposed_by = $7::bigint)
       order by r.proposal_id desc limit $8::int`,
      [
        now,
        filter.divisionPrefix,
        filter.state,
        filter.personId,
        filter.beforeId,
        filter.alarmed,
        filter.proposedBy,
        filter.limit,
      ],
    )
  ).rows

export interface NewProposal {
  kind: ProposalRow['kind']
  subject:
    | { personId: string }
    | { zoneId: string }
    | { importId: string }
    | { draftId: string }
    | { rulesetId: string }
    | { caseId: string }
    | { announcementId: string }
    | { serviceVersion: number }
    | { lookupRole: LookupNormRole }
  payload: Record<string, unknown>
  divisionCode: string
  proposedBy: string
  proposedAt: Date
  expiresAt: Date
  requestId: string
  needsHq: boolean
  alarms: KeptAlarm[]
  /** By how many it counts against the limits of a day. */
  persons: number
}

/** Undefined where the request was made before. */
export const insertProposal = async (tx: Transaction, proposal: NewProposal): Promise<string | undefined> => {
  const { subject } = proposal
  const { rows } = await tx.query<{ proposal_id: string }>(
    `insert into proposals (kind, person_id, import_id, draft_id, payload, division_code, proposed_by, proposed_at, expires_at,
       request_id, needs_hq, alarms, persons, zone_id, ruleset_id, case_id, announcement_id, service_version, lookup_role)
     values ($1::text, $2::bigint, $3::bigint, $4::bigint, $5::jsonb, $6::text, $7::bigint, $8::timestamptz, $9::timestamptz,
       $10::uuid, $11::boolean, $12::jsonb, $13::integer, $14::bigint, $15::text, $16::bigint, $17::bigint, $18::integer, $19::text)
     on conflict (request_id) do nothing returning proposal_id`,
    [
      proposal.kind,
      'personId' in subject ? subject.personId : null,
      'importId' in subject ? subject.importId : null,
      'draftId' in subject ? subject.draftId : null,
      JSON.stringify(proposal.payload),
      proposal.divisionCode,
      proposal.proposedBy,
      proposal.proposedAt,
      proposal.expiresAt,
      proposal.requestId,
      proposal.needsHq,
      JSON.stringify(proposal.alarms),
      proposal.persons,
      'zoneId' in subject ? subject.zoneId : null,
      'rulesetId' in subject ? subject.rulesetId : null,
      'caseId' in subject ? subject.caseId : null,
      'announcementId' in subject ? subject.announcementId : null,
      'serviceVersion' in subject ? subject.serviceVersion : null,
      'lookupRole' in subject ? subject.lookupRole : null,
    ],
  )
  return rows[0]?.proposal_id
}

export const keepSeenAtProposal = async (
  tx: Transaction,
  proposalId: string,
  effect: ProposalEffect,
): Promise<void> => {
  await tx.query(`update proposals set seen_at_proposal = $2::jsonb where proposal_id = $1::bigint`, [
    proposalId,
    JSON.stringify(effect),
  ])
}

/** Of one taken back the maker is no decider. */
export const closeProposal = async (
  tx: Transaction,
  proposalId: string,
  decision: {
    state: 'approved' | 'rejected' | 'withdrawn'
    decidedBy: string | null
    decidedAt: Date
    reason: string
    seen: ProposalEffect | null
  },
): Promise<void> => {
  await tx.query(
    `update proposals set state = $2::text, decided_by = $3::bigint, decided_at = $4::timestamptz, decision_reason = $5::text,
       seen_at_decision = $6::jsonb
     where proposal_id = $1::bigint`,
    [
      proposalId,
      decision.state,
      decision.decidedBy,
      decision.decidedAt,
      decision.reason,
      decision.seen ? JSON.stringify(decision.seen) : null,
    ],
  )
}

/** Adds what was unusual about the decision; nobody has taken note of it yet. */
export const addAlarms = async (tx: Transaction, proposalId: string, kinds: string[]): Promise<void> => {
  await tx.query(
    `update proposals set alarm_acknowledged_by = null, alarm_acknowledged_at = null, alarm_note = null,
       alarms = alarms || (select jsonb_agg(jsonb_build_object('kind', kind, 'persons', coalesce(persons, 1))) from unnest($2::text[]) as kind)
     where proposal_id = $1::bigint`,
    [proposalId, kinds],
  )
}
