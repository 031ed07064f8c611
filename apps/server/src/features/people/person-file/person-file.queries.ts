import type { DocumentType } from '@jiankangbao/contracts/atoms'
import type { StatusReason } from '@jiankangbao/contracts/reasons'
import type { Queryable, Transaction } from '../../../db/pool.ts'

export interface PersonRow {
  person_id: string
  document_type: DocumentType
  name_encrypted: Buffer
  name_masked: string
  document_number_encrypted: Buffer
  account_id: string | null
  phone_encrypted: Buffer | null
  registered_at: Date
  colour: number | null
  reasons: StatusReason[] | null
  evaluated_at: Date | null
  next_change_at: Date | null
}

const PERSON = `select p.person_id, p.document_type, p.name_encrypted, p.name_masked, p.document_number_encrypted,
    a.account_id, case when a.number_left_at is null then a.phone_encrypted end as phone_encrypted,
    p.registered_at, s.colour, s.reasons, s.evaluated_at, s.next_change_at
  from persons p
  left join accounts a on a.person_id = p.person_id
  left join status_current s on s.person_id = p.person_id`

export const findPersonById = async (db: Queryable, personId: string): Promise<PersonRow | undefined> =>
  (await db.query<PersonRow>(`${PERSON} where p.person_id = $1::bigint`, [personId])).rows[0]

export const findPersonByDocument = async (
  db: Queryable,
  documentIndex: Buffer,
): Promise<PersonRow | undefined> =>
  (
    await db.query<PersonRow>(
      `${PERSON} where p.person_id = (
         select coalesce(u.kept_person_id, d.person_id) from identity_documents d left join person_unions u using (person_id)
         where d.document_index = $1::bytea)`,
      [documentIndex],
    )
  ).rows[0]

export const findPersonByPhone = async (db: Queryable, phoneIndex: Buffer): Promise<PersonRow | undefined> =>
  (await db.query<PersonRow>(`${PERSON} where a.phone_index = $1::bytea`, [phoneIndex])).rows[0]

/** The persons, as whoever opened one of them sees the others. */
export const listDocumentsOf = async (
  db: Queryable,
  personIds: string[],
): Promise<{ person_id: string; name_masked: string; document_type: DocumentType }[]> =>
  (
    await db.query<{ person_id: string; name_masked: string; document_type: DocumentType }>(
      'select person_id, name_masked, document_type from persons where person_id = any($1::bigint[]) order by person_id',
      [personIds],
    )
  ).rows

export interface FindingRow {
  finding_id: string
  category: string
  anchor_at: Date
  ended_at: Date | null
  end_evidence: string | null
  withdrawn_at: Date | null
  evidence: string
  source: string
  entered_by: string | null
  approved_by: string | null
  created_at: Date
  contact_person_id: string | null
  contact_name: string | null
  contact_positive_at: Date | null
  zone_name: string | null
}

/** Of all persons that are one human. */
export const listFindings = async (db: Queryable, personIds: string[]): Promise<FindingRow[]> =>
  (
    await db.query<FindingRow>(
      `select f.finding_id, f.category, f.anchor_at, f.ended_at, f.end_evidence, f.withdrawn_at, f.evidence, f.source,
         e.display_name as entered_by, a.display_name as approved_by, f.created_at,
         f.contact_person_id, c.name_masked as contact_name, (f.details ->> 'contactPositiveAt')::timestamptz as contact_positive_at,
         z.name as zone_name
       from findings f
       left join operators e on e.operator_id = f.entered_by
       left join operators a on a.operator_id = f.approved_by
       left join persons c on c.person_id = f.contact_person_id
       left join zones z on z.zone_id = f.zone_id
       where f.person_id = any($1::bigint[]) order by f.anchor_at desc limit 200`,
      [personIds],
    )
  ).rows

export interface ChangeRow {
  changed_at: Date
  from_colour: number | null
  to_colour: number
  cause: string
  reasons: { category: string }[]
}

export const listChanges = async (db: Queryable, personId: string): Promise<ChangeRow[]> =>
  (
    await db.query<ChangeRow>(
      `select changed_at, from_colour, to_colour, cause, reasons from status_changes where person_id = $1::bigint order by change_id desc limit 200`,
      [personId],
    )
  ).rows

/** Of these persons those for whom the log says that the list searched for them. */
export const findSearchedByList = async (
  tx: Transaction,
  importId: string,
  personIds: string[],
): Promise<Set<string>> => {
  const { rows } = await tx.query<{ object_id: string }>(
    `select distinct object_id from audit_entries
     where object_kind = 'person' and object_id = any($2::text[]) and action = 'person.console_search' and details ->> 'importId' = $1::text`,
    [importId, personIds],
  )
  return new Set(rows.map((row) => row.object_id))
}
