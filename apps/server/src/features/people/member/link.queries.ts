import type { Holder } from '@jiankangbao/contracts/member/schemas'
import type { Queryable, Transaction } from '../../../db/pool.ts'
import type { LinkRow } from './consent.ts'

// Links between accounts and the persons they look after, from the side of the person.

/** The other accounts that look after a person without a phone of their own. */
export const listOtherHolders = async (
  db: Queryable,
  personId: string,
  accountId: string,
): Promise<{ account_id: string; name_masked: string; member_id: string }[]> =>
  (
    await db.query<{ account_id: string; name_masked: string; member_id: string }>(
      `select m.account_id, p.name_masked, m.member_id from members m join persons p using (person_id)
       where m.person_id = $1::bigint and m.account_id <> $2::bigint and m.removed_at is null
         and not exists (select from accounts a where a.person_id = m.person_id)`,
      [personId, accountId],
    )
  ).rows

export interface SubjectRow {
  person_id: string
  birth_on_encrypted: Buffer | null
  has_account: boolean
  /** Since when the caller holds them; null for the caller's own person. */
  held_since: Date | null
}

/** The caller's own person, or a member without an account of their own who agreed to be theirs. */
export const findSubject = async (
  db: Queryable,
  accountId: string,
  memberId: string | undefined,
): Promise<SubjectRow | undefined> =>
  (
    await db.query<SubjectRow>(
      `select p.person_id, p.birth_on_encrypted, x.held_since is null as has_account, x.held_since
       from (
         select a.person_id, null::timestamptz as held_since from accounts a where a.account_id = $1::bigint and $2::uuid is null
         union all
         select m.person_id, m.added_at from members m
         where m.account_id = $1::bigint and m.member_id = $2::uuid and m.removed_at is null
           and m.consent_means not in ('given_in_person', 'written')
           and not exists (select from accounts a where a.person_id = m.person_id)
       ) x join persons p on p.person_id = x.person_id`,
      [accountId, memberId ?? null],
    )
  ).rows[0]

export interface HolderRow extends LinkRow {
  member_id: string
  account_id: string
  person_id: string
  about_masked: string
  name_masked: string | null
  relation: Holder['relation']
  consent_means: Holder['consentMeans']
  added_at: Date
  removed_at: Date | null
}

const HOLDER = `select m.member_id, m.account_id, m.person_id, p.name_masked as about_masked, h.name_masked, m.relation, m.consent_means,
    m.added_at, m.removed_at, m.code_allowed_at, p.birth_on_encrypted,
    exists (select from accounts o where o.person_id = m.person_id) as has_account
  from members m join persons p on p.person_id = m.person_id join accounts a on a.account_id = m.account_id
  left join persons h on h.person_id = a.person_id`

/** Who looks after a person, first come first. */
export const listHolders = async (db: Queryable, personId: string): Promise<HolderRow[]> =>
  (
    await db.query<HolderRow>(
      `${HOLDER} where m.person_id = $1::bigint and m.removed_at is null order by m.added_at, m.member_id`,
      [personId],
    )
  ).rows

export interface LinkForCaller extends HolderRow {
  is_own_person: boolean
  /** Since when the caller holds the same person by a link that was agreed to. */
  held_since: Date | null
}

/** A link, in force or not, with what the caller is to its person; locked. */
export const lockLink = async (
  tx: Transaction,
  accountId: string,
  memberId: string,
): Promise<LinkForCaller | undefined> =>
  (
    await tx.query<LinkForCaller>(
      `select l.*, exists (select from accounts c where c.account_id = $1::bigint and c.person_id = l.person_id) as is_own_person,
         (select n.added_at from members n where n.account_id = $1::bigint and n.person_id = l.person_id
            and n.removed_at is null and n.consent_means not in ('given_in_person', 'written')) as held_since
       from (${HOLDER} where m.member_id = $2::uuid for update of m) l`,
      [accountId, memberId],
    )
  ).rows[0]

export const setCodeAllowed = async (tx: Transaction, memberId: string, at: Date | null): Promise<void> => {
  await tx.query(`update members set code_allowed_at = $2::timestamptz where member_id = $1::uuid`, [
    memberId,
    at,
  ])
}

/** Of somebody known here: whether they have a phone of their own, or a guardian other than this account. */
export const findGuarded = async (
  db: Queryable,
  personId: string,
  accountId: string,
): Promise<{ has_account: boolean; has_guardian: boolean; birth_on_encrypted: Buffer | null } | undefined> =>
  (
    await db.query<{ has_account: boolean; has_guardian: boolean; birth_on_encrypted: Buffer | null }>(
      `select exists (select from accounts a where a.person_id = p.person_id) as has_account, p.birth_on_encrypted,
         exists (select from members m where m.person_id = p.person_id and m.removed_at is null
           and m.consent_means = 'guardian' and m.account_id <> $2::bigint) as has_guardian
       from persons p where p.person_id = $1::bigint`,
      [personId, accountId],
    )
  ).rows[0]
