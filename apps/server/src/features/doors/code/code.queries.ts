import type { StatusReason } from '@jiankangbao/contracts/reasons'
import type { Queryable, Transaction } from '../../../db/pool.ts'
import type { LinkRow } from '../../people/member/consent.ts'

export interface PassInput {
  personId: string
  /** Numeric code proposed for this display; different within a batch. */
  digits: number
}

export interface PassRow {
  code_id: Buffer | null
  /** The old phone of this identity objected: nobody is shown the code. */
  held_at: Date | null
  name_masked: string
  colour: number | null
  reasons: StatusReason[] | null
  evaluated_at: Date | null
  next_change_at: Date | null
  latest_test_at: Date | null
  latest_test_negative: boolean | null
  numeric_issued: boolean
}

// Reads the colour and lays down the numeric code of each display in one statement. numeric_codes is unlogged, so this
// commit writes no WAL; a code that is still somebody else's is left alone and proposed anew.
export const ISSUE_PASSES = `
with input as (
  select * from unnest($1::int[], $2::bigint[], $3::int[]) as i(ordinal, person_id, digits)
), issued as (
  insert into numeric_codes as n (digits, person_id, expires_at)
  select digits, person_id, $5::timestamptz from input
  on conflict (digits) do update set person_id = excluded.person_id, expires_at = excluded.expires_at, used_at = null
  where n.expires_at < $4::timestamptz
  returning digits
)
select c.code_id, c.held_at, p.name_masked, s.colour, s.reasons, s.evaluated_at, s.next_change_at, s.latest_test_at,
  s.latest_test_negative, d.digits is not null as numeric_issued
from input i
join persons p on p.person_id = i.person_id
left join person_codes c on c.person_id = i.person_id and c.kind = 'live' and c.revoked_at is null
left join status_current s on s.person_id = i.person_id
left join issued d on d.digits = i.digits
order by i.ordinal`

/** One row per input, in order, with the numeric codes valid until `expiresAt`. */
export const issuePasses = async (
  db: Queryable,
  inputs: PassInput[],
  now: Date,
  expiresAt: Date,
): Promise<PassRow[]> => {
  const { rows } = await db.query<PassRow>({
    name: 'issue-passes',
    text: ISSUE_PASSES,
    values: [
      inputs.map((_, ordinal) => ordinal),
      inputs.map((i) => i.personId),
      inputs.map((i) => i.digits),
      now,
      expiresAt,
    ],
  })
  return rows
}

/** Puts a code in force; where another process was first, theirs stays. */
export const insertCode = async (
  db: Queryable,
  code: {
    codeId: Buffer
    personId: string
    kind: 'live' | 'paper'
    issuedAt: Date
    requestId: string | null
    /** The link by which a paper code is handed out. */
    memberId?: string | undefined
  },
): Promise<boolean> => {
  const { rowCount } = await db.query(
    `insert into person_codes (code_id, person_id, kind, issued_at, request_id, member_id)
     values ($1::bytea, $2::bigint, $3::text, $4::timestamptz, $5::uuid, $6::uuid) on conflict do nothing`,
    [code.codeId, code.personId, code.kind, code.issuedAt, code.requestId, code.memberId ?? null],
  )
  return rowCount === 1
}

export const revokeCode = async (
  db: Queryable,
  personId: string,
  kind: 'live' | 'paper',
  reason: 'reported_lost' | 'replaced' | 'link_ended' | 'objected',
  now: Date,
): Promise<boolean> => {
  const { rowCount } = await db.query(
    `update person_codes set revoked_at = $4::timestamptz, revoked_reason = $3::text
     where person_id = $1::bigint and kind = $2::text and revoked_at is null`,
    [personId, kind, reason, now],
  )
  return (rowCount ?? 0) > 0
}

/** Takes the place of the live code. Where a display made a new code a moment ago, that new code is the one that is held. */
export const insertHeldCode = async (
  tx: Transaction,
  code: { codeId: Buffer; personId: string; now: Date },
): Promise<void> => {
  await tx.query(
    `insert into person_codes (code_id, person_id, kind, issued_at, held_at)
     values ($1::bytea, $2::bigint, 'live', $3::timestamptz, $3::timestamptz)
     on conflict (person_id, kind) where revoked_at is null do update set code_id = excluded.code_id, held_at = excluded.held_at`,
    [code.codeId, code.personId, code.now],
  )
}

/** Ends the paper code that was handed out by a link. */
export const revokeCodesOfLink = async (db: Queryable, memberId: string, now: Date): Promise<void> => {
  await db.query(
    `update person_codes set revoked_at = $2::timestamptz, revoked_reason = 'link_ended'
     where member_id = $1::uuid and revoked_at is null`,
    [memberId, now],
  )
}

/** Ends the digits that stand for a person now; they live a minute. */
export const endNumericCodes = async (db: Queryable, personId: string): Promise<void> => {
  await db.query(`delete from numeric_codes where person_id = $1::bigint`, [personId])
}

/** The code made by this request before, whether or not it is still in force. */
export const findCodeOfRequest = async (db: Queryable, personId: string, requestId: string) => {
  const { rows } = await db.query<{
    code_id: Buffer
    issued_at: Date
    kind: string
    revoked_at: Date | null
  }>(
    `select code_id, issued_at, kind, revoked_at from person_codes where person_id = $1::bigint and request_id = $2::uuid`,
    [personId, requestId],
  )
  return rows[0]
}

export interface HolderRow {
  person_id: string
  name_masked: string
  birth_on_encrypted: Buffer | null
  paper_code_granted_at: Date | null
  /** Of the link; null for the account's own person. */
  consent_means: LinkRow['consent_means'] | null
  code_allowed_at: Date | null
  has_account: boolean
}

const HOLDER = 'select p.person_id, p.name_masked, p.birth_on_encrypted, p.paper_code_granted_at'

/** The account's own person (no member given) or one of its members' persons. */
export const findHolder = async (
  db: Queryable,
  accountId: string,
  memberId: string | undefined,
): Promise<HolderRow | undefined> => {
  const { rows } = await db.query<HolderRow>(
    memberId === undefined
      ? `${HOLDER}, null as consent_means, null as code_allowed_at, true as has_account
         from accounts a join persons p using (person_id) where a.account_id = $1::bigint and $2::uuid is null`
      : `${HOLDER}, m.consent_means, m.code_allowed_at, exists (select from accounts o where o.person_id = m.person_id) as has_account
         from members m join persons p using (person_id)
         where m.member_id = $2::uuid and m.account_id = $1::bigint and m.removed_at is null`,
    [accountId, memberId ?? null],
  )
  return rows[0]
}
