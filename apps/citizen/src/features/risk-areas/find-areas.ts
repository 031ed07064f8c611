import type { RiskAreaList } from '@jiankangbao/contracts/risk-area/schemas'

export type RiskArea = RiskAreaList['areas'][number]
export type Level = RiskArea['level'] | 'all'

/** The areas of a level whose name has every word typed, or whose division code begins with it. */
export const findAreas = (areas: readonly RiskArea[], text: string, level: Level): RiskArea[] => {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  return areas.filter(
    (area) =>
      (level === 'all' || area.level === level) &&
      words.every((word) => area.name.toLowerCase().includes(word) || area.divisionCode.startsWith(word)),
  )
}
