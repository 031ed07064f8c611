import type { CityProfile } from './city-profile.ts'
import { linhe } from './linhe/profile.ts'
import { type CityId, findCityId } from './words.ts'
import { xuzhou } from './xuzhou/profile.ts'

/** Every city that has a package. */
export const CITIES: Readonly<Record<CityId, CityProfile>> = { xuzhou, linhe }

/** @param chosen the setting `CITY`; the first city where it is absent. Undefined for a city that has no package. */
export const findCityProfile = (chosen: string | undefined): CityProfile | undefined => {
  const id = findCityId(chosen)
  return id && CITIES[id]
}
