import type { DocumentType } from '@jiankangbao/domain/written/document-types'
import type { Queryable, Transaction } from '../../../db/pool.ts'
import { takeId } from '../../../db/take-ids.ts'

export interface PersonRow {
  person_id: string
  document_type: DocumentType
  name_masked: string
  document_number_encrypted: Buffer
  birth_on_encrypted: Buffer | null
  paper_code_granted_at: Date | null
}

/** Columns of a PersonRow, of a table aliased `p`. */
export const PERSON_COLUMNS =
  'p.person_id, p.document_type, p.name_masked, p.document_number_encrypted, p.birth_on_encrypted, p.paper_code_granted_at'

/** Whoever registers or adds the same identity waits here until the one before has committed. */
export const lockIdentity = async (tx: Transaction, documentIndex: Buffer): Promise<void> => {
  await tx.query(`select pg_advisory_xact_lock(3, hashtext(encode($1::bytea, 'hex')))`, [documentIndex])
}

/** The person of a document, by its index or by one of those under which an earlier issue is kept. */
export const findPersonByDocument = async (
  db: Queryable,
  documentIndex: Buffer,
  issueIndexes: Buffer[] = [],
): Promise<{ personId: string; nameEncrypted: Buffer } | undefined> => {
  const { rows } = await db.query<{ person_id: string; name_encrypted: Buffer }>(
    `select p.person_id, p.name_encrypted from identity_documents d join persons p using (person_id)
     where d.document_index = $1::bytea or d.document_index = any($2::bytea[])
     order by d.document_index = $1::bytea desc, d.person_id limit 1`,
    [documentIndex, issueIndexes],
  )
  const row = rows[0]
  return row && { personId: row.person_id, nameEncrypted: row.name_encrypted }
}

export const findBirth = async (db: Queryable, personId: string): Promise<Buffer | undefined> =>
  (
    await db.query<{ birth_on_encrypted: Buffer | null }>(
      `select birth_on_encrypted from persons where person_id = $1::bigint`,
      [personId],
    )
  ).rows[0]?.birth_on_encrypted ?? undefined

export interface NewPerson {
  documentIndex: Buffer
  documentType: string
  nameEncrypted: Buffer
  nameMasked: string
  documentNumberEncrypted: Buffer
  birthOnEncrypted: Buffer | null
  country: string | null
  likeness: string | null
  registeredAt: Date
}

export const takePersonId = (tx: Transaction): Promise<string> => takeId(tx, 'persons', 'person_id')

/** Inserts a person with its identity document; call it under `lockIdentity`. */
export const insertPerson = async (tx: Transaction, personId: string, person: NewPerson): Promise<void> => {
  await tx.query(
    `with person as (
       insert into persons (person_id, document_type, name_encrypted, name_masked, document_number_encrypted, birth_on_encrypted, country, registered_at)
       overriding system value
       values ($10::bigint, $2::text, $3::bytea, $4::text, $5::bytea, $6::bytea, $7::text, $8::timestamptz) returning person_id)
     insert into identity_documents (document_index, person_id, document_type, likeness)
     select $1::bytea, person_id, $2::text, $9::bigint from person`,
    [
      person.documentIndex,
      person.documentType,
      person.nameEncrypted,
      person.nameMasked,
      person.documentNumberEncrypted,
      person.birthOnEncrypted,
      person.country,
      person.registeredAt,
      person.likeness,
      personId,
    ],
  )
}

/** Who was seen just now: the name as it is by now, and the number of the latest issue. */
export const updateSeen = async (
  tx: Transaction,
  personId: string,
  seen: Pick<
    NewPerson,
    'documentIndex' | 'documentType' | 'nameEncrypted' | 'nameMasked' | 'documentNumberEncrypted' | 'likeness'
  >,
): Promise<void> => {
  await tx.query(
    `update persons set name_encrypted = $2::bytea, name_masked = $3::text,
       document_number_encrypted = case when document_type = $4::text then $5::bytea else document_number_encrypted end
     where person_id = $1::bigint`,
    [personId, seen.nameEncrypted, seen.nameMasked, seen.documentType, seen.documentNumberEncrypted],
  )
  await tx.query(
    `insert into identity_documents (document_index, person_id, document_type, likeness)
     values ($2::bytea, $1::bigint, $3::text, $4::bigint)
     on conflict (document_index) do update set document_type = excluded.document_type, likeness = excluded.likeness`,
    [personId, seen.documentIndex, seen.documentType, seen.likeness],
  )
}

