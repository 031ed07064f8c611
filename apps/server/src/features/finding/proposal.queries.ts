import type { Queryable, Transaction } from '../../db/pool.ts'

/** What a proposal would do; kept as JSON in `proposals.payload`. Instants are ISO 8601. */
export interface ProposalPayload {
  category: string
  evidence: string
  source: string
  anchorAt?: string
  findingId?: string
  endKind?: 'ended' | 'withdrawn'
  endedAt?: string
  /** The positive result that drafted it. */
  testId?: string
}

export interface ProposalRow {
  proposal_id: string
  kind: 'finding.add' | 'finding.end'
  person_id: string
  payload: ProposalPayload
  division_code: string
  state: 'open' | 'approved' | 'rejected' | 'expired'
  /** Null where a laboratory's result drafted it. */
  proposed_by: string | null
  proposer_name: string
  proposed_at: Date
  expires_at: Date
  decider_name: string | null
  decided_at: Date | null
  decision_reason: string | null
  name_masked: string
  document_number_encrypted: Buffer
}

const PROPOSAL = `select r.proposal_id, r.kind, r.person_id, r.payload, r.division_code,
    case when r.state = 'open' and r.expires_at <= $1::timestamptz then 'expired' else r.state end as state,
    r.proposed_by, coalesce(o.display_name, l.name) as proposer_name, r.proposed_at, r.expires_at, x.display_name as decider_name, r.decided_at,
    r.decision_reason, p.name_masked, p.document_number_encrypted
  from proposals r
  left join operators o on o.operator_id = r.proposed_by
  left join partners l on l.partner_id = r.proposed_by_partner
  left join operators x on x.operator_id = r.decided_by
  join persons p on p.person_id = r.person_id`

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

export interface ProposalFilter {
  divisionPrefix: string
  state: string | null
  personId: string | null
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
       order by r.proposal_id desc limit $6::int`,
      [now, filter.divisionPrefix, filter.state, filter.personId, filter.beforeId, filter.limit],
    )
  ).rows

export interface NewProposal {
  kind: ProposalRow['kind']
  personId: string
  payload: ProposalPayload
  divisionCode: string
  proposedBy: string
  proposedAt: Date
  expiresAt: Date
  requestId: string
}

/** Undefined where the request was made before. */
export const insertProposal = async (tx: Transaction, proposal: NewProposal): Promise<string | undefined> =>
  (
    await tx.query<{ proposal_id: string }>(
      `insert into proposals (kind, person_id, payload, division_code, proposed_by, proposed_at, expires_at, request_id)
       values ($1::text, $2::bigint, $3::jsonb, $4::text, $5::bigint, $6::timestamptz, $7::timestamptz, $8::uuid)
       on conflict (request_id) do nothing returning proposal_id`,
      [
        proposal.kind,
        proposal.personId,
        JSON.stringify(proposal.payload),
        proposal.divisionCode,
        proposal.proposedBy,
        proposal.proposedAt,
        proposal.expiresAt,
        proposal.requestId,
      ],
    )
  ).rows[0]?.proposal_id

export const closeProposal = async (
  tx: Transaction,
  proposalId: string,
  decision: { state: 'approved' | 'rejected'; decidedBy: string; decidedAt: Date; reason: string },
): Promise<void> => {
  await tx.query(
    `update proposals set state = $2::text, decided_by = $3::bigint, decided_at = $4::timestamptz, decision_reason = $5::text where proposal_id = $1::bigint`,
    [proposalId, decision.state, decision.decidedBy, decision.decidedAt, decision.reason],
  )
}

export const insertFinding = async (
  tx: Transaction,
  proposal: ProposalRow,
  approvedBy: string,
): Promise<string> => {
  const { payload } = proposal
  const { rows } = await tx.query<{ finding_id: string }>(
    `insert into findings (person_id, category, anchor_at, evidence, source, proposal_id, entered_by, approved_by)
     values ($1::bigint, $2::text, $3::timestamptz, $4::text, $5::text, $6::bigint, $7::bigint, $8::bigint) returning finding_id`,
    [
      proposal.person_id,
      payload.category,
      payload.anchorAt,
      payload.evidence,
      payload.source,
      proposal.proposal_id,
      proposal.proposed_by,
      approvedBy,
    ],
  )
  const [row] = rows
  if (!row) throw new Error('insert returned no row')
  return row.finding_id
}

export const endFinding = async (tx: Transaction, payload: ProposalPayload, now: Date): Promise<boolean> => {
  const { rowCount } = await tx.query(
    `update findings set
       ended_at = case when $2::text = 'ended' then $3::timestamptz else ended_at end,
       withdrawn_at = case when $2::text = 'withdrawn' then $4::timestamptz else withdrawn_at end
     where finding_id = $1::bigint and withdrawn_at is null`,
    [payload.findingId, payload.endKind, payload.endedAt ?? null, now],
  )
  return rowCount === 1
}

/** A decided draft speaks for the positive result behind it: the result no longer stands alone. */
export const markReviewed = async (tx: Transaction, testId: string, at: Date): Promise<void> => {
  await tx.query(`update test_results set reviewed_at = $2::timestamptz where test_id = $1::bigint`, [
    testId,
    at,
  ])
}

export interface ActiveFindingRow {
  finding_id: string
  person_id: string
  category: string
  anchor_at: Date
  source: string
}

export const findActiveFinding = async (
  db: Queryable,
  findingId: string,
): Promise<ActiveFindingRow | undefined> =>
  (
    await db.query<ActiveFindingRow>(
      `select finding_id, person_id, category, anchor_at, source from findings where finding_id = $1::bigint and withdrawn_at is null`,
      [findingId],
    )
  ).rows[0]

export const isPerson = async (db: Queryable, personId: string): Promise<boolean> =>
  ((await db.query('select 1 from persons where person_id = $1::bigint', [personId])).rowCount ?? 0) > 0
