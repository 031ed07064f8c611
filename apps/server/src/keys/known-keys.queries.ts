import type { Queryable, Transaction } from '../db/pool.ts'
import { inRow, type Place } from './encrypted-fields.ts'
import type { KeyFingerprint, KeyKind } from './key-fingerprints.ts'

/** One at a time decides which keys this database has. */
export const lockKeys = async (tx: Transaction): Promise<void> => {
  await tx.query(`select pg_advisory_xact_lock(hashtext('jiankangbao keys'))`)
}

export const listKnownKeys = async (db: Queryable): Promise<KeyFingerprint[]> => {
  const { rows } = await db.query<{
    kind: KeyKind
    key_id: number
    fingerprint: Buffer
    used_from: Date | null
  }>('select kind, key_id, fingerprint, used_from from key_fingerprints order by kind, key_id')
  return rows.map((row) => ({
    kind: row.kind,
    keyId: row.key_id,
    fingerprint: row.fingerprint,
    ...(row.used_from && { usedFrom: row.used_from }),
  }))
}

export const insertKnownKeys = async (tx: Transaction, keys: KeyFingerprint[]): Promise<void> => {
  await tx.query(
    `insert into key_fingerprints (kind, key_id, fingerprint, used_from)
     select * from unnest($1::text[], $2::int[], $3::bytea[], $4::timestamptz[])`,
    [
      keys.map(({ kind }) => kind),
      keys.map(({ keyId }) => keyId),
      keys.map(({ fingerprint }) => fingerprint),
      keys.map(({ usedFrom }) => usedFrom ?? null),
    ],
  )
}

export interface EncryptedSample {
  value: Buffer
  place: Place
  /** The blind index that was stored with it. */
  phoneIndex: Buffer | null
}

/** The oldest values that were encrypted in this database; of operators only where there is nobody else. */
export const listEncryptedSamples = async (db: Queryable): Promise<EncryptedSample[]> => {
  const { rows } = await db.query<{
    value: Buffer
    field: 'accounts.phone' | 'persons.name' | 'operators.totp_secret'
    row: string
    phone_index: Buffer | null
  }>(
    `with accounts_first as (select account_id, phone_encrypted, phone_index from accounts order by account_id limit 3),
       persons_first as (select person_id, name_encrypted from persons order by person_id limit 3),
       operators_first as (select operator_id, totp_secret_encrypted from operators order by operator_id limit 3)
     select phone_encrypted as value, 'accounts.phone' as field, account_id::text as row, phone_index from accounts_first
     union all select name_encrypted, 'persons.name', person_id::text, null from persons_first
     union all select totp_secret_encrypted, 'operators.totp_secret', operator_id::text, null from operators_first
       where not exists (select from accounts_first) and not exists (select from persons_first)`,
  )
  return rows.map((row) => ({
    value: row.value,
    place: inRow(row.field, row.row),
    phoneIndex: row.phone_index,
  }))
}

export const hasSeals = async (db: Queryable): Promise<boolean> =>
  ((await db.query('select from audit_seals limit 1')).rowCount ?? 0) > 0
