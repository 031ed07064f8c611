import type { Absence } from '@jiankangbao/domain/vocabulary/people'
import type { DocumentType } from '@jiankangbao/domain/written/document-types'
import type { Queryable } from '../../../db/pool.ts'

export interface SideRow {
  document_type: DocumentType
  name_masked: string
  document_number_encrypted: Buffer
  country: string | null
  registered_at: Date
  colour: number | null
  absence: Absence | null
}

export const findSide = async (db: Queryable, personId: string): Promise<SideRow | undefined> =>
  (
    await db.query<SideRow>(
      `select p.document_type, p.name_masked, p.document_number_encrypted, p.country, p.registered_at, s.colour, a.state as absence
       from persons p left join status_current s using (person_id) left join person_absences a using (person_id)
       where p.person_id = $1::bigint`,
      [personId],
    )
  ).rows[0]

/** Documents that were replaced, newest first. */
export const listFormerDocuments = async (
  db: Queryable,
  personId: string,
): Promise<
  { document_index: Buffer; document_type: DocumentType; number_encrypted: Buffer; retired_at: Date }[]
> =>
  (
    await db.query<{
      document_index: Buffer
      document_type: DocumentType
      number_encrypted: Buffer
      retired_at: Date
    }>(
      `select document_index, document_type, number_encrypted, retired_at from identity_documents
       where person_id = $1::bigint and retired_at is not null and document_type is not null order by retired_at desc`,
      [personId],
    )
  ).rows
