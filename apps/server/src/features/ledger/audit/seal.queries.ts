import type { Queryable, Transaction } from '../../../db/pool.ts'
import type { EntryText, SealBody } from './canonical.ts'

export type Seal = SealBody & { signature: Buffer }

interface SealRow {
  sequence: string
  from_id: string
  to_id: string
  entry_count: number
  entries_hash: Buffer
  previous_hash: Buffer
  sealed_at: Date
  key_id: number
  signature: Buffer
}

const SEAL_COLUMNS = `sequence, from_id, to_id, entry_count, entries_hash, previous_hash, sealed_at, key_id, signature`

const toSeal = (row: SealRow): Seal => ({
  sequence: row.sequence,
  fromId: row.from_id,
  toId: row.to_id,
  entryCount: row.entry_count,
  entriesHash: row.entries_hash,
  previousHash: row.previous_hash,
  sealedAt: row.sealed_at,
  keyId: row.key_id,
  signature: row.signature,
})

export const findLastSeal = async (db: Queryable): Promise<Seal | undefined> => {
  const { rows } = await db.query<SealRow>(
    `select ${SEAL_COLUMNS} from audit_seals order by sequence desc limit 1`,
  )
  return rows[0] && toSeal(rows[0])
}

/** In order, from the given one on. */
export const listSeals = async (db: Queryable, fromSequence: string, limit: number): Promise<Seal[]> => {
  const { rows } = await db.query<SealRow>(
    `select ${SEAL_COLUMNS} from audit_seals where sequence >= $1::bigint order by sequence limit $2::int`,
    [fromSequence, limit],
  )
  return rows.map(toSeal)
}

/** Every column of an entry as text, the same whatever the session's settings. */
export const ENTRY_COLUMNS = `audit_id::text, extract(epoch from occurred_at)::text as occurred_at, actor_kind, actor_id, action, object_kind,
  object_id, purpose, details::text, request_id`

/** In order of their ids, with `afterId < audit_id <= throughId`. */
export const listEntryTexts = async (
  db: Queryable,
  afterId: string,
  throughId: string,
  limit: number,
): Promise<EntryText[]> => {
  const { rows } = await db.query<EntryText>({
    name: 'list-audit-entry-texts',
    text: `select ${ENTRY_COLUMNS} from audit_entries where audit_id > $1::bigint and audit_id <= $2::bigint order by audit_entries.audit_id limit $3::int`,
    values: [afterId, throughId, limit],
  })
  return rows
}

/** Only one process seals or purges at a time; held to the end of the transaction. */
export const lockSeals = async (tx: Transaction): Promise<void> => {
  await tx.query(`select pg_advisory_xact_lock(hashtext('jiankangbao audit seals'))`)
}

/** The highest id that was ever handed out, or '0'. */
export const readLastAuditId = async (db: Queryable): Promise<string> => {
  const { rows } = await db.query<{ last_id: string }>(
    `select case when is_called then last_value else 0 end::text as last_id from audit_entries_audit_id_seq`,
  )
  return rows[0]?.last_id ?? '0'
}

/** A transaction id of our own: higher than that of anybody who had one before. */
export const takeTransactionId = async (db: Queryable): Promise<string> => {
  const { rows } = await db.query<{ xid: string }>(`select pg_current_xact_id()::text as xid`)
  return rows[0]?.xid ?? '0'
}

/** True once every transaction with a lower id is over. */
export const isOldest = async (db: Queryable, transactionId: string): Promise<boolean> => {
  const { rows } = await db.query<{ over: boolean }>(
    `select pg_snapshot_xmin(pg_current_snapshot()) >= $1::text::xid8 as over`,
    [transactionId],
  )
  return rows[0]?.over ?? false
}

export const insertSeal = async (tx: Transaction, seal: Seal, leaves: Buffer): Promise<void> => {
  await tx.query(
    `insert into audit_seals (${SEAL_COLUMNS})
     values ($1::bigint, $2::bigint, $3::bigint, $4::int, $5::bytea, $6::bytea, $7::timestamptz, $8::int, $9::bytea)`,
    [
      seal.sequence,
      seal.fromId,
      seal.toId,
      seal.entryCount,
      seal.entriesHash,
      seal.previousHash,
      seal.sealedAt,
      seal.keyId,
      seal.signature,
    ],
  )
  await tx.query(`insert into audit_seal_leaves (sequence, leaves) values ($1::bigint, $2::bytea)`, [
    seal.sequence,
    leaves,
  ])
}

export const findLeaves = async (db: Queryable, sequence: string): Promise<Buffer | undefined> => {
  const { rows } = await db.query<{ leaves: Buffer }>(
    `select leaves from audit_seal_leaves where sequence = $1::bigint`,
    [sequence],
  )
  return rows[0]?.leaves
}

export interface Backlog {
  entries: number
  oldestAt: Date | null
}

/** Entries not yet sealed, counted up to a bound; the age of the oldest. */
export const readBacklog = async (db: Queryable, upTo: number): Promise<Backlog> => {
  const { rows } = await db.query<{ entries: number; oldest_at: Date | null }>(
    `select count(*)::int as entries, min(occurred_at) as oldest_at from (
       select occurred_at from audit_entries
       where audit_id > coalesce((select to_id from audit_seals order by sequence desc limit 1), 0)
       order by audit_id limit $1::int) e`,
    [upTo],
  )
  return { entries: rows[0]?.entries ?? 0, oldestAt: rows[0]?.oldest_at ?? null }
}

export interface PurgedRange {
  first_sequence: string
  last_sequence: string
  last_id: string
  removed: string
}

/** Deletes the entries of whole seals that are older than `before`; undefined where there are none. */
export const purgeSealedEntries = async (
  tx: Transaction,
  before: Date,
  maxSeals: number,
): Promise<PurgedRange | undefined> =>
  (
    await tx.query<PurgedRange>(
      `select first_sequence, last_sequence, last_id, removed from purge_sealed_audit_entries($1::timestamptz, $2::int)`,
      [before, maxSeals],
    )
  ).rows[0]

export const findSeal = async (db: Queryable, sequence: string): Promise<Seal | undefined> => {
  const [seal] = await listSeals(db, sequence, 1)
  return seal?.sequence === sequence ? seal : undefined
}

export const countSeals = async (db: Queryable, fromSequence: string): Promise<number> => {
  const { rows } = await db.query<{ seals: number }>(
    `select count(*)::int as seals from audit_seals where sequence >= $1::bigint`,
    [fromSequence],
  )
  return rows[0]?.seals ?? 0
}
