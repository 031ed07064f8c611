import type { Member, MemberRequest } from '@jiankangbao/contracts/member/schemas'
import type { Queryable, Transaction } from '../../../db/pool.ts'
import { PERSON_COLUMNS, type PersonRow } from '../person/identity.queries.ts'
import type { LinkRow } from './consent.ts'

export interface MemberRow extends PersonRow, LinkRow {
  member_id: string
  relation: Member['relation']
  consent_means: Member['consentMeans']
  added_at: Date
  colour: number | null
}

const SELECT = `select m.member_id, m.relation, m.consent_means, m.code_allowed_at, m.added_at, s.colour,
    exists (select from accounts a where a.person_id = m.person_id) as has_account, ${PERSON_COLUMNS}
  from members m join persons p on p.person_id = m.person_id left join status_current s on s.person_id = m.person_id`

export const listMembers = async (db: Queryable, accountId: string): Promise<MemberRow[]> => {
  const { rows } = await db.query<MemberRow>({
    name: 'list-members',
    text: `${SELECT} where m.account_id = $1::bigint and m.removed_at is null order by m.added_at, m.member_id`,
    values: [accountId],
  })
  return rows
}

/** The member made by this request before, removed or not. */
export const findMemberOfRequest = async (
  db: Queryable,
  accountId: string,
  requestId: string,
): Promise<MemberRow | undefined> => {
  const { rows } = await db.query<MemberRow>(
    `${SELECT} where m.account_id = $1::bigint and m.request_id = $2::uuid`,
    [accountId, requestId],
  )
  return rows[0]
}

export interface Household {
  own_person_id: string | null
  own_name_masked: string | null
  own_birth_encrypted: Buffer | null
  member_count: number
  /** Agreed to, not only written down before people were asked. */
  has_person: boolean
}

/** The caller's person, how many members there are, and whether a person is one of them. */
export const findHousehold = async (
  db: Queryable,
  accountId: string,
  personId: string | undefined,
): Promise<Household | undefined> => {
  const { rows } = await db.query<Household>(
    `select a.person_id as own_person_id, p.name_masked as own_name_masked, p.birth_on_encrypted as own_birth_encrypted,
       (select count(*)::int from members m where m.account_id = a.account_id and m.removed_at is null) as member_count,
       exists (select from members m where m.account_id = a.account_id and m.person_id = $2::bigint and m.removed_at is null
         and m.consent_means not in ('given_in_person', 'written')) as has_person
     from accounts a left join persons p on p.person_id = a.person_id where a.account_id = $1::bigint`,
    [accountId, personId ?? null],
  )
  return rows[0]
}

/** Ends what was written down of a person before anybody was asked: they agreed now. */
export const endEarlierMember = async (
  tx: Transaction,
  accountId: string,
  personId: string,
  now: Date,
): Promise<void> => {
  await tx.query(
    `update members set removed_at = $3::timestamptz where account_id = $1::bigint and person_id = $2::bigint
       and removed_at is null and consent_means in ('given_in_person', 'written')`,
    [accountId, personId, now],
  )
}

export const insertMember = async (
  tx: Transaction,
  member: Pick<MemberRequest, 'relation' | 'requestId'> & {
    consentMeans: MemberRequest['consentMeans'] | 'office'
    memberId: string
    accountId: string
    personId: string
    addedAt: Date
  },
): Promise<void> => {
  await tx.query(
    `insert into members (member_id, account_id, person_id, relation, consent_means, added_at, request_id)
     values ($1::uuid, $2::bigint, $3::bigint, $4::text, $5::text, $6::timestamptz, $7::uuid)`,
    [
      member.memberId,
      member.accountId,
      member.personId,
      member.relation,
      member.consentMeans,
      member.addedAt,
      member.requestId,
    ],
  )
}

/** One link of the account, in force or not, with what it showed; locked. */
export const lockMember = async (
  tx: Transaction,
  accountId: string,
  memberId: string,
): Promise<(LinkRow & { person_id: string; removed_at: Date | null }) | undefined> =>
  (
    await tx.query<LinkRow & { person_id: string; removed_at: Date | null }>(
      `select m.person_id, m.removed_at, m.consent_means, m.code_allowed_at, p.birth_on_encrypted,
         exists (select from accounts a where a.person_id = m.person_id) as has_account
       from members m join persons p using (person_id)
       where m.member_id = $2::uuid and m.account_id = $1::bigint for update of m`,
      [accountId, memberId],
    )
  ).rows[0]

export const endMember = async (tx: Transaction, memberId: string, now: Date): Promise<void> => {
  await tx.query(`update members set removed_at = $2::timestamptz where member_id = $1::uuid`, [
    memberId,
    now,
  ])
}
