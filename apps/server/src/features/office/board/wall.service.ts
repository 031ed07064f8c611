import { createHash, randomBytes, randomInt, randomUUID } from 'node:crypto'
import { boardReaders } from '@jiankangbao/contracts/access'
import type { Wall } from '@jiankangbao/contracts/board/schemas'
import type { Call } from '@jiankangbao/contracts/schemas'
import { divisionCovers, divisionPrefix } from '@jiankangbao/domain/division'
import { inTransaction } from '../../../db/pool.ts'
import { purgeInBatches } from '../../../db/purge-in-batches.ts'
import { AppError, fieldError } from '../../../http/app-error.ts'
import type { OperatorCaller } from '../../../http/caller.ts'
import { toAddressGroup } from '../../../http/client-address.ts'
import { takeFromLimit } from '../../../http/rate-limit.ts'
import { before, HOUR_MS, often, type RetentionOf } from '../../../metrics/retention.ts'
import type { Parts } from '../../../parts.ts'
import { writeAudit } from '../../ledger/audit/audit.service.ts'
import type { BoardService } from './board.service.ts'
import * as queries from './wall.queries.ts'

// A wall's life:  begun (shows a code) → paired by an operator → ended by one, or with the right of whoever paired it.
// Its key is no session and no token: no other route knows it.

const PAIRS_MS = 10 * 60_000
const ROTATES_MS = 12 * 3_600_000
const SEEN_MS = 60_000
const BEGUN_PER_HOUR = 30
const TRIES_PER_HOUR = 20
/** Without what looks alike from across a hall. */
const LETTERS = '23456789ABCDEFGHJKMNPQRSTVWXYZ'
const CODE_LENGTH = 8

const hashOf = (text: string): Buffer => createHash('sha256').update(text).digest()
const makeKey = (): string => randomBytes(32).toString('base64url')
const makeCode = (): string =>
  Array.from({ length: CODE_LENGTH }, () => LETTERS[randomInt(LETTERS.length)]).join('')
const readCode = (text: string): string => text.replace(/[^0-9a-z]/gi, '').toUpperCase()

/** Whoever paired it is still there, may see the board, and of this division. */
const isMakerGood = (row: queries.WallRow): boolean =>
  row.maker_active === true &&
  (row.maker_roles ?? []).some((role) => (boardReaders.roles as readonly string[]).includes(role)) &&
  row.division_code !== null &&
  row.maker_division !== null &&
  divisionCovers(row.maker_division, row.division_code)

const toWall = (row: queries.WallRow): Wall => ({
  wallId: row.wall_id,
  name: row.name ?? '',
  divisionName: row.division_name ?? '',
  pairedBy: row.maker_name ?? '',
  pairedAt: (row.paired_at ?? row.rotated_at).toISOString(),
  ...(row.seen_at ? { seenAt: row.seen_at.toISOString() } : {}),
  ...(row.ended_at ? { endedAt: row.ended_at.toISOString() } : {}),
  makerEnded: !isMakerGood(row),
})

