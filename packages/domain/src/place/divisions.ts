import { divisionPrefix } from '../division.ts'
import { DEVELOPMENT_ZONE_LINES, DIVISION_LINES } from './division-data.ts'
import { FORMER_DIVISION_LINES } from './former-division-data.ts'

export interface Division {
  code: string
  name: string
}

/** A division of today that took over land of a former one. */
export interface Heir {
  code: string
  /** It was made of the former one and of nothing else: whoever is in it is where the former one was. */
  within: boolean
}

interface FormerDivision {
  name: string
  heirs: readonly Heir[]
}

const names = new Map<string, string>()
const below = new Map<string, Division[]>()
const formers = new Map<string, FormerDivision>()
/** Former divisions by the code of an heir. */
const inherited = new Map<string, string[]>()

const push = <Value>(map: Map<string, Value[]>, key: string, value: Value): void => {
  const list = map.get(key)
  if (list) list.push(value)
  else map.set(key, [value])
}

const add = (parent: string, code: string, name: string): void => {
  // A city without counties (东莞) stands for its own county.
  if (!names.has(code)) names.set(code, name)
  push(below, parent, { code, name })
}

const addCounties = (provinceCode: string, cities: string, withCities: boolean): void => {
  for (const city of cities === '' ? [] : cities.split(';')) {
    const [head = '', counties = ''] = city.split(':')
    const cityCode = provinceCode + head.slice(0, 2)
    if (withCities) add(`${provinceCode}0000`, `${cityCode}00`, head.slice(2))
    for (const county of counties === '' ? [] : counties.split(','))
      add(`${cityCode}00`, cityCode + county.slice(0, 2), county.slice(2))
  }
}

for (const line of DIVISION_LINES) {
  const [province = '', cities = ''] = line.split('|')
  add('', `${province.slice(0, 2)}0000`, province.slice(2))
  addCounties(province.slice(0, 2), cities, true)
}
for (const line of DEVELOPMENT_ZONE_LINES) {
  const [provinceCode = '', cities = ''] = line.split('|')
  addCounties(provinceCode, cities, false)
}
for (const line of FORMER_DIVISION_LINES) {
  const [provinceCode = '', list = ''] = line.split('|')
  for (const entry of list.split(',')) {
    const [, last = '', name = '', heirs = ''] = /^(\d{4})([^+~]+)((?:[+~]\d{6})+)$/.exec(entry) ?? []
    const code = provinceCode + last
    const read = [...heirs.matchAll(/([+~])(\d{6})/g)].map(([, sign, heir = '']) => ({
      code: heir,
      within: sign === '+',
    }))
    formers.set(code, { name, heirs: read })
    for (const heir of read) push(inherited, heir.code, code)
  }
}

const GENERIC = new Set(['辖区', '辖县'])
const countyOf = (code: string): string => code.slice(0, 6)

/** Provinces, or what lies directly below a province or city; empty for a county and for an unknown code. */
export const listDivisionsBelow = (parent: string | undefined): readonly Division[] =>
  below.get(parent ?? '') ?? []

/** Whether the county of a code (in the one form), or the code itself, is a division of today or was one. */
export const isPlace = (code: string): boolean => names.has(countyOf(code)) || formers.has(countyOf(code))

/** The divisions of today that took over land of a former county, city or province; none for one that still is. */
export const listHeirs = (code: string): readonly Heir[] =>
  names.has(code) ? [] : (formers.get(code)?.heirs ?? [])

const nameOf = (code: string): string => names.get(code) ?? formers.get(code)?.name ?? ''

/**
 * Province, city and county of a code of GB/T 2260 in one text: 江苏省南京市玄武区. Finer codes are named by their county, a
 * division that is no more by its own name. Undefined for a code that never was one.
 */
export const findDivisionName = (code: string): string | undefined => {
  const county = countyOf(code)
  if (!isPlace(county)) return undefined
  const levels = [...new Set([`${county.slice(0, 2)}0000`, `${county.slice(0, 4)}00`, county])]
  return levels
    .map(nameOf)
    .filter((name) => !GENERIC.has(name) && !name.includes('直辖县级'))
    .join('')
}

/** True where a name is that of the division of a code, with or without those above it: 南京市玄武区 of 320102. */
export const isNameOfDivision = (name: string, code: string): boolean => {
  const own = code.length === 6 ? nameOf(code) : ''
  return own !== '' && name.endsWith(own) && findDivisionName(code)?.endsWith(name) === true
}

/** Every code of six digits that is a division or was one. */
export const listDivisionCodes = (): string[] => [...names.keys(), ...formers.keys()]

/**
 * The division of today that a code stands for: itself, or the one that took over all of a former county (崇文区 110103 is
 * 东城区 110101). One whose land went to several stays what it is: only whoever was there knows where they were.
 */
export const toDivisionOfToday = (code: string): string => {
  const heirs = listHeirs(countyOf(code))
  // The streets of a former county have other numbers today.
  return code.length === 6 && heirs.length === 1 ? (heirs[0]?.code ?? code) : code
}

/** Another code by which a place is known, and whether whatever is there lies within the place. */
export interface OtherCode {
  code: string
  within: boolean
}

const others = new Map<string, readonly OtherCode[]>()

const findOtherCodes = (code: string): readonly OtherCode[] => {
  const county = countyOf(code)
  const whole = code === county
  const heirs = listHeirs(county).map((heir) => ({ code: heir.code, within: whole && heir.within }))
  // Of a city or province also the former counties whose land it has today, wherever they were counted (垫江 was in 四川).
  const scope = divisionPrefix(county)
  const had = county.endsWith('00')
    ? [...formers]
        .filter(([, { heirs }]) => heirs.some((heir) => heir.code.startsWith(scope)))
        .map(([it]) => it)
    : (inherited.get(county) ?? [])
  const former = had
    .filter((other) => !names.has(other) && !other.startsWith(scope))
    .map((other) => ({
      code: other,
      within: whole && listHeirs(other).every((heir) => heir.code.startsWith(scope)),
    }))
  return [...heirs, ...former]
}

/**
 * The other codes that mean a division or a part of it: of a former one its heirs, of one of today the former ones whose
 * land it has. Streets and communities are taken by their county, and as a part of it.
 */
export const listOtherCodes = (code: string): readonly OtherCode[] => {
  const known = others.get(code)
  if (known) return known
  const found = findOtherCodes(code)
  // Only codes of divisions are kept, of which there are some thousands.
  if (isPlace(code) && code.length === 6) others.set(code, found)
  return found
}
