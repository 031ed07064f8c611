import type { putAreas } from '../../inflow/risk-area/risk-area.service.ts'
import type { AreaRow } from '../columns/parsed-row.ts'
import type { EffectRow } from './effect.queries.ts'

/** Staged rows as areas. The same place in a later file is the same area. */
export const toAreas = (rows: EffectRow[], now: Date): Parameters<typeof putAreas>[1] =>
  rows.map((row) => {
    const { divisionCode, name, level, extent, until } = row.data as unknown as AreaRow
    return {
      sourceId: `${divisionCode}:${name}`,
      divisionCode,
      name,
      level,
      extent,
      validFrom: row.at ?? now,
      validTo: until === undefined ? undefined : new Date(until),
    }
  })
