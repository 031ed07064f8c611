import type { Stay } from '@jiankangbao/contracts/declaration/schemas'
import { placeOfStay } from '@jiankangbao/domain/declaration/stays'
import { isForeignCountry, readCountry } from '@jiankangbao/domain/place/countries'
import type { Queryable } from '../../../db/pool.ts'
import { listUnknownPlaces } from './place.service.ts'

/** The places of stays, as they are stored and compared. */
export const placesOfStays = (stays: readonly Stay[]): string[] => stays.map(placeOfStay)

const toPlain = (stay: Stay): Stay => {
  const { country, divisionCode: _, ...rest } = stay
  const place = country === undefined ? undefined : readCountry(country)
  // Hongkong, Macao and Taiwan are divisions here, whichever of their codes was given.
  if (place === undefined) return stay
  return isForeignCountry(place) ? { country: place, ...rest } : { divisionCode: place, ...rest }
}

/**
 * Takes the places of stays to their one form.
 * @param prefix of the fields in refusals: stays, riskAreaStays
 */
export const readStayPlaces = async (
  db: Queryable,
  stays: readonly Stay[],
  prefix: string,
): Promise<{ stays: Stay[]; faults: { field: string; reason: string }[] }> => {
  const plain = stays.map(toPlain)
  const unknown = await listUnknownPlaces(
    db,
    plain.flatMap(({ divisionCode }) => divisionCode ?? []),
  )
  const faults = stays.flatMap(({ divisionCode, country }, at) => {
    const field = (name: string) => `${prefix}.${at}.${name}`
    if (divisionCode === undefined && country === undefined)
      return [{ field: field('divisionCode'), reason: 'required' }]
    if (divisionCode !== undefined && country !== undefined)
      return [{ field: field('country'), reason: 'not_allowed' }]
    if (country !== undefined)
      return readCountry(country) === undefined ? [{ field: field('country'), reason: 'unknown_place' }] : []
    return unknown.has(divisionCode ?? '') ? [{ field: field('divisionCode'), reason: 'unknown_place' }] : []
  })
  return { stays: plain, faults }
}
