// Parts of statements that write findings from a query of another wing, in one statement with what that wing writes itself: a
// list of a million rows and the stays of a whole city are never carried through the program. Columns and what happens to a
// row that is there already are said here alone.

const LISTED = `evidence, source, import_id, proposal_id, entered_by, approved_by, workplace_index, workplace_encrypted, zone_id, contact_person_id`

/**
 * Findings of a list, for persons who are known.
 * @param from gives person_id, category, anchor_at, evidence, source, import_id, proposal_id, entered_by, approved_by,
 *   workplace_index, workplace_encrypted, zone_id, contact_person_id, in this order; a row that is there already stays
 */
export const insertListedFindings = (from: string): string =>
  `insert into findings (person_id, category, anchor_at, ${LISTED}) ${from} on conflict do nothing`

/** The same for documents of people who have not registered: document_index in place of person_id. */
export const insertWaitingFindings = (from: string): string =>
  `insert into unclaimed_findings (document_index, category, anchor_at, ${LISTED}) ${from} on conflict do nothing`

/**
 * Findings of declared stays. One that is there moves to a later anchor while it stands.
 * @param from gives person_id, category, anchor_at, evidence, source, details (with `stayId`), created_at
 */
export const insertStayFindings = (from: string): string =>
  `insert into findings as f (person_id, category, anchor_at, evidence, source, details, created_at) ${from}
  on conflict (person_id, category, (details ->> 'stayId')) where details ? 'stayId' do update set anchor_at = excluded.anchor_at
    where f.anchor_at < excluded.anchor_at and f.ended_at is null and f.withdrawn_at is null
  returning finding_id, person_id, category, anchor_at, details`

/**
 * Findings of the contacts of a case, by one proposal.
 * @param from gives person_id, category, anchor_at, evidence, source, case_id, proposal_id, entered_by, approved_by,
 *   contact_person_id, in this order; a row that is there already stays
 */
export const insertCaseFindings = (from: string): string =>
  `insert into findings (person_id, category, anchor_at, evidence, source, case_id, proposal_id, entered_by, approved_by, contact_person_id)
   ${from} on conflict do nothing returning person_id`

/** What a list that ends findings says of one: when it ended, or that it never was. */
interface Ended {
  /** A table or query `r` with kind, at, evidence, row_number, and the condition that picks its rows and those of the table. */
  from: string
  where: string
  proposalId: string
}

/** Ends findings `f` that stand. @param at parameter of the instant at which one counts as withdrawn */
export const endListedFindings = ({ from, where, proposalId }: Ended, at: string): string =>
  `update findings f set lifted_by = ${proposalId}::bigint, end_evidence = r.evidence,
     ended_at = case when r.kind = 'ended' then r.at end, withdrawn_at = case when r.kind = 'withdrawn' then ${at}::timestamptz end
   from ${from} where ${where}`

/** Ends findings `u` that wait for their persons; gives the numbers of the rows that did. */
export const endWaitingFindings = ({ from, where, proposalId }: Ended): string =>
  `update unclaimed_findings u set ended_at = r.at, lifted_by = ${proposalId}::bigint, end_evidence = r.evidence
   from ${from} where r.kind = 'ended' and ${where} returning r.row_number`

/** Forgets findings `u` that wait and were never right; gives the numbers of the rows that did. */
export const forgetWaitingFindings = ({ from, where }: Omit<Ended, 'proposalId'>): string =>
  `delete from unclaimed_findings u using ${from} where r.kind = 'withdrawn' and ${where} returning r.row_number`

/**
 * Hands findings over to another list that says the same.
 * @param heirs lateral query: import_id, proposal_id, evidence, source of the list that inherits from row `f` or `u`
 */
export const handOverFindings = (what: 'registered' | 'waiting', heirs: string, where: string): string => {
  const { table, row, key } =
    what === 'registered'
      ? { table: 'findings', row: 'f', key: 'finding_id' }
      : { table: 'unclaimed_findings', row: 'u', key: 'unclaimed_id' }
  return `update ${table} made set import_id = h.import_id, proposal_id = h.proposal_id, evidence = h.evidence, source = h.source,
     entered_by = p.proposed_by, approved_by = p.decided_by
   from ${table} ${row} cross join lateral (${heirs}) h join proposals p on p.proposal_id = h.proposal_id
   where made.${key} = ${row}.${key} and ${where}`
}
