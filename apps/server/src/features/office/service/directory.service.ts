import type {
  DirectoryChange,
  DirectoryPlace,
  KeptDirectoryPlace,
  NewDirectoryPlace,
} from '@jiankangbao/contracts/directory/schemas'
import type { Call } from '@jiankangbao/contracts/schemas'
import { divisionCovers, divisionPrefix } from '@jiankangbao/domain/division'
import { inTransaction } from '../../../db/pool.ts'
import { AppError, fieldError, stateConflict } from '../../../http/app-error.ts'
import type { OperatorCaller } from '../../../http/caller.ts'
import { readIdCursor } from '../../../http/paging.ts'
import type { Parts } from '../../../parts.ts'
import { findCityDivision } from '../../city/place/place.service.ts'
import { writeAudit } from '../../ledger/audit/audit.service.ts'
import * as queries from './directory.queries.ts'

const toPlace = (row: queries.PlaceRow): DirectoryPlace => ({
  placeId: row.place_id,
  kind: row.kind,
  divisionCode: row.division_code,
  divisionName: row.division_name,
  name: { zh: row.name_zh, en: row.name_en },
  address: row.address,
  hours: { zh: row.hours_zh, en: row.hours_en },
  ...(row.telephone === null ? {} : { telephone: row.telephone }),
  ...(row.latitude === null || row.longitude === null
    ? {}
    : { latitude: row.latitude, longitude: row.longitude }),
  state: row.state,
  changedAt: row.changed_at.toISOString(),
})

const toKept = (row: queries.PlaceRow): KeptDirectoryPlace => ({ ...toPlace(row), revision: row.revision })

const readFields = (body: Omit<NewDirectoryPlace, 'requestId' | 'divisionCode'>): queries.PlaceFields => {
  if ((body.latitude === undefined) !== (body.longitude === undefined))
    throw fieldError('latitude', 'position_incomplete')
  return {
    kind: body.kind,
    name_zh: body.name.zh.trim(),
    name_en: body.name.en.trim(),
    address: body.address.trim(),
    hours_zh: body.hours.zh.trim(),
    hours_en: body.hours.en.trim(),
    telephone: body.telephone ?? null,
    latitude: body.latitude ?? null,
    longitude: body.longitude ?? null,
  }
}

/** Hospitals and the like: everybody reads, the offices of a division keep theirs. */
export const createDirectoryService = ({ pool, clock }: Pick<Parts, 'pool' | 'clock'>) => {
  const list = async (
    query: Call<'listKeptDirectory'>['query'],
    prefix: string,
    withGone: boolean,
  ): Promise<{ rows: queries.PlaceRow[]; nextCursor?: string }> => {
    const limit = query.limit ?? 20
    const rows = await queries.listPlaces(pool, {
      prefix,
      kind: query.kind ?? null,
      search: query.search?.trim().toLowerCase() || null,
      afterId: readIdCursor(query.cursor),
      withGone,
      limit: limit + 1,
    })
    const page = rows.slice(0, limit)
    const last = page.at(-1)
    return { rows: page, ...(rows.length > limit && last ? { nextCursor: last.place_id } : {}) }
  }

  /** @throws AppError NOT_FOUND (not there, or of another division) */
  const requireOwn = async (caller: OperatorCaller, placeId: string): Promise<queries.PlaceRow> => {
    const row = await queries.findPlace(pool, { placeId })
    if (!row || !divisionCovers(caller.divisionCode, row.division_code)) throw new AppError('NOT_FOUND')
    return row
  }

  return {
    listDirectory: async (query: Call<'listDirectory'>['query']) => {
      const prefix = query.divisionCode === undefined ? '' : divisionPrefix(query.divisionCode)
      const { rows, ...more } = await list(query, prefix, false)
      return { places: rows.map(toPlace), ...more, listedAt: clock().toISOString() }
    },

    listKeptDirectory: async (caller: OperatorCaller, query: Call<'listKeptDirectory'>['query']) => {
      const { divisionCode } = query
      if (divisionCode !== undefined && !divisionCovers(caller.divisionCode, divisionCode))
        throw new AppError('OUT_OF_DIVISION')
      const { rows, ...more } = await list(query, divisionPrefix(divisionCode ?? caller.divisionCode), true)
      return { places: rows.map(toKept), ...more }
    },

    /** @throws AppError VALIDATION_FAILED, OUT_OF_DIVISION, REQUEST_ID_REUSED */
    addDirectoryPlace: async (
      caller: OperatorCaller,
      body: NewDirectoryPlace,
    ): Promise<KeptDirectoryPlace> => {
      const fields = readFields(body)
      const division = await findCityDivision(pool, body.divisionCode)
      if (!division) throw fieldError('divisionCode', 'unknown_division')
      if (!divisionCovers(caller.divisionCode, division.code)) throw new AppError('OUT_OF_DIVISION')
      const { requestId } = body
      await inTransaction(pool, async (tx) => {
        const made = { divisionCode: division.code, by: caller.operatorId, at: clock(), requestId }
        const placeId = await queries.insertPlace(tx, fields, made)
        if (placeId === undefined) return
        await writeAudit(tx, {
          actor: caller,
          action: 'directory_place.added',
          objectKind: 'directory_place',
          objectId: placeId,
          details: { kind: body.kind, divisionCode: division.code },
        })
      })
      const row = await queries.findPlace(pool, { madeBy: caller.operatorId, requestId })
      if (row?.kind !== body.kind || row.division_code !== division.code)
        throw new AppError('REQUEST_ID_REUSED')
      return toKept(row)
    },

    /** @throws AppError VALIDATION_FAILED, NOT_FOUND, STATE_CONFLICT (`changed_meanwhile`: read it again) */
    changeDirectoryPlace: async (
      caller: OperatorCaller,
      placeId: string,
      body: DirectoryChange,
    ): Promise<KeptDirectoryPlace> => {
      const fields = readFields(body)
      await requireOwn(caller, placeId)
      const change = { state: body.state, revision: body.revision, at: clock() }
      await inTransaction(pool, async (tx) => {
        if (!(await queries.updatePlace(tx, placeId, fields, change)))
          throw stateConflict('revision', 'changed_meanwhile')
        await writeAudit(tx, {
          actor: caller,
          action: 'directory_place.changed',
          objectKind: 'directory_place',
          objectId: placeId,
          details: { state: body.state },
        })
      })
      return toKept(await requireOwn(caller, placeId))
    },
  }
}
