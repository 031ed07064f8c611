import { isForeignCountry } from '@jiankangbao/domain/place/countries'
import { COUNTRY_NAMES } from '@jiankangbao/domain/place/country-names'
import {
  findDivisionName,
  isPlace,
  listOtherCodes,
  type OtherCode,
  toDivisionOfToday,
} from '@jiankangbao/domain/place/divisions'
import { readDivisionCode } from '@jiankangbao/domain/written/division-code'
import type { Queryable } from '../../../db/pool.ts'

const countries = new Map(COUNTRY_NAMES.map(([alpha3, zh]) => [alpha3, zh]))

/** Chinese name of a place, a division or a country; its code where it has none. */
export const namePlace = (code: string): string =>
  findDivisionName(readDivisionCode(code) ?? code) ?? countries.get(code) ?? code

/** Names of places by their codes. */
export const namePlaces = (codes: readonly string[]): Record<string, string> =>
  Object.fromEntries(codes.map((code) => [code, namePlace(code)]))

const listDivisionsAmong = async (db: Queryable, codes: readonly string[]): Promise<Set<string>> => {
  const { rows } = await db.query<{ code: string }>(
    `select code from divisions where code = any($1::text[]) or left(code, 6) = any($1::text[])`,
    [codes],
  )
  return new Set(rows.map(({ code }) => code.slice(0, 6)))
}

/**
 * Those of the codes (in the one form) that are no place known here: neither a division of the country, today or in the past,
 * nor one that the city has added of its own.
 */
export const listUnknownPlaces = async (db: Queryable, codes: readonly string[]): Promise<Set<string>> => {
  const open = codes.filter((code) => !isPlace(code) && !isForeignCountry(code))
  if (open.length === 0) return new Set()
  const own = await listDivisionsAmong(db, [...new Set(open.map((code) => code.slice(0, 6)))])
  return new Set(open.filter((code) => !own.has(code.slice(0, 6))))
}

/**
 * The division of the city that a code means: itself, or the one that took its place. Undefined where the city has none.
 */
export const findCityDivision = async (
  db: Queryable,
  code: string,
): Promise<{ code: string; level: string } | undefined> => {
  const { rows } = await db.query<{ code: string; level: string }>(
    `select code, level from divisions where code = any($1::text[]) order by code <> $2::text limit 1`,
    [[code, toDivisionOfToday(code)], code],
  )
  return rows[0]
}

/** By which other codes an area of this code counts; also where its own was stored before codes had one form. */
export const listCodesOfArea = (code: string): readonly OtherCode[] => {
  const plain = readDivisionCode(code) ?? code
  return plain === code ? listOtherCodes(code) : [{ code: plain, within: true }, ...listOtherCodes(plain)]
}
