import type { ServiceScope } from '@jiankangbao/domain/vocabulary/services'
import type { Queryable, Transaction } from '../../../db/pool.ts'

export interface GrantRow {
  grant_id: string
  account_id: string
  person_id: string
  service_key: string
  scopes: ServiceScope[]
  granted_at: Date
  expires_at: Date
  redeemed_at: Date | null
}

const GRANT = `select grant_id, account_id, person_id, service_key, scopes, granted_at, expires_at, redeemed_at from service_grants`

/** @returns false where the same request made one before */
export const insertGrant = async (
  tx: Transaction,
  grant: Omit<GrantRow, 'redeemed_at'> & { requestId: string },
): Promise<boolean> =>
  (
    await tx.query(
      `insert into service_grants (grant_id, account_id, person_id, service_key, scopes, granted_at, expires_at, request_id)
       values ($1::uuid, $2::bigint, $3::bigint, $4::text, $5::text[], $6::timestamptz, $7::timestamptz, $8::uuid)
       on conflict (account_id, request_id) do nothing`,
      [
        grant.grant_id,
        grant.account_id,
        grant.person_id,
        grant.service_key,
        grant.scopes,
        grant.granted_at,
        grant.expires_at,
        grant.requestId,
      ],
    )
  ).rowCount === 1

export const findGrantOfRequest = async (
  db: Queryable,
  accountId: string,
  requestId: string,
): Promise<GrantRow | undefined> =>
  (
    await db.query<GrantRow>(`${GRANT} where account_id = $1::bigint and request_id = $2::uuid`, [
      accountId,
      requestId,
    ])
  ).rows[0]

export const listGrants = async (db: Queryable, accountId: string, limit: number): Promise<GrantRow[]> =>
  (
    await db.query<GrantRow>(
      `${GRANT} where account_id = $1::bigint order by granted_at desc limit $2::int`,
      [accountId, limit],
    )
  ).rows

/** Uses a grant up; of two that come together one gets it. */
export const redeemGrant = async (
  tx: Transaction,
  grantId: string,
  serviceKey: string,
  now: Date,
): Promise<GrantRow | undefined> =>
  (
    await tx.query<GrantRow>(
      `update service_grants set redeemed_at = $3::timestamptz
       where grant_id = $1::uuid and service_key = $2::text and redeemed_at is null and expires_at > $3::timestamptz
       returning grant_id, account_id, person_id, service_key, scopes, granted_at, expires_at, redeemed_at`,
      [grantId, serviceKey, now],
    )
  ).rows[0]

export interface PersonalRow {
  person_id: string
  name_encrypted: Buffer
  document_number_encrypted: Buffer
  phone_encrypted: Buffer
}

/** The person, as far as the account is still theirs. */
export const findPersonal = async (
  db: Queryable,
  accountId: string,
  personId: string,
): Promise<PersonalRow | undefined> =>
  (
    await db.query<PersonalRow>(
      `select p.person_id, p.name_encrypted, p.document_number_encrypted, a.phone_encrypted
       from accounts a join persons p on p.person_id = a.person_id
       where a.account_id = $1::bigint and p.person_id = $2::bigint`,
      [accountId, personId],
    )
  ).rows[0]

/** The person of an account, undefined before registration. */
export const findPersonOfAccount = async (db: Queryable, accountId: string): Promise<string | undefined> =>
  (
    await db.query<{ person_id: string | null }>(
      'select person_id from accounts where account_id = $1::bigint',
      [accountId],
    )
  ).rows[0]?.person_id ?? undefined

export const OLD_GRANTS = `delete from service_grants where grant_id in (
  select grant_id from service_grants where granted_at < $1::timestamptz - interval '180 days' limit $2::int)`
