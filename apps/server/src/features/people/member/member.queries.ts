import type { Member, MemberRequest } from '@jiankangbao/contracts/member/schemas'
import type { Queryable, Transaction } from '../../../db/pool.ts'
import { PERSON_COLUMNS, type PersonRow } from '../person/identity.queries.ts'

export interface MemberRow extends PersonRow {
  member_id: string
  relation: Member['relation']
  added_at: Date
  colour: number | null
}

const SELECT = `select m.member_id, m.relation, m.added_at, s.colour, ${PERSON_COLUMNS}
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
  member_count: number
  has_person: boolean
}

/** The caller's person, how many members there are, and whether a person is one of them. */
export const findHousehold = async (
  db: Queryable,
  accountId: string,
  personId: string | undefined,
): Promise<Household | undefined> => {
  const { rows } = await db.query<Household>(
    `select a.person_id as own_person_id, p.name_masked as own_name_masked,
       (select count(*)::int from members m where m.account_id = a.account_id and m.removed_at is null) as member_count,
       exists (select from members m where m.account_id = a.account_id and m.person_id = $2::bigint and m.removed_at is null) as has_person
     from accounts a left join persons p on p.person_id = a.person_id where a.account_id = $1::bigint`,
    [accountId, personId ?? null],
  )
  return rows[0]
}

export const insertMember = async (
  tx: Transaction,
  member: Pick<MemberRequest, 'relation' | 'consentMeans' | 'requestId'> & {
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

/** Ends a membership; the person's id where it was in force. */
export const endMember = async (
  tx: Transaction,
  accountId: string,
  memberId: string,
  now: Date,
): Promise<string | undefined> => {
  const { rows } = await tx.query<{ person_id: string }>(
    `update members set removed_at = $3::timestamptz
     where member_id = $2::uuid and account_id = $1::bigint and removed_at is null returning person_id`,
    [accountId, memberId, now],
  )
  return rows[0]?.person_id
}

export const wasMember = async (db: Queryable, accountId: string, memberId: string): Promise<boolean> => {
  const { rowCount } = await db.query(
    `select from members where member_id = $2::uuid and account_id = $1::bigint`,
    [accountId, memberId],
  )
  return rowCount === 1
}
