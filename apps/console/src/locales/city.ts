import { DEFAULT_CITY, findCityId } from '@jiankangbao/city/words'

/** The setting `CITY` of this build, empty where there was none. */
declare const CITY: string

/** The city whose console this is. */
export const city = findCityId(CITY) ?? DEFAULT_CITY
