import { DEFAULT_CITY, findCityId } from '@jiankangbao/city/words'

declare const CITY: string

/** The city whose app this is; set at build by `CITY`. */
export const city = findCityId(CITY) ?? DEFAULT_CITY
