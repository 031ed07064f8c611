import { isNameOfDivision } from '@jiankangbao/domain/place/divisions'
import type { Transaction } from '../../../db/pool.ts'
import type { FeedArea } from '../../../outside/risk-areas.ts'
import { listUnknownPlaces } from '../../city/place/place.service.ts'
import { findCodes, upsertAreas } from './risk-area.queries.ts'

/** A known area whose code is no place any more stays where it was: a slip in a list lifts nothing unseen. */
const keepKnownPlaces = async (tx: Transaction, source: string, areas: FeedArea[]): Promise<FeedArea[]> => {
  const codes = [...new Set(areas.map(({ divisionCode }) => divisionCode))]
  const unknown = await listUnknownPlaces(tx, codes)
  if (unknown.size === 0) return areas
  const doubtful = areas.filter(({ divisionCode }) => unknown.has(divisionCode))
  const before = await findCodes(
    tx,
    source,
    doubtful.map(({ sourceId }) => sourceId),
  )
  const lost = await listUnknownPlaces(tx, [...before.values()])
  return areas.map((area) => {
    const code = unknown.has(area.divisionCode) ? before.get(area.sourceId) : undefined
    return code === undefined || lost.has(code) ? area : { ...area, divisionCode: code }
  })
}

/**
 * Writes the areas of a list; one that has the very name of its division is all of it, where the list does not say.
 * @returns the ids of areas that are new or other
 */
export const writeAreas = async (
  tx: Transaction,
  source: string,
  areas: FeedArea[],
  now: Date,
): Promise<string[]> =>
  upsertAreas(
    tx,
    source,
    (await keepKnownPlaces(tx, source, areas)).map((area) => ({
      ...area,
      extent: area.extent ?? (isNameOfDivision(area.name, area.divisionCode) ? 'whole' : undefined),
    })),
    now,
  )
