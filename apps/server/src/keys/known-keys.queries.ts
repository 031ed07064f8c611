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
    awaits_word: boolean
    is_retired: boolean
  }>(
    // By name out of the row: before `jkb db migrate` the last column is not there yet.
    `select kind, key_id, fingerprint, nullif(used_from, 'infinity') as used_from, coalesce(used_from = 'infinity', false) as awaits_word,
       to_jsonb(k) ->> 'retired_at' is not null as is_retired from key_fingerprints k order by kind, key_id`,
  )
  return rows.map((row) => ({
    kind: row.kind,
    keyId: row.key_id,
    fingerprint: row.fingerprint,
    ...(row.used_from && { usedFrom: row.used_from }),
    ...(row.awaits_word && { awaitsWord: true }),
    ...(row.is_retired && { isRetired: true }),
  }))
}

export const insertKnownKeys = async (tx: Transaction, keys: KeyFingerprint[]): Promise<void> => {
  await tx.query(
    `insert into key_fingerprints (kind, key_id, fingerprint, used_from)
     select k.kind, k.key_id, k.fingerprint, case when k.awaits_word then 'infinity' else k.used_from end
     from unnest($1::text[], $2::int[], $3::bytea[], $4::timestamptz[], $5::boolean[]) as k(kind, key_id, fingerprint, used_from, awaits_word)`,
    [
      keys.map(({ kind }) => kind),
      keys.map(({ keyId }) => keyId),
      keys.map(({ fingerprint }) => fingerprint),
      keys.map(({ usedFrom }) => usedFrom ?? null),
      keys.map(({ awaitsWord }) => awaitsWord === true),
    ],
  )
}

/** Every process holds the key: it is used from now on. */
export const takeUpKey = async (tx: Transaction, kind: KeyKind, keyId: number, at: Date): Promise<void> => {
  await tx.query(
    `update key_fingerprints set used_from = $3::timestamptz where kind = $1::text and key_id = $2::int and used_from = 'infinity'`,
    [kind, keyId, at],
  )
}

export const retireKey = async (tx: Transaction, kind: KeyKind, keyId: number, at: Date): Promise<void> => {
  await tx.query(
    `update key_fingerprints set retired_at = coalesce(retired_at, $3::timestamptz) where kind = $1::text and key_id = $2::int`,
    [kind, keyId, at],
  )
}

export interface Holder {
  processId: string
  serverId: string
  held: string[]
  writesWith: string[]
}

export const tellHolder = async (db: Queryable, holder: Holder): Promise<void> => {
  await db.query(
    `insert into key_holders as h (process_id, server_id, held, writes_with, seen_at)
     values ($1::uuid, $2::uuid, $3::text[], $4::text[], clock_timestamp())
     on conflict (process_id) do update set held = excluded.held, writes_with = excluded.writes_with, seen_at = excluded.seen_at`,
    [holder.processId, holder.serverId, holder.held, holder.writesWith],
  )
}

export const forgetHolder = async (db: Queryable, processId: string): Promise<void> => {
  await db.query(
    `delete from key_holders where process_id = $1::uuid or seen_at < now() - interval '1 day'`,
    [processId],
  )
}

/** Processes that told of themselves within so many seconds. */
export const listHolders = async (db: Queryable, withinSeconds: number): Promise<Holder[]> => {
  const { rows } = await db.query<Holder>(
    `select process_id as "processId", server_id as "serverId", held, writes_with as "writesWith" from key_holders
     where seen_at > clock_timestamp() - make_interval(secs => $1::int) order by server_id, process_id`,
    [withinSeconds],
  )
  return rows
}

/** Servers that are there and tell nothing of their keys: their program is older. */
export const listSilentServers = async (db: Queryable, withinSeconds: number): Promise<string[]> => {
  const { rows } = await db.query<{ server_id: string }>(
    `select w.server_id from database_witnesses w
     where w.marked_at > clock_timestamp() - make_interval(secs => $1::int) and not exists (
       select from key_holders h where h.server_id = w.server_id and h.seen_at > clock_timestamp() - interval '1 day')
     order by w.server_id`,
    [withinSeconds],
  )
  return rows.map((row) => row.server_id)
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
