import type { Transaction } from '../../../db/pool.ts'

/** A finding that people decided. */
export interface NewFinding {
  personId: string
  category: string
  /** ISO 8601. */
  anchorAt: string | undefined
  evidence: string
  source: string
  proposalId: string
  enteredBy: string | null
  approvedBy: string
  contactPersonId?: string | undefined
  zoneId?: string | undefined
  /** Hex of the keyed hash, and base64 of the encrypted words. */
  workplaceIndex?: string | undefined
  workplaceEncrypted?: string | undefined
}

/** @returns the id of the finding */
export const insertFinding = async (tx: Transaction, finding: NewFinding): Promise<string> => {
  const { rows } = await tx.query<{ finding_id: string }>(
    `insert into findings (person_id, category, anchor_at, evidence, source, proposal_id, entered_by, approved_by,
       contact_person_id, zone_id, workplace_index, workplace_encrypted)
     values ($1::bigint, $2::text, $3::timestamptz, $4::text, $5::text, $6::bigint, $7::bigint, $8::bigint, $9::bigint, $10::bigint,
       decode($11::text, 'hex'), decode($12::text, 'base64'))
     returning finding_id`,
    [
      finding.personId,
      finding.category,
      finding.anchorAt,
      finding.evidence,
      finding.source,
      finding.proposalId,
      finding.enteredBy,
      finding.approvedBy,
      finding.contactPersonId ?? null,
      finding.zoneId ?? null,
      finding.workplaceIndex ?? null,
      finding.workplaceEncrypted ?? null,
    ],
  )
  const [row] = rows
  if (!row) throw new Error('insert returned no row')
  return row.finding_id
}

export interface FindingsEnd {
  findingIds: string[]
  endKind: 'ended' | 'withdrawn' | undefined
  /** ISO 8601. */
  endedAt: string | undefined
  /** The result that drafted the end: nothing is ended while it stands as positive. */
  testId: string | undefined
}

/** @returns false where one of them was withdrawn meanwhile */
export const endFindings = async (tx: Transaction, end: FindingsEnd, now: Date): Promise<boolean> => {
  const { rowCount } = await tx.query(
    `update findings set
       ended_at = case when $2::text = 'ended' then $3::timestamptz else ended_at end,
       withdrawn_at = case when $2::text = 'withdrawn' then $4::timestamptz else withdrawn_at end
     where finding_id = any($1::bigint[]) and withdrawn_at is null and not exists (
       select from test_results where test_id = $5::bigint and result = 'positive' and withdrawn_at is null)`,
    [end.findingIds, end.endKind, end.endedAt ?? null, now, end.testId ?? null],
  )
  return rowCount === end.findingIds.length
}

/**
 * Ends what stands of a zone, also of people who have not registered; what began later than the lifting ends as it begins.
 * @returns the person of each finding, and how many findings that wait for their persons
 */
export const endFindingsOfZone = async (
  tx: Transaction,
  zoneId: string,
  endedAt: Date,
  proposalId: string,
): Promise<{ persons: string[]; waiting: number }> => {
  const { rowCount } = await tx.query(
    `update unclaimed_findings set ended_at = greatest($2::timestamptz, anchor_at), lifted_by = $3::bigint
     where zone_id = $1::bigint and ended_at is null`,
    [zoneId, endedAt, proposalId],
  )
  const { rows } = await tx.query<{ person_id: string }>(
    `update findings set ended_at = greatest($2::timestamptz, anchor_at), lifted_by = $3::bigint
     where zone_id = $1::bigint and ended_at is null and withdrawn_at is null returning person_id`,
    [zoneId, endedAt, proposalId],
  )
  return { persons: rows.map((row) => row.person_id), waiting: rowCount ?? 0 }
}

/**
 * Withdraws what stands of the findings that a proposal about a case made, of one person or of everybody.
 * @returns the persons
 */
export const withdrawCaseFindings = async (
  tx: Transaction,
  madeBy: { proposalId: string; personId?: string },
  by: { proposalId: string; reason: string; at: Date },
): Promise<string[]> => {
  const { rows } = await tx.query<{ person_id: string }>(
    `update findings set withdrawn_at = $4::timestamptz, lifted_by = $2::bigint, end_evidence = $3::text
     where proposal_id = $1::bigint and case_id is not null and ended_at is null and withdrawn_at is null
       and ($5::bigint is null or person_id = $5::bigint) returning person_id`,
    [madeBy.proposalId, by.proposalId, by.reason, by.at, madeBy.personId ?? null],
  )
  return rows.map((row) => row.person_id)
}
