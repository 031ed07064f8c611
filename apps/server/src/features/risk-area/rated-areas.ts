import { isNameOfDivision } from '@jiankangbao/domain/place/divisions'
import type { Transaction } from '../../db/pool.ts'
import type { FeedArea } from '../../ports/risk-areas.ts'
import { upsertAreas } from './risk-area.queries.ts'

/**
 * Writes the areas of a list; one that has the very name of its division is all of it, where the list does not say.
 * @returns the ids of areas that are new or other
 */
export const writeAreas = (
  tx: Transaction,
  source: string,
  areas: FeedArea[],
  now: Date,
): Promise<string[]> =>
  upsertAreas(
    tx,
    source,
    areas.map((area) => ({
      ...area,
      extent: area.extent ?? (isNameOfDivision(area.name, area.divisionCode) ? 'whole' : undefined),
    })),
    now,
  )
