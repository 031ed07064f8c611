import { fieldError } from '../errors/app-error.ts'

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

const idPatterns = {
  uuid: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
  bigint: /^[1-9][0-9]{0,17}$/,
  /** A request key (64 bits, signed) and a UUID, joined by a colon. */
  pair: /^-?[0-9]{1,19}:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
  /** The rank of a kind and an id, joined by a colon. */
  ranked: /^[01]:[1-9][0-9]{0,17}$/,
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
export const readCursor = (
  cursor: string | undefined,
  idKind: keyof typeof idPatterns,
): Position | undefined => {
  if (cursor === undefined) return undefined
  const [at, id, ...rest] = Buffer.from(cursor, 'base64url').toString('utf8').split(' ')
  const time = at && /^\d{4}-\d\d-\d\dT[\d:.]{12}Z$/.test(at) ? Date.parse(at) : Number.NaN
  if (!at || !id || rest.length > 0 || Number.isNaN(time) || !idPatterns[idKind].test(id))
    throw fieldError('cursor', 'invalid')
  return { at, id }
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
