import type { Queryable, Transaction } from '../../../db/pool.ts'
import { takeIds } from '../../../db/take-ids.ts'

export interface PaperPerson {
  documentIndex: Buffer
  documentEncrypted: (paperId: string) => Buffer
  nameEncrypted: (paperId: string) => Buffer
  minutes: number
}

// Whoever is registered with a document, also after a union with another record.
const PERSON_OF = `(select coalesce(u.kept_person_id, d.person_id) from identity_documents d left join person_unions u using (person_id)
   where d.document_index = p.document_index)`

/** @returns of those that were not there yet, whether each is registered */
export const insertPaperPeople = async (
  tx: Transaction,
  list: { caseId: string; stayId: string; evidence: string; operatorId: string; at: Date },
  people: PaperPerson[],
): Promise<{ registered: boolean }[]> => {
  const paperIds = await takeIds(tx, 'case_paper_people', 'paper_id', people.length)
  const sealed = (field: 'documentEncrypted' | 'nameEncrypted') =>
    people.map((person, at) => person[field](paperIds[at] ?? ''))
  return (
    await tx.query<{ registered: boolean }>(
      `with added as (
         insert into case_paper_people (paper_id, case_id, stay_id, document_index, document_encrypted, name_encrypted, minutes, evidence, added_by, added_at)
         overriding system value
         select n.paper_id, $1::bigint, $2::bigint, n.document_index, n.document, n.name, n.minutes, $7::text, $8::bigint, $9::timestamptz
         from unnest($10::bigint[], $3::bytea[], $4::bytea[], $5::bytea[], $6::int[]) n(paper_id, document_index, document, name, minutes)
         on conflict (stay_id, document_index) do nothing returning document_index)
       select ${PERSON_OF} is not null as registered from added p`,
      [
        list.caseId,
        list.stayId,
        people.map(({ documentIndex }) => documentIndex),
        sealed('documentEncrypted'),
        sealed('nameEncrypted'),
        people.map(({ minutes }) => minutes),
        list.evidence,
        list.operatorId,
        list.at,
        paperIds,
      ],
    )
  ).rows
}

export interface OnPaperRow {
  stay_id: string
  minutes: number
  /** Of whoever is registered by now. */
  person_id: string | null
}

export const listOnPaper = async (db: Queryable, caseId: string): Promise<OnPaperRow[]> =>
  (
    await db.query<OnPaperRow>(
      `select p.stay_id, p.minutes, ${PERSON_OF} as person_id from case_paper_people p where p.case_id = $1::bigint`,
      [caseId],
    )
  ).rows