export const createWallService = (
  { pool, clock }: Pick<Parts, 'pool' | 'clock'>,
  board: Pick<BoardService, 'getBoard'>,
) => {
  /** The key goes on, and from time to time there is the next one. */
  const keepKey = async (row: queries.WallRow, keyHash: Buffer): Promise<{ nextKey?: string }> => {
    const now = clock()
    if (!row.seen_at || now.getTime() - row.seen_at.getTime() >= SEEN_MS)
      await queries.noteSeen(pool, row.wall_id, now)
    if (row.is_next) {
      await queries.takeNextKey(pool, keyHash, now)
      return {}
    }
    if (now.getTime() - row.rotated_at.getTime() < ROTATES_MS) return {}
    const nextKey = makeKey()
    await queries.offerNextKey(pool, row.wall_id, hashOf(nextKey))
    return { nextKey }
  }

  return {
    /** @throws AppError TOO_MANY_REQUESTS */
    beginWall: async (address: string): Promise<Call<'beginWall'>['result']> => {
      await takeFromLimit(pool, `walls:${toAddressGroup(address)}`, BEGUN_PER_HOUR, 3600)
      const [code, key, at] = [makeCode(), makeKey(), clock()]
      const pairsUntil = new Date(at.getTime() + PAIRS_MS)
      const hashes = { codeHash: hashOf(code), keyHash: hashOf(key) }
      await queries.insertWall(pool, { wallId: randomUUID(), ...hashes, at, pairsUntil })
      return { code: `${code.slice(0, 4)}-${code.slice(4)}`, key, pairsUntil: pairsUntil.toISOString() }
    },

    /** What there is to show; a key that is not known, was retired or ended opens nothing, and all look the same. */
    readWall: async (key: string): Promise<Call<'readWall'>['result']> => {
      const keyHash = hashOf(key)
      const row = await queries.findByKey(pool, keyHash)
      if (!row || row.ended_at) return { state: 'ended' }
      if (row.paired_at === null || row.division_code === null)
        return { state: row.pairs_until > clock() ? 'waiting' : 'ended' }
      if (!isMakerGood(row)) return { state: 'ended' }
      const picture = await board.getBoard({ divisionCode: row.division_code }).catch((error: unknown) => {
        // Nothing was counted yet: the wall waits, it did not end.
        if (error instanceof AppError && error.code === 'NOT_FOUND') return undefined
        throw error
      })
      return {
        state: 'paired',
        ...(row.name === null ? {} : { name: row.name }),
        ...(picture ? { board: picture } : {}),
        ...(await keepKey(row, keyHash)),
      }
    },

    listWalls: async (caller: OperatorCaller) => ({
      walls: (await queries.listWalls(pool, divisionPrefix(caller.divisionCode))).map(toWall),
    }),

    /** @throws AppError VALIDATION_FAILED (`code`, `not_good`: unknown, used or too old), TOO_MANY_REQUESTS */
    pairWall: async (caller: OperatorCaller, body: { code: string; name: string }): Promise<Wall> => {
      await takeFromLimit(pool, `wall-codes:${caller.operatorId}`, TRIES_PER_HOUR, 3600)
      const { operatorId, divisionCode } = caller
      const wallId = await inTransaction(pool, async (tx) => {
        const found = await queries.lockByCode(tx, hashOf(readCode(body.code)), clock())
        if (found === undefined) throw fieldError('code', 'not_good')
        const name = body.name.trim()
        await queries.setPaired(tx, found, { name, divisionCode, operatorId, at: clock() })
        await writeAudit(tx, {
          actor: caller,
          action: 'board_wall.paired',
          objectKind: 'board_wall',
          objectId: found,
          details: { divisionCode },
        })
        return found
      })
      const rows = await queries.listWalls(pool, divisionPrefix(divisionCode))
      const row = rows.find(({ wall_id }) => wall_id === wallId)
      if (!row) throw new AppError('NOT_FOUND')
      return toWall(row)
    },

    /** By whoever keeps walls of the division; twice is no error. @throws AppError NOT_FOUND */
    endWall: (caller: OperatorCaller, wallId: string): Promise<null> =>
      inTransaction(pool, async (tx) => {
        const prefix = divisionPrefix(caller.divisionCode)
        const by = { divisionPrefix: prefix, operatorId: caller.operatorId, at: clock() }
        const found = await queries.endWall(tx, wallId, by)
        if (found === undefined) throw new AppError('NOT_FOUND')
        if (found === 'ended')
          await writeAudit(tx, {
            actor: caller,
            action: 'board_wall.ended',
            objectKind: 'board_wall',
            objectId: wallId,
          })
        return null
      }),
  }
}

export const purgeWalls = async ({ pool, clock }: Pick<Parts, 'pool' | 'clock'>): Promise<void> => {
  await purgeInBatches(pool, queries.OLD_WALLS, clock())
}

export const wallRetention: RetentionOf = () => ({
  board_walls: often(90 * 24 * HOUR_MS, before('board_walls', 'ended_at')),
})
