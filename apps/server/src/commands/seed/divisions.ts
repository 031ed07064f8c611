import type { CityProfile } from '@jiankangbao/city/city-profile'

export interface SeedDivision {
  code: string
  parentCode: string | null
  name: string
  nameEn: string
  level: 'city' | 'district' | 'street' | 'community'
}

/** Divisions of the demonstration: the districts of the city, in each the same invented streets and communities. */
export const seedDivisions = ({ division, districts, demonstration }: CityProfile): SeedDivision[] => {
  const { divisionName, streets, communities } = demonstration
  const streetsOf = (district: string): SeedDivision[] =>
    streets.flatMap(([name, nameEn], index) => {
      const code = `${district}00${index + 1}`
      return [
        { code, parentCode: district, name, nameEn, level: 'street' as const },
        ...communities.map(([communityName, communityEn], at) => ({
          code: `${code}00${at + 1}`,
          parentCode: code,
          name: communityName,
          nameEn: communityEn,
          level: 'community' as const,
        })),
      ]
    })
  return [
    { code: division, parentCode: null, name: divisionName.zh, nameEn: divisionName.en, level: 'city' },
    ...districts.flatMap(([code, name, nameEn]) => [
      { code, parentCode: division, name, nameEn, level: 'district' as const },
      ...streetsOf(code),
    ]),
  ]
}
