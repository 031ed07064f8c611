import type { Queryable } from '../../../db/pool.ts'

/** Whom an account looks after, and who has no account of their own. */
const LOOKED_AFTER = `members m join accounts a using (account_id)
  where m.removed_at is null and not exists (select from accounts own where own.person_id = m.person_id)`

/** Those whom the holder of a card or code looks after: children are swabbed with their parent's. */
export const listLookedAfter = async (
  db: Queryable,
  holderId: string,
): Promise<{ member_id: string; person_id: string; name_masked: string }[]> =>
  (
    await db.query<{ member_id: string; person_id: string; name_masked: string }>(
      `select m.member_id, p.person_id, p.name_masked from persons p join (select m.* from ${LOOKED_AFTER} and a.person_id = $1::bigint) m using (person_id)
       order by m.added_at limit 20`,
      [holderId],
    )
  ).rows

/** The document of a member, by the card or code of whoever looks after them; undefined where these do not belong together. */
export const findMemberDocument = async (
  db: Queryable,
  memberId: string,
  holder: { codeId: Buffer | null; documentIndex: Buffer | null },
): Promise<Buffer | undefined> =>
  (
    await db.query<{ document_index: Buffer }>(
      `select d.document_index from identity_documents d join (select m.* from ${LOOKED_AFTER} and m.member_id = $1::uuid
         and a.person_id in (select person_id from person_codes where code_id = $2::bytea and revoked_at is null
           union select person_id from identity_documents where document_index = $3::bytea)) m using (person_id)
       limit 1`,
      [memberId, holder.codeId, holder.documentIndex],
    )
  ).rows[0]?.document_index
