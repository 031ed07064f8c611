import type { HeldRiskArea } from '@jiankangbao/contracts/risk-area/schemas'
import { inTransaction, type Queryable } from '../../../db/pool.ts'
import { AppError, fieldError } from '../../../http/app-error.ts'
import type { OperatorCaller } from '../../../http/caller.ts'
import type { Parts } from '../../../parts.ts'
import { listUnknownPlaces, namePlace } from '../../city/place/place.service.ts'
import { matchStays } from '../../journeys/declaration/consequences.service.ts'
import { writeAudit } from '../../ledger/audit/audit.service.ts'
import * as queries from './held-areas.queries.ts'

const toHeldArea = (row: queries.HeldAreaRow): HeldRiskArea => ({
  areaId: row.area_id,
  divisionCode: row.division_code,
  name: row.name,
  level: row.level,
  source: row.source,
  validFrom: row.valid_from.toISOString(),
  ...(row.valid_to ? { validTo: row.valid_to.toISOString() } : {}),
  ...(row.placed_at
    ? {
        decided: {
          at: row.placed_at.toISOString(),
          by: row.placed_by ?? '',
          note: row.place_note ?? '',
          ...(row.placed_code
            ? { divisionCode: row.placed_code, placeName: namePlace(row.placed_code) }
            : {}),
        },
      }
    : {}),
})

/** How many codes of areas rated now or soon are no place known here, and wait for somebody to name it. */
export const countUnplacedCodes = async (db: Queryable, now: Date): Promise<number> =>
  (await listUnknownPlaces(db, await queries.listRatedCodes(db, now, true))).size

const listHeld = async (db: Queryable, now: Date): Promise<{ areas: HeldRiskArea[] }> => {
  const unknown = await listUnknownPlaces(db, await queries.listRatedCodes(db, now, false))
  const rows = unknown.size === 0 ? [] : await queries.listAreasOfCodes(db, [...unknown], now)
  return { areas: rows.map(toHeldArea) }
}

/** Rated areas that match no place known here: none is without effect unseen. */
export const createHeldAreaService = ({ pool, clock }: Pick<Parts, 'pool' | 'clock'>) => ({
  listHeldRiskAreas: () => listHeld(pool, clock()),

  /**
   * Says which place is meant, or that it concerns nobody here. An area placed by hand counts as a part of its place, so
   * that an office and a second operator stand between this word and anybody's colour.
   * @throws AppError NOT_FOUND; STATE_CONFLICT where its own code is a place; VALIDATION_FAILED (divisionCode)
   */
  placeRiskArea: (
    caller: OperatorCaller,
    areaId: string,
    { divisionCode, note }: { divisionCode?: string | undefined; note: string },
  ) =>
    inTransaction(pool, async (tx): Promise<{ areas: HeldRiskArea[] }> => {
      const now = clock()
      const area = await queries.findArea(tx, areaId)
      if (!area) throw new AppError('NOT_FOUND')
      if ((await listUnknownPlaces(tx, [area.division_code])).size === 0) throw new AppError('STATE_CONFLICT')
      if (divisionCode !== undefined && (await listUnknownPlaces(tx, [divisionCode])).size > 0)
        throw fieldError('divisionCode', 'unknown_place')
      const placedCode = divisionCode ?? null
      await queries.placeArea(tx, areaId, { placedCode, operatorId: caller.operatorId, at: now, note })
      await writeAudit(tx, {
        actor: caller,
        action: 'risk_areas.placed',
        objectKind: 'risk_area',
        objectId: areaId,
        purpose: note,
        details: { code: area.division_code, name: area.name, ...(placedCode ? { placedCode } : {}) },
      })
      await matchStays(tx, now)
      return listHeld(tx, now)
    }),
})

export type HeldAreaService = ReturnType<typeof createHeldAreaService>