export interface LockedAccount {
  account_id: string
  person_id: string | null
  phone_encrypted: Buffer
  /** The number is somebody else's by now. */
  number_left_at: Date | null
}

/** Locks an account and the one that holds a person, always in the order of their ids, so that nobody waits in a circle. */
export const lockAccounts = async (
  tx: Transaction,
  accountId: string,
  personId: string,
): Promise<{ own: LockedAccount; holder: LockedAccount | undefined }> => {
  const { rows } = await tx.query<LockedAccount>(
    `select account_id, person_id, phone_encrypted, number_left_at from accounts
     where account_id = $1::bigint or person_id = $2::bigint
     order by account_id for update`,
    [accountId, personId],
  )
  const own = rows.find((row) => row.account_id === accountId)
  if (!own) throw new Error('the account of a session is gone')
  return { own, holder: rows.find((row) => row.person_id === personId) }
}

/** @returns false where there is no such person */
export const grantPaperCode = async (tx: Transaction, personId: string, at: Date): Promise<boolean> =>
  ((
    await tx.query(
      `update persons set paper_code_granted_at = $2::timestamptz where person_id = $1::bigint`,
      [personId, at],
    )
  ).rowCount ?? 0) === 1

/** The document in use, with what it says. */
export interface PersonDocument {
  person_id: string
  document_type: DocumentType
  name_encrypted: Buffer
  document_number_encrypted: Buffer
  birth_on_encrypted: Buffer | null
  country: string | null
}

export const findPersonDocument = async (
  db: Queryable,
  personId: string,
): Promise<PersonDocument | undefined> =>
  (
    await db.query<PersonDocument>(
      `select person_id, document_type, name_encrypted, document_number_encrypted, birth_on_encrypted, country
       from persons where person_id = $1::bigint`,
      [personId],
    )
  ).rows[0]

/** Retires what was in use before the document of this index; they go on finding the person. */
export const retireDocuments = async (
  tx: Transaction,
  personId: string,
  nextIndex: Buffer,
  at: Date,
  numberFor: (documentIndex: Buffer) => Buffer,
): Promise<void> => {
  const { rows } = await tx.query<{ document_index: Buffer }>(
    `select document_index from identity_documents
     where person_id = $1::bigint and document_index <> $2::bytea and retired_at is null for update`,
    [personId, nextIndex],
  )
  for (const { document_index: index } of rows)
    await tx.query(
      `update identity_documents set retired_at = $2::timestamptz, number_encrypted = $3::bytea where document_index = $1::bytea`,
      [index, at, numberFor(index)],
    )
}

/** The document becomes the one in use. */
export const putDocument = async (tx: Transaction, personId: string, next: NewPerson): Promise<void> => {
  await tx.query(
    `insert into identity_documents (document_index, person_id, document_type, likeness)
     values ($2::bytea, $1::bigint, $3::text, $4::bigint)
     on conflict (document_index) do update set document_type = excluded.document_type, likeness = excluded.likeness,
       retired_at = null, number_encrypted = null`,
    [personId, next.documentIndex, next.documentType, next.likeness],
  )
  await tx.query(
    `update persons set document_type = $2::text, name_encrypted = $3::bytea, name_masked = $4::text, document_number_encrypted = $5::bytea,
       country = $6::text, birth_on_encrypted = coalesce($7::bytea, birth_on_encrypted) where person_id = $1::bigint`,
    [
      personId,
      next.documentType,
      next.nameEncrypted,
      next.nameMasked,
      next.documentNumberEncrypted,
      next.country,
      next.birthOnEncrypted,
    ],
  )
}
