import type { Queryable, Transaction } from '../../../db/pool.ts'
import {
  type HistoryRow,
  type HistorySeal,
  STREAM_NAMES,
  STREAMS,
  type StreamName,
} from './history-streams.ts'
import { VERSIONED } from './versioned-rows.ts'

const getVersioned = (kind: string) => {
  const found = VERSIONED[kind]
  if (!found) throw new Error(`no versions are kept of ${kind}`)
  return found
}

/** The highest id that was ever handed out in each stream, or '0'. */
export const readLastIds = async (db: Queryable): Promise<Record<StreamName, string>> => {
  const { rows } = await db.query<{ stream: StreamName; last_id: string }>(
    STREAM_NAMES.map(
      (stream) =>
        `select '${stream}' as stream, case when is_called then last_value else 0 end::text as last_id from ${STREAMS[stream].sequenceName}`,
    ).join(' union all '),
  )
  return Object.fromEntries(rows.map((row) => [row.stream, row.last_id])) as Record<StreamName, string>
}

/** In order of their ids, with `afterId < id <= throughId`. */
export const listHistoryRows = async (
  db: Queryable,
  stream: StreamName,
  range: { afterId: string; throughId: string },
  limit: number,
): Promise<HistoryRow[]> => {
  const { id, fields } = STREAMS[stream]
  const { rows } = await db.query<HistoryRow>({
    name: `list-history-${stream}`,
    text: `select array[${fields.join(', ')}] as fields from ${stream} where ${id} > $1::bigint and ${id} <= $2::bigint order by ${stream}.${id} limit $3::int`,
    values: [range.afterId, range.throughId, limit],
  })
  return rows
}

interface SealRow {
  stream: StreamName
  sequence: string
  from_id: string
  to_id: string
  row_count: number
  leaves: Buffer
  previous_hash: Buffer
  sealed_at: Date
}

const COLUMNS = 'stream, sequence, from_id, to_id, row_count, leaves, previous_hash, sealed_at'

const toSeal = (row: SealRow): HistorySeal => ({
  stream: row.stream,
  sequence: row.sequence,
  fromId: row.from_id,
  toId: row.to_id,
  rowCount: row.row_count,
  leaves: row.leaves,
  previousHash: row.previous_hash,
  sealedAt: row.sealed_at,
})

export const findLastHistorySeal = async (
  db: Queryable,
  stream: StreamName,
): Promise<HistorySeal | undefined> => {
  const { rows } = await db.query<SealRow>(
    `select ${COLUMNS} from history_seals where stream = $1::text order by sequence desc limit 1`,
    [stream],
  )
  return rows[0] && toSeal(rows[0])
}

/** In order, from the given one on. */
export const listHistorySeals = async (
  db: Queryable,
  stream: StreamName,
  fromSequence: string,
  limit: number,
): Promise<HistorySeal[]> => {
  const { rows } = await db.query<SealRow>(
    `select ${COLUMNS} from history_seals where stream = $1::text and sequence >= $2::bigint order by sequence limit $3::int`,
    [stream, fromSequence, limit],
  )
  return rows.map(toSeal)
}

export const insertHistorySeal = async (tx: Transaction, seal: HistorySeal): Promise<void> => {
  await tx.query(
    `insert into history_seals (${COLUMNS})
     values ($1::text, $2::bigint, $3::bigint, $4::bigint, $5::int, $6::bytea, $7::bytea, $8::timestamptz)`,
    [
      seal.stream,
      seal.sequence,
      seal.fromId,
      seal.toId,
      seal.rowCount,
      seal.leaves,
      seal.previousHash,
      seal.sealedAt,
    ],
  )
}

/** Kinds whose rows this role of the database may read: an outside witness may not read all of them. */
export const listReadableKinds = async (db: Queryable): Promise<string[]> => {
  const kinds = Object.keys(VERSIONED)
  const { rows } = await db.query<{ kind: string }>(
    `select kind from unnest($1::text[], $2::text[]) as k(kind, name) where has_table_privilege(name, 'select')`,
    [kinds, kinds.map((kind) => getVersioned(kind).table)],
  )
  return rows.map((row) => row.kind)
}

export interface VersionedRow {
  row_id: string
  content: string
  /** Null where the last version says that the row was deleted, or there is none. */
  digest: Buffer | null
  place: string[]
  /** It needs no version. */
  is_untouched: boolean
}

/** Rows after the given place in the order of their keys, with what their last version says of them. */
export const listVersionedRows = async (
  db: Queryable,
  kind: string,
  after: string[] | undefined,
  limit: number,
): Promise<VersionedRow[]> => {
  const { table, id, order, text, only = 'true', untouched = 'false' } = getVersioned(kind)
  const keys = order.map((column) => `r.${column}`).join(', ')
  const beyond = after ? `and (${keys}) > (${order.map((_, index) => `$${index + 2}`).join(', ')})` : ''
  const { rows } = await db.query<VersionedRow>(
    `select x.row_id, x.content, x.place, x.is_untouched, v.digest from (
       select ${id} as row_id, ${text} as content, array[${order.map((column) => `r.${column}::text`).join(', ')}] as place,
         ${untouched} as is_untouched, row_number() over (order by ${keys}) as n
       from ${table} r where ${only} ${beyond} order by ${keys} limit $1::int) x
     left join lateral (select digest from row_versions where kind = '${kind}' and row_id = x.row_id order by version_id desc limit 1) v on true
     order by x.n`,
    [limit, ...(after ?? [])],
  )
  return rows
}

/** Rows that are gone although their last version does not say so. */
export const listLostRows = async (db: Queryable, kind: string, limit: number): Promise<string[]> => {
  const { table, id } = getVersioned(kind)
  const { rows } = await db.query<{ row_id: string }>(
    `select v.row_id from (
       select distinct on (row_id) row_id, digest from row_versions where kind = '${kind}' order by row_id, version_id desc) v
     where v.digest is not null and not exists (select from ${table} r where ${id} = v.row_id) order by v.row_id limit $1::int`,
    [limit],
  )
  return rows.map((row) => row.row_id)
}

export interface HandWritten {
  kind: string
  row_id: string
  written_by: string
}

/** Versions that another role than the server's wrote, after those that somebody accepted. */
export const listHandWritten = async (
  db: Queryable,
  afterId: string,
  limit: number,
): Promise<HandWritten[]> => {
  const { rows } = await db.query<HandWritten>(
    `select kind, row_id, written_by from row_versions
     where written_by not in ('jkb_app', 'migration') and version_id > $1::bigint order by version_id limit $2::int`,
    [afterId, limit],
  )
  return rows
}

/** Persons whose colour is not the one that their history ends with. */
export const listDifferingStatus = async (db: Queryable, limit: number): Promise<string[]> => {
  const { rows } = await db.query<{ person_id: string }>(
    `select s.person_id::text from status_current s
     left join lateral (select to_colour from status_changes c where c.person_id = s.person_id order by change_id desc limit 1) c on true
     where c.to_colour is distinct from s.colour limit $1::int`,
    [limit],
  )
  return rows.map((row) => row.person_id)
}
