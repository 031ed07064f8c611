import type { Queryable, Transaction } from '../../../db/pool.ts'
import { PERSON_COLUMNS, type PersonRow } from './identity.queries.ts'

export interface OwnAccountRow {
  phone_encrypted: Buffer
  consent_version: string | null
  consented_at: Date | null
}

/** An account with its person, if it has registered. */
export const findOwnAccount = async (
  db: Queryable,
  accountId: string,
): Promise<(OwnAccountRow & { person: PersonRow | undefined }) | undefined> => {
  const { rows } = await db.query<OwnAccountRow & PersonRow>({
    name: 'find-own-account',
    text: `select a.phone_encrypted, a.consent_version, a.consented_at, ${PERSON_COLUMNS}
      from accounts a left join persons p on p.person_id = a.person_id where a.account_id = $1::bigint`,
    values: [accountId],
  })
  const row = rows[0]
  return row && { ...row, person: row.person_id ? row : undefined }
}

export const holdPerson = async (
  tx: Transaction,
  accountId: string,
  personId: string,
  consentVersion: string,
  now: Date,
): Promise<void> => {
  await tx.query(
    `update accounts set person_id = $2::bigint, consent_version = $3::text, consented_at = $4::timestamptz
     where account_id = $1::bigint`,
    [accountId, personId, consentVersion, now],
  )
}

export const releasePerson = async (tx: Transaction, accountId: string): Promise<void> => {
  await tx.query(
    `update accounts set person_id = null, consent_version = null, consented_at = null where account_id = $1::bigint`,
    [accountId],
  )
}

/** The members go along with the person who looks after them; those the other account has already end here. */
export const moveMembers = async (
  tx: Transaction,
  fromAccountId: string,
  toAccountId: string,
  now: Date,
): Promise<void> => {
  await tx.query(
    `update members m set account_id = $2::bigint
     where m.account_id = $1::bigint and m.removed_at is null and not exists (
       select from members n where n.account_id = $2::bigint
         and (n.request_id = m.request_id or (n.person_id = m.person_id and n.removed_at is null)))`,
    [fromAccountId, toAccountId],
  )
  await tx.query(
    `update members set removed_at = $2::timestamptz where account_id = $1::bigint and removed_at is null`,
    [fromAccountId, now],
  )
}

/** Nobody is a member of their own account. */
export const endOwnMembership = async (
  tx: Transaction,
  accountId: string,
  personId: string,
  now: Date,
): Promise<void> => {
  await tx.query(
    `update members set removed_at = $3::timestamptz
     where account_id = $1::bigint and person_id = $2::bigint and removed_at is null`,
    [accountId, personId, now],
  )
}

/** Whether the registration of this person by this account with this face check took the identity over. */
export const wasTakenOver = async (
  db: Queryable,
  accountId: string,
  personId: string,
  faceCheckId: string,
): Promise<boolean> => {
  const { rowCount } = await db.query(
    `select from audit_entries where object_kind = 'person' and object_id = $2::text
       and action = 'person.taken_over' and actor_id = $1::text and details ->> 'faceCheckId' = $3::text limit 1`,
    [accountId, personId, faceCheckId],
  )
  return rowCount === 1
}
