import type { DocumentType } from '@jiankangbao/domain/identity/document'
import type { IdentityMatterCause } from '@jiankangbao/domain/vocabulary/people'
import type { Queryable, Transaction } from '../../../db/pool.ts'

/** Whoever files a document of this human waits here until the one before has committed: neither misses the other. */
export const lockLikeness = async (tx: Transaction, likeness: string): Promise<void> => {
  await tx.query(`select pg_advisory_xact_lock(4, ($1::bigint % 2147483647)::int)`, [likeness])
}

export interface LikePair {
  person_id: string
  document_type: DocumentType
  name_encrypted: Buffer
  other_id: string
  other_type: DocumentType
  other_name_encrypted: Buffer
}

/**
 * Persons whose documents have something in common with those of these persons, and of whom no office has said yet who is
 * who. Two resident numbers are two people.
 */
export const listLikePairs = async (db: Queryable, personIds: string[]): Promise<LikePair[]> =>
  (
    await db.query<LikePair>(
      `select distinct on (d.person_id, o.person_id) d.person_id, d.document_type, p.name_encrypted,
         o.person_id as other_id, o.document_type as other_type, q.name_encrypted as other_name_encrypted
       from identity_documents d
       join persons p on p.person_id = d.person_id
       join identity_documents o on o.likeness = d.likeness and o.person_id <> d.person_id
         and not (o.document_type = 'resident_id' and d.document_type = 'resident_id')
       join persons q on q.person_id = o.person_id
       where d.person_id = any($1::bigint[]) and d.likeness is not null
         and not exists (select from identity_matters m
           where (m.first_person_id, m.second_person_id) in ((d.person_id, o.person_id), (o.person_id, d.person_id)))
         and not exists (select from person_unions u join person_unions w using (kept_person_id)
           where u.person_id = d.person_id and w.person_id = o.person_id)
       order by d.person_id, o.person_id limit 1000`,
      [personIds],
    )
  ).rows

/** @returns the matter's number; undefined where these two have one already */
export const insertMatter = async (
  tx: Transaction,
  matter: {
    firstPersonId: string
    secondPersonId: string
    cause: IdentityMatterCause
    openedAt: Date
    dueAt: Date
  },
): Promise<string | undefined> =>
  (
    await tx.query<{ matter_id: string }>(
      `insert into identity_matters (first_person_id, second_person_id, cause, opened_at, due_at)
       select $1::bigint, $2::bigint, $3::text, $4::timestamptz, $5::timestamptz
       where not exists (select from identity_matters where first_person_id = $2::bigint and second_person_id = $1::bigint)
       on conflict do nothing returning matter_id`,
      [matter.firstPersonId, matter.secondPersonId, matter.cause, matter.openedAt, matter.dueAt],
    )
  ).rows[0]?.matter_id
