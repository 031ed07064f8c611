import type { Relation } from '@jiankangbao/contracts/member/schemas'
import type { FamilyAnswer } from '@jiankangbao/domain/vocabulary/people'
import type { Queryable, Transaction } from '../../../db/pool.ts'

export interface RequestRow {
  family_request_id: string
  account_id: string
  asker_person_id: string
  document_index: Buffer
  identity_encrypted: Buffer
  relation: Relation
  created_at: Date
  expires_at: Date
  request_id: string
  answer: FamilyAnswer | null
  answered_by: string | null
}

const COLUMNS = `r.family_request_id, r.account_id, r.asker_person_id, r.document_index, r.identity_encrypted, r.relation, r.created_at,
  r.expires_at, r.request_id, r.answer, r.answered_by`

export const insertRequest = async (
  tx: Transaction,
  request: Omit<RequestRow, 'answer' | 'answered_by'> & { is_minor: boolean },
): Promise<void> => {
  await tx.query(
    `insert into family_requests (family_request_id, account_id, asker_person_id, document_index, identity_encrypted, relation,
       is_minor, created_at, expires_at, request_id)
     values ($1::uuid, $2::bigint, $3::bigint, $4::bytea, $5::bytea, $6::text, $7::boolean, $8::timestamptz, $9::timestamptz, $10::uuid)`,
    [
      request.family_request_id,
      request.account_id,
      request.asker_person_id,
      request.document_index,
      request.identity_encrypted,
      request.relation,
      request.is_minor,
      request.created_at,
      request.expires_at,
      request.request_id,
    ],
  )
}

export const findRequest = async (db: Queryable, familyRequestId: string): Promise<RequestRow | undefined> =>
  (
    await db.query<RequestRow>(
      `select ${COLUMNS} from family_requests r where r.family_request_id = $1::uuid`,
      [familyRequestId],
    )
  ).rows[0]

export const findRequestOfRequestId = async (
  db: Queryable,
  accountId: string,
  requestId: string,
): Promise<RequestRow | undefined> =>
  (
    await db.query<RequestRow>(
      `select ${COLUMNS} from family_requests r where r.account_id = $1::bigint and r.request_id = $2::uuid`,
      [accountId, requestId],
    )
  ).rows[0]

// Refused and reported look like waiting to whoever asked: an answer would say that the person is here.
const STANDS = `r.answer is distinct from 'agreed' and r.withdrawn_at is null`

/** What the account asked and has no word of yet, oldest first. */
export const listWaiting = async (db: Queryable, accountId: string, now: Date): Promise<RequestRow[]> =>
  (
    await db.query<RequestRow>(
      `select ${COLUMNS} from family_requests r
       where r.account_id = $1::bigint and ${STANDS} and r.expires_at > $2::timestamptz order by r.created_at, r.family_request_id`,
      [accountId, now],
    )
  ).rows

export interface ReceivedRow extends RequestRow {
  asker_name_encrypted: Buffer
  about_masked: string
  person_id: string
  is_own: boolean
  has_account: boolean
}

const isGuardian = (link: string) => `${link}.removed_at is null and ${link}.consent_means = 'guardian'`

// Of the caller's own person, or of a child whose guardian the caller is. A child with a phone of their own is asked
// once a guardian who is there agreed. Whoever was reported asks this person in vain.
const RECEIVED = `
select ${COLUMNS}, asker.name_encrypted as asker_name_encrypted, p.name_masked as about_masked, s.person_id, s.is_own,
  exists (select from accounts o where o.person_id = s.person_id) as has_account
from (
  select a.person_id, true as is_own from accounts a where a.account_id = $1::bigint and a.person_id is not null
  union all
  select m.person_id, false from members m where m.account_id = $1::bigint and ${isGuardian('m')}
) s
join identity_documents d on d.person_id = s.person_id
join family_requests r on r.document_index = d.document_index and r.answer is null and r.withdrawn_at is null and r.expires_at > $2::timestamptz
  and r.account_id <> $1::bigint
join accounts k on k.account_id = r.account_id and k.person_id = r.asker_person_id
join persons asker on asker.person_id = r.asker_person_id
join persons p on p.person_id = s.person_id
where case when s.is_own
    then not r.is_minor or r.guardian_agreed_at is not null
      or not exists (select from members g where g.person_id = s.person_id and ${isGuardian('g')} and g.account_id <> r.account_id)
    else r.is_minor and r.guardian_agreed_at is null end
  and not exists (select from family_requests b
    where b.document_index = r.document_index and b.account_id = r.account_id and b.answer = 'reported')`

