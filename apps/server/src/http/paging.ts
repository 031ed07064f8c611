import { type IdColumn, isId, isInstant } from '@jiankangbao/domain/bounds'
import { fieldError } from './app-error.ts'

export interface PageQuery {
  cursor: string | undefined
  limit: number
}

/** Where a page ended: an instant (ISO 8601) and the id that breaks ties. */
export interface Position {
  at: string
  id: string
}

const DEFAULT_LIMIT = 20

const isUuid = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text)
const isSigned64 = (text: string): boolean =>
  /^(0|-?[1-9][0-9]{0,18})$/.test(text) && BigInt.asIntN(64, BigInt(text)) === BigInt(text)

const isIdOf = {
  uuid: isUuid,
  bigint: (text: string) => isId(text, 'bigint'),
  /** A request key (64 bits, signed) and a UUID, joined by a colon. */
  pair: (text: string) => {
    const [key = '', uuid = '', ...rest] = text.split(':')
    return rest.length === 0 && isSigned64(key) && isUuid(uuid)
  },
  /** The rank of a kind and an id, joined by a colon. */
  ranked: (text: string) => /^[01]:/.test(text) && isId(text.slice(2), 'bigint'),
}

export const toPageQuery = (query: {
  cursor?: string | undefined
  limit?: number | undefined
}): PageQuery => ({
  cursor: query.cursor,
  limit: query.limit ?? DEFAULT_LIMIT,
})

/**
 * The position inside a cursor; it names no right, so a changed one shows the caller no more than their own rows.
 * @throws AppError VALIDATION_FAILED for a text that is no cursor of this list.
 */
export const readCursor = (cursor: string | undefined, idKind: keyof typeof isIdOf): Position | undefined => {
  if (cursor === undefined) return undefined
  const [at, id, ...rest] = Buffer.from(cursor, 'base64url').toString('utf8').split(' ')
  if (!at || !id || rest.length > 0 || !isInstant(at) || !isIdOf[idKind](id))
    throw fieldError('cursor', 'invalid')
  return { at, id }
}

/**
 * The id inside a cursor of a list by key.
 * @throws AppError VALIDATION_FAILED for a text that is no id of such a column.
 */
export const readIdCursor = (cursor: string | undefined, column: IdColumn = 'bigint'): string | null => {
  if (cursor === undefined) return null
  if (!isId(cursor, column)) throw fieldError('cursor', 'invalid')
  return cursor
}

/** Cuts rows read with one more than `limit` to a page, with the cursor of the next one where there is one. */
export const toPage = <Row>(
  rows: Row[],
  limit: number,
  positionOf: (row: Row) => Position,
): { items: Row[]; nextCursor: { nextCursor?: string } } => {
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  if (rows.length <= limit || last === undefined) return { items, nextCursor: {} }
  const { at, id } = positionOf(last)
  return { items, nextCursor: { nextCursor: Buffer.from(`${at} ${id}`).toString('base64url') } }
}
