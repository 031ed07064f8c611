import { divisionPrefix } from '../division.ts'
import {
  type DivisionChanges,
  type DivisionFault,
  type EndedDivision,
  findDivisionFaults,
  type MadeDivision,
  parentOf,
} from './division-changes.ts'
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

interface Book {
  names: Map<string, string>
  below: Map<string, Division[]>
  formers: Map<string, FormerDivision>
  /** Former divisions by the code of an heir. */
  inherited: Map<string, string[]>
  others: Map<string, readonly OtherCode[]>
}

const push = <Value>(map: Map<string, Value[]>, key: string, value: Value): void => {
  const list = map.get(key)
  if (list) list.push(value)
  else map.set(key, [value])
}

const add = ({ names, below }: Book, parent: string, code: string, name: string): void => {
  // A city without counties (东莞) stands for its own county.
  if (!names.has(code)) names.set(code, name)
  push(below, parent, { code, name })
}

const addCounties = (book: Book, provinceCode: string, cities: string, withCities: boolean): void => {
  for (const city of cities === '' ? [] : cities.split(';')) {
    const [head = '', counties = ''] = city.split(':')
    const cityCode = provinceCode + head.slice(0, 2)
    if (withCities) add(book, `${provinceCode}0000`, `${cityCode}00`, head.slice(2))
    for (const county of counties === '' ? [] : counties.split(','))
      add(book, `${cityCode}00`, cityCode + county.slice(0, 2), county.slice(2))
  }
}

const addFormers = ({ formers }: Book, line: string): void => {
  const [provinceCode = '', list = ''] = line.split('|')
  for (const entry of list.split(',')) {
    const [, last = '', name = '', heirs = ''] = /^(\d{4})([^+~]+)((?:[+~]\d{6})+)$/.exec(entry) ?? []
    const read = [...heirs.matchAll(/([+~])(\d{6})/g)].map(([, sign, heir = '']) => ({
      code: heir,
      within: sign === '+',
    }))
    formers.set(provinceCode + last, { name, heirs: read })
  }
}

const make = (book: Book, { code, name }: MadeDivision): void => {
  const parent = parentOf(code)
  const siblings = (book.below.get(parent) ?? []).filter((each) => each.code !== code)
  book.names.set(code, name)
  book.below.set(
    parent,
    [...siblings, { code, name }].sort((one, other) => (one.code < other.code ? -1 : 1)),
  )
  // A code that is given again means the last place that had it.
  book.formers.delete(code)
}

const end = (book: Book, { code, heirs }: EndedDivision): void => {
  const name = book.names.get(code) ?? book.formers.get(code)?.name ?? ''
  book.names.delete(code)
  const parent = parentOf(code)
  book.below.set(
    parent,
    (book.below.get(parent) ?? []).filter((each) => each.code !== code),
  )
  // Whoever took over from it before hands on to its heirs.
  for (const former of book.formers.values())
    former.heirs = former.heirs.flatMap((heir) =>
      heir.code === code
        ? heirs.map((next) => ({ code: next.code, within: next.within && heir.within }))
        : [heir],
    )
  book.formers.set(code, { name, heirs })
}

/** The divisions that come with the programme, then what became of them, oldest change first. */
const writeBook = (changes: readonly DivisionChanges[]): Book => {
  const book: Book = {
    names: new Map(),
    below: new Map(),
    formers: new Map(),
    inherited: new Map(),
    others: new Map(),
  }
  for (const line of DIVISION_LINES) {
    const [province = '', cities = ''] = line.split('|')
    add(book, '', `${province.slice(0, 2)}0000`, province.slice(2))
    addCounties(book, province.slice(0, 2), cities, true)
  }
  for (const line of DEVELOPMENT_ZONE_LINES) {
    const [provinceCode = '', cities = ''] = line.split('|')
    addCounties(book, provinceCode, cities, false)
  }
  for (const line of FORMER_DIVISION_LINES) addFormers(book, line)
  for (const { made = [], ended = [] } of changes) {
    for (const division of made) make(book, division)
    for (const division of ended) end(book, division)
  }
  for (const [code, { heirs }] of book.formers)
    for (const heir of heirs) push(book.inherited, heir.code, code)
  return book
}

let applied = '[]'
let book = writeBook([])

/**
 * Takes the divisions of this process to the state after these changes, oldest first; without any to what came with the
 * programme. Like a time zone's data it is one state for everything in the process: a place must not be two things at once.
 * @returns whether that is another state than before
 */
export const setDivisionChanges = (changes: readonly DivisionChanges[]): boolean => {
  const key = JSON.stringify(changes)
  if (key === applied) return false
  book = writeBook(changes)
  applied = key
  return true
}

const GENERIC = new Set(['辖区', '辖县'])
const countyOf = (code: string): string => code.slice(0, 6)

/** Provinces, or what lies directly below a province or city; empty for a county and for an unknown code. */
export const listDivisionsBelow = (parent: string | undefined): readonly Division[] =>
  book.below.get(parent ?? '') ?? []

/** Whether the county of a code (in the one form), or the code itself, is a division of today or was one. */
export const isPlace = (code: string): boolean =>
  book.names.has(countyOf(code)) || book.formers.has(countyOf(code))

/** The divisions of today that took over land of a former county, city or province; none for one that still is. */
export const listHeirs = (code: string): readonly Heir[] =>
  book.names.has(code) ? [] : (book.formers.get(code)?.heirs ?? [])

const nameOf = (code: string): string => book.names.get(code) ?? book.formers.get(code)?.name ?? ''

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
export const listDivisionCodes = (): string[] => [...book.names.keys(), ...book.formers.keys()]

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

const findOtherCodes = (code: string): readonly OtherCode[] => {
  const county = countyOf(code)
  const whole = code === county
  const heirs = listHeirs(county).map((heir) => ({ code: heir.code, within: whole && heir.within }))
  // Of a city or province also the former counties whose land it has today, wherever they were counted (垫江 was in 四川).
  const scope = divisionPrefix(county)
  const had = county.endsWith('00')
    ? [...book.formers]
        .filter(([, { heirs }]) => heirs.some((heir) => heir.code.startsWith(scope)))
        .map(([it]) => it)
    : (book.inherited.get(county) ?? [])
  const former = had
    .filter((other) => !book.names.has(other) && !other.startsWith(scope))
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
  const known = book.others.get(code)
  if (known) return known
  const found = findOtherCodes(code)
  // Only codes of divisions are kept, of which there are some thousands.
  if (isPlace(code) && code.length === 6) book.others.set(code, found)
  return found
}

/** What is wrong with changes that would follow on what is known today, by its place within them. */
export const findFaultsOfChanges = (changes: DivisionChanges): { path: string; fault: DivisionFault }[] =>
  findDivisionFaults(changes, {
    stands: (code) => book.names.has(code),
    isKnown: isPlace,
    listBelow: (code) => listDivisionsBelow(code).map((division) => division.code),
  })
