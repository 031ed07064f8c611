import type { DocumentType } from '@jiankangbao/domain/written/document-types'
import { arrayLiteral } from '../../../db/array-literal.ts'
import type { Transaction } from '../../../db/pool.ts'

export interface FormerDocument {
  document_index: Buffer
  person_id: string
  document_type: DocumentType
  name_encrypted: Buffer
  document_number_encrypted: Buffer
  birth_on_encrypted: Buffer | null
  country: string | null
}

/** Documents that version 0.2.0 registered and nobody has read since; held until commit. */
export const holdFormerDocuments = async (tx: Transaction, limit: number): Promise<FormerDocument[]> =>
  (
    await tx.query<FormerDocument>(
      `select d.document_index, d.person_id, p.document_type, p.name_encrypted, p.document_number_encrypted, p.birth_on_encrypted, p.country
       from identity_documents d join persons p using (person_id)
       where d.document_type is null order by d.person_id limit $1::int for update of d skip locked`,
      [limit],
    )
  ).rows

/** Files what was read. A lifelong number that is another person's already stays theirs. */
export const fileFormerDocuments = async (
  tx: Transaction,
  read: (FormerDocument & { lifelong: Buffer; likeness: string | null })[],
): Promise<void> => {
  await tx.query(
    `with input as (
       select * from unnest($1::bytea[], $2::bytea[], $3::bigint[], $4::text[], $5::bigint[])
         as i(document_index, lifelong, person_id, document_type, likeness)
     ), filed as (
       insert into identity_documents (document_index, person_id, document_type, likeness)
       select lifelong, person_id, document_type, likeness from input where lifelong <> document_index order by lifelong
       on conflict (document_index) do nothing
     )
     update identity_documents d set document_type = i.document_type, likeness = i.likeness
     from input i where d.document_index = i.document_index`,
    [
      read.map((row) => row.document_index),
      read.map((row) => row.lifelong),
      arrayLiteral(read.map((row) => row.person_id)),
      read.map((row) => row.document_type),
      arrayLiteral(read.map((row) => row.likeness)),
    ],
  )
}

/** Persons of these documents whose lifelong number another person has, the one with the lower number first. */
export const listLifelongPairs = async (
  tx: Transaction,
  read: { person_id: string; lifelong: Buffer }[],
): Promise<{ firstPersonId: string; secondPersonId: string }[]> =>
  (
    await tx.query<{ first: string; second: string }>(
      `select distinct least(d.person_id, i.person_id) as first, greatest(d.person_id, i.person_id) as second
       from unnest($1::bytea[], $2::bigint[]) as i(lifelong, person_id)
       join identity_documents d on d.document_index = i.lifelong and d.person_id <> i.person_id`,
      [read.map((row) => row.lifelong), arrayLiteral(read.map((row) => row.person_id))],
    )
  ).rows.map((row) => ({ firstPersonId: row.first, secondPersonId: row.second }))
