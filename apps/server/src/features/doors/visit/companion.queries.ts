import type { VenueFace, VisitResult } from '@jiankangbao/contracts/visit/schemas'
import type { Queryable, Transaction } from '../../../db/pool.ts'

export interface NamedCompanion {
  companionRequestId: string
  accountId: string
  requestId: string
  ordinal: number
  personId: string
  codeId: string
  askedAt: Date
  expiresAt: Date
}

/** Writes down that a scan named somebody. Undefined where the same place of the same scan was written before. */
export const insertNamed = async (
  tx: Transaction,
  named: NamedCompanion,
): Promise<{ point_id: number; place: string } | undefined> =>
  (
    await tx.query<{ point_id: number; place: string }>(
      `with written as (
         insert into companion_requests (companion_request_id, account_id, request_id, ordinal, person_id, venue_code_id, asked_at, expires_at)
         values ($1::uuid, $2::bigint, $3::uuid, $4::smallint, $5::bigint, $6::text, $7::timestamptz, $8::timestamptz)
         on conflict (account_id, request_id, ordinal) do nothing returning venue_code_id
       )
       select pt.point_id, v.name as place from written w join venue_codes c on c.code_id = w.venue_code_id
       join venue_points pt using (point_id) join venues v using (venue_id)`,
      [
        named.companionRequestId,
        named.accountId,
        named.requestId,
        named.ordinal,
        named.personId,
        named.codeId,
        named.askedAt,
        named.expiresAt,
      ],
    )
  ).rows[0]

export interface AskedRow extends VenueFace {
  companion_request_id: string
  account_id: string
  code_id: string
  asked_at: Date
  expires_at: Date
  asker_person_id: string
  asker_name_encrypted: Buffer
  answer: 'confirmed' | 'refused' | null
}

const ASKED = `select r.companion_request_id, r.account_id, r.venue_code_id as code_id, r.asked_at, r.expires_at, r.answer,
    p.person_id as asker_person_id, p.name_encrypted as asker_name_encrypted, v.name, pt.name as point, v.kind
  from companion_requests r join accounts mine on mine.account_id = $1::bigint and mine.person_id = r.person_id
  join accounts a on a.account_id = r.account_id join persons p on p.person_id = a.person_id
  join venue_codes c on c.code_id = r.venue_code_id join venue_points pt using (point_id) join venues v using (venue_id)`

/** What the caller is asked and has not answered, newest first. */
export const listAsked = async (db: Queryable, accountId: string, now: Date): Promise<AskedRow[]> =>
  (
    await db.query<AskedRow>(
      `${ASKED} where r.answer is null and r.expires_at > $2::timestamptz order by r.asked_at desc limit 20`,
      [accountId, now],
    )
  ).rows

export const findAsked = async (
  db: Queryable,
  accountId: string,
  companionRequestId: string,
): Promise<AskedRow | undefined> =>
  (
    await db.query<AskedRow>(`${ASKED} where r.companion_request_id = $2::uuid`, [
      accountId,
      companionRequestId,
    ])
  ).rows[0]

/** The first answer counts; false where there was one before. */
export const answerAsked = async (
  tx: Transaction,
  companionRequestId: string,
  answer: 'confirmed' | 'refused',
  result: VisitResult | null,
  at: Date,
): Promise<boolean> =>
  (
    await tx.query(
      `update companion_requests set answer = $2::text, answered_at = $3::timestamptz, result = $4::jsonb
       where companion_request_id = $1::uuid and answer is null`,
      [companionRequestId, answer, at, result && JSON.stringify(result)],
    )
  ).rowCount === 1

/** What the companions of a scan of the caller answered so far. */
export const listAnswers = async (
  db: Queryable,
  accountId: string,
  requestId: string,
): Promise<{ ordinal: number; result: VisitResult }[]> =>
  (
    await db.query<{ ordinal: number; result: VisitResult }>(
      `select ordinal, result from companion_requests
       where account_id = $1::bigint and request_id = $2::uuid and result is not null order by ordinal`,
      [accountId, requestId],
    )
  ).rows
