import type { Queryable, Transaction } from '../../../db/pool.ts'

export type RotatedKind = 'data' | 'token_secret'

export interface RotationRow {
  rotation_id: string
  kind: RotatedKind
  key_id: number
  is_leaked: boolean
  begun_at: Date
  taken_up_at: Date | null
  advanced_at: Date
  rounds: number
  found: number
  ended_at: Date | null
}

const COLUMNS =
  'rotation_id, kind, key_id, is_leaked, begun_at, taken_up_at, advanced_at, rounds, found, ended_at'

/** @returns undefined where one of its kind is under way */
export const insertRotation = async (
  tx: Transaction,
  { kind, keyId, isLeaked }: { kind: RotatedKind; keyId: number; isLeaked: boolean },
  now: Date,
): Promise<string | undefined> => {
  const { rows } = await tx.query<{ rotation_id: string }>(
    `insert into key_rotations (kind, key_id, is_leaked, begun_at, advanced_at)
     values ($1::text, $2::int, $3::boolean, $4::timestamptz, $4::timestamptz)
     on conflict (kind) where ended_at is null do nothing returning rotation_id`,
    [kind, keyId, isLeaked, now],
  )
  return rows[0]?.rotation_id
}

/** Those under way and nobody else's at this moment. */
export const lockRunning = async (tx: Transaction, kind: RotatedKind): Promise<RotationRow | undefined> => {
  const { rows } = await tx.query<RotationRow>(
    `select ${COLUMNS} from key_rotations where kind = $1::text and ended_at is null for update skip locked`,
    [kind],
  )
  return rows[0]
}

export const isRunning = async (db: Queryable, kind: RotatedKind): Promise<boolean> =>
  ((await db.query('select from key_rotations where kind = $1::text and ended_at is null', [kind]))
    .rowCount ?? 0) > 0

export const setTakenUp = async (tx: Transaction, rotationId: string, now: Date): Promise<void> => {
  await tx.query(
    'update key_rotations set taken_up_at = $2::timestamptz, advanced_at = $2::timestamptz where rotation_id = $1::bigint',
    [rotationId, now],
  )
}

export const setEnded = async (tx: Transaction, rotationId: string, now: Date): Promise<void> => {
  await tx.query(
    'update key_rotations set ended_at = $2::timestamptz, advanced_at = $2::timestamptz where rotation_id = $1::bigint',
    [rotationId, now],
  )
}

export const hasTable = async (tx: Transaction, rotationId: string, table: string): Promise<boolean> =>
  ((
    await tx.query(
      'select from key_rotation_tables where rotation_id = $1::bigint and table_name = $2::text',
      [rotationId, table],
    )
  ).rowCount ?? 0) > 0

export const insertTable = async (
  tx: Transaction,
  rotationId: string,
  table: string,
  total: number,
): Promise<void> => {
  await tx.query(
    'insert into key_rotation_tables (rotation_id, table_name, rows_total) values ($1::bigint, $2::text, $3::bigint)',
    [rotationId, table, total],
  )
}

export interface TableRow {
  table_name: string
  position: string[] | null
}

export const findNextTable = async (tx: Transaction, rotationId: string): Promise<TableRow | undefined> => {
  const { rows } = await tx.query<TableRow>(
    `select table_name, position from key_rotation_tables where rotation_id = $1::bigint and not is_through
     order by position is null, table_name limit 1`,
    [rotationId],
  )
  return rows[0]
}

interface Advance {
  rotationId: string
  table: string
  position: string[] | undefined
  isThrough: boolean
  /** Rows that were written anew in the first round, which its bar counts. */
  counted: number
  found: number
}

export const advance = async (tx: Transaction, advanced: Advance, now: Date): Promise<void> => {
  const { rotationId, table, position, isThrough, counted, found } = advanced
  await tx.query(
    `update key_rotation_tables set position = coalesce($3::text[], position), is_through = $4::boolean,
       rows_done = least(rows_total, rows_done + $5::int) where rotation_id = $1::bigint and table_name = $2::text`,
    [rotationId, table, position ?? null, isThrough, counted],
  )
  await tx.query(
    'update key_rotations set advanced_at = $2::timestamptz, found = found + $3::int where rotation_id = $1::bigint',
    [rotationId, now, found],
  )
}

/** All tables once more from their beginning. */
export const beginRound = async (tx: Transaction, rotationId: string, now: Date): Promise<void> => {
  await tx.query('delete from key_rotation_left where rotation_id = $1::bigint', [rotationId])
  await tx.query(
    'update key_rotation_tables set position = null, is_through = false where rotation_id = $1::bigint',
    [rotationId],
  )
  await tx.query(
    'update key_rotations set rounds = rounds + 1, found = 0, advanced_at = $2::timestamptz where rotation_id = $1::bigint',
    [rotationId, now],
  )
}

export type LeftWhy = 'unreadable' | 'altered' | 'by_hand'
export interface LeftValue {
  field: string
  row: string
  why: LeftWhy
}

export const insertLeft = async (
  tx: Transaction,
  rotationId: string,
  left: readonly LeftValue[],
  now: Date,
): Promise<void> => {
  if (left.length === 0) return
  await tx.query(
    `insert into key_rotation_left (rotation_id, field, row_key, why, found_at)
     select $1::bigint, f, r, w, $5::timestamptz from unnest($2::text[], $3::text[], $4::text[]) as l(f, r, w)
     on conflict do nothing`,
    [rotationId, left.map(({ field }) => field), left.map(({ row }) => row), left.map(({ why }) => why), now],
  )
}

export const listLeft = async (db: Queryable, rotationId: string, limit: number): Promise<LeftValue[]> => {
  const { rows } = await db.query<LeftValue>(
    `select field, row_key as row, why from key_rotation_left where rotation_id = $1::bigint order by field, row_key limit $2::int`,
    [rotationId, limit],
  )
  return rows
}

export interface ProgressRow extends RotationRow {
  rows_total: string
  rows_done: string
  left_values: string
}

/** Those under way and the last that ended, newest first. */
export const listProgress = async (db: Queryable, limit: number): Promise<ProgressRow[]> => {
  const { rows } = await db.query<ProgressRow>(
    `select ${COLUMNS}, coalesce(t.rows_total, 0) as rows_total, coalesce(t.rows_done, 0) as rows_done,
       (select count(*) from key_rotation_left l where l.rotation_id = k.rotation_id) as left_values
     from key_rotations k left join lateral (
       select sum(rows_total) as rows_total, sum(rows_done) as rows_done from key_rotation_tables x
       where x.rotation_id = k.rotation_id) t on true
     order by k.ended_at is not null, k.begun_at desc limit $1::int`,
    [limit],
  )
  return rows
}