/** What the caller has to answer, oldest first. */
export const listReceived = async (db: Queryable, accountId: string, now: Date): Promise<ReceivedRow[]> =>
  (
    await db.query<ReceivedRow>(`${RECEIVED} order by r.created_at, r.family_request_id limit 50`, [
      accountId,
      now,
    ])
  ).rows

export const findReceived = async (
  db: Queryable,
  accountId: string,
  now: Date,
  familyRequestId: string,
): Promise<ReceivedRow | undefined> =>
  (
    await db.query<ReceivedRow>(`${RECEIVED} and r.family_request_id = $3::uuid`, [
      accountId,
      now,
      familyRequestId,
    ])
  ).rows[0]

/** The accounts that the request is for now. */
export const listAsked = async (db: Queryable, familyRequestId: string, now: Date): Promise<string[]> => {
  const { rows } = await db.query<{ account_id: string }>(
    `with asked as (
       select r.family_request_id, r.account_id as asker, d.person_id from family_requests r join identity_documents d using (document_index)
       where r.family_request_id = $1::uuid
     ), candidates as (
       select a.account_id from asked join accounts a using (person_id)
       union
       select m.account_id from asked join members m using (person_id) where ${isGuardian('m')} and m.account_id <> asked.asker
     )
     select c.account_id from candidates c
     where exists (select from (${RECEIVED.replaceAll('$1::bigint', 'c.account_id')}) x where x.family_request_id = $1::uuid)`,
    [familyRequestId, now],
  )
  return rows.map((row) => row.account_id)
}

export const markGuardianAgreed = async (
  tx: Transaction,
  familyRequestId: string,
  at: Date,
): Promise<void> => {
  await tx.query(
    `update family_requests set guardian_agreed_at = $2::timestamptz where family_request_id = $1::uuid`,
    [familyRequestId, at],
  )
}

export const answerRequest = async (
  tx: Transaction,
  familyRequestId: string,
  { answer, by, at }: { answer: FamilyAnswer; by: string; at: Date },
): Promise<void> => {
  await tx.query(
    `update family_requests set answer = $2::text, answered_by = $3::bigint, answered_at = $4::timestamptz
     where family_request_id = $1::uuid and answer is null`,
    [familyRequestId, answer, by, at],
  )
}

/** Takes back what an account asked, whatever was answered; false where there is nothing of theirs that stands. */
export const withdrawRequest = async (
  tx: Transaction,
  accountId: string,
  familyRequestId: string,
  at: Date,
): Promise<boolean> =>
  (
    await tx.query(
      `update family_requests r set withdrawn_at = $3::timestamptz
       where r.account_id = $1::bigint and r.family_request_id = $2::uuid and ${STANDS}`,
      [accountId, familyRequestId, at],
    )
  ).rowCount === 1

/** The same for everything that the account asked somebody who is in the family by now. */
export const withdrawRequestsOf = async (
  tx: Transaction,
  accountId: string,
  documentIndex: Buffer,
  at: Date,
): Promise<void> => {
  await tx.query(
    `update family_requests r set withdrawn_at = $3::timestamptz
     where r.account_id = $1::bigint and r.document_index = $2::bytea and ${STANDS}`,
    [accountId, documentIndex, at],
  )
}

/** How many people reported what an account asked them. */
export const countReports = async (db: Queryable, accountId: string): Promise<number> =>
  (
    await db.query<{ n: number }>(
      `select count(distinct document_index)::int as n from family_requests where account_id = $1::bigint and answer = 'reported'`,
      [accountId],
    )
  ).rows[0]?.n ?? 0
