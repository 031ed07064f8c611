import type { OperatorRole } from '@jiankangbao/domain/vocabulary/people'
import type { Queryable, Transaction } from '../../../db/pool.ts'

export interface NewWall {
  wallId: string
  codeHash: Buffer
  keyHash: Buffer
  at: Date
  pairsUntil: Date
}

export const insertWall = async (db: Queryable, wall: NewWall): Promise<void> => {
  await db.query(
    `insert into board_walls (wall_id, code_hash, key_hash, begun_at, pairs_until, rotated_at)
     values ($1::uuid, $2::bytea, $3::bytea, $4::timestamptz, $5::timestamptz, $4::timestamptz)`,
    [wall.wallId, wall.codeHash, wall.keyHash, wall.at, wall.pairsUntil],
  )
}

/** The wall that shows a code, held until commit. */
export const lockByCode = async (
  tx: Transaction,
  codeHash: Buffer,
  now: Date,
): Promise<string | undefined> => {
  const { rows } = await tx.query<{ wall_id: string }>(
    `select wall_id from board_walls where code_hash = $1::bytea and pairs_until > $2::timestamptz and ended_at is null for update`,
    [codeHash, now],
  )
  return rows[0]?.wall_id
}

export const setPaired = async (
  tx: Transaction,
  wallId: string,
  by: { name: string; divisionCode: string; operatorId: string; at: Date },
): Promise<void> => {
  await tx.query(
    `update board_walls set code_hash = null, name = $2::text, division_code = $3::text, paired_by = $4::bigint, paired_at = $5::timestamptz
     where wall_id = $1::uuid`,
    [wallId, by.name, by.divisionCode, by.operatorId, by.at],
  )
}

export interface WallRow {
  wall_id: string
  name: string | null
  division_code: string | null
  division_name: string | null
  paired_at: Date | null
  pairs_until: Date
  rotated_at: Date
  seen_at: Date | null
  ended_at: Date | null
  is_next: boolean
  /** Of whoever paired it. */
  maker_name: string | null
  maker_active: boolean | null
  maker_roles: OperatorRole[] | null
  maker_division: string | null
}

const WALL = (
  isNext: string,
): string => `select w.wall_id, w.name, w.division_code, d.name as division_name, w.paired_at,
    w.pairs_until, w.rotated_at, w.seen_at, w.ended_at, ${isNext} as is_next,
    o.display_name as maker_name, o.active as maker_active, o.roles as maker_roles, o.division_code as maker_division
  from board_walls w left join divisions d on d.code = w.division_code left join operators o on o.operator_id = w.paired_by`

/** By the key that it uses, or by the next one that it was given. */
export const findByKey = async (db: Queryable, keyHash: Buffer): Promise<WallRow | undefined> => {
  const { rows } = await db.query<WallRow>(
    `${WALL('w.next_key_hash = $1::bytea')} where w.key_hash = $1::bytea or w.next_key_hash = $1::bytea`,
    [keyHash],
  )
  return rows[0]
}

export const listWalls = async (db: Queryable, divisionPrefix: string): Promise<WallRow[]> => {
  const { rows } = await db.query<WallRow>(
    `${WALL('false')} where w.paired_at is not null and w.division_code like $1::text || '%' order by w.paired_at desc limit 200`,
    [divisionPrefix],
  )
  return rows
}

/** The next key is in use: the one before opens nothing any more. */
export const takeNextKey = async (db: Queryable, keyHash: Buffer, at: Date): Promise<void> => {
  await db.query(
    `update board_walls set key_hash = next_key_hash, next_key_hash = null, rotated_at = $2::timestamptz where next_key_hash = $1::bytea`,
    [keyHash, at],
  )
}

export const offerNextKey = async (db: Queryable, wallId: string, nextKeyHash: Buffer): Promise<void> => {
  await db.query(`update board_walls set next_key_hash = $2::bytea where wall_id = $1::uuid`, [
    wallId,
    nextKeyHash,
  ])
}

export const noteSeen = async (db: Queryable, wallId: string, at: Date): Promise<void> => {
  await db.query(`update board_walls set seen_at = $2::timestamptz where wall_id = $1::uuid`, [wallId, at])
}

/** False where there is none in the division; one that ended before stays as it is. */
export const endWall = async (
  tx: Transaction,
  wallId: string,
  by: { divisionPrefix: string; operatorId: string; at: Date },
): Promise<'ended' | 'before' | undefined> => {
  const { rows } = await tx.query<{ ended_at: Date | null }>(
    `select ended_at from board_walls where wall_id = $1::uuid and paired_at is not null and division_code like $2::text || '%' for update`,
    [wallId, by.divisionPrefix],
  )
  if (!rows[0]) return undefined
  if (rows[0].ended_at) return 'before'
  await tx.query(
    `update board_walls set ended_at = $2::timestamptz, ended_by = $3::bigint, next_key_hash = null where wall_id = $1::uuid`,
    [wallId, by.at, by.operatorId],
  )
  return 'ended'
}

/** Never paired, and those that ended long ago. */
export const OLD_WALLS = `delete from board_walls where wall_id in (
  select wall_id from board_walls
  where paired_at is null and begun_at < $1::timestamptz - interval '1 hour' or ended_at < $1::timestamptz - interval '90 days'
  limit $2::int)`
