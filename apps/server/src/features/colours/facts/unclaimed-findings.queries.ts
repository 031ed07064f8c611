import type { Queryable, Transaction } from '../../../db/pool.ts'

/**
 * Findings approved for a document before its person was known here; they become the person's own.
 * @returns the contacts on whom they hang
 */
export const claimFindings = async (
  tx: Transaction,
  personId: string,
  documentIndexes: Buffer[],
): Promise<string[]> =>
  (
    await tx.query<{ contact_person_id: string | null }>(
      `with taken as (delete from unclaimed_findings where document_index = any($2::bytea[]) returning *)
       insert into findings (person_id, category, anchor_at, evidence, source, proposal_id, import_id, entered_by, approved_by,
         ended_at, lifted_by, end_evidence, workplace_index, workplace_encrypted, zone_id, contact_person_id)
       select $1::bigint, category, anchor_at, evidence, source, proposal_id, import_id, entered_by, approved_by,
         ended_at, lifted_by, end_evidence, workplace_index, workplace_encrypted, zone_id, nullif(contact_person_id, $1::bigint)
       from taken
       on conflict do nothing returning contact_person_id`,
      [personId, documentIndexes],
    )
  ).rows.flatMap(({ contact_person_id }) => contact_person_id ?? [])

/** Documents with findings waiting whose person is here by now: registered in the very moment the list was applied. */
export const listClaimable = async (
  tx: Transaction,
  limit: number,
): Promise<{ personId: string; documentIndex: Buffer }[]> =>
  (
    await tx.query<{ person_id: string; document_index: Buffer }>(
      `select distinct d.person_id, d.document_index from unclaimed_findings u join identity_documents d using (document_index)
       order by d.person_id limit $1::int`,
      [limit],
    )
  ).rows.map((row) => ({ personId: row.person_id, documentIndex: row.document_index }))

export interface WaitingKind {
  category: string
  anchorAt: Date
}

/** What findings approved before say that still wait for their persons, each category and anchor once. */
export const listWaitingKinds = async (db: Queryable, approvedBefore: Date): Promise<WaitingKind[]> =>
  (
    await db.query<{ category: string; anchor_at: Date }>(
      `select distinct u.category, u.anchor_at from unclaimed_findings u join proposals p using (proposal_id)
       where p.decided_at < $1::timestamptz`,
      [approvedBefore],
    )
  ).rows.map((row) => ({ category: row.category, anchorAt: row.anchor_at }))

/** Forgets what was approved before one instant and is one of these kinds, and all approved before another. */
export const purgeUnclaimed = async (
  db: Queryable,
  over: WaitingKind[],
  overBefore: Date,
  allBefore: Date,
): Promise<void> => {
  await db.query(
    `delete from unclaimed_findings u using proposals p
     where p.proposal_id = u.proposal_id and (p.decided_at < $4::timestamptz or (p.decided_at < $3::timestamptz
       and (u.category, u.anchor_at) in (select * from unnest($1::text[], $2::timestamptz[]))))`,
    [over.map((kind) => kind.category), over.map((kind) => kind.anchorAt), overBefore, allBefore],
  )
}
