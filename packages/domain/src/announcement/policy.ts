import { divisionCovers } from '../division.ts'
import { isAbroad, isForeignCountry } from '../place/countries.ts'
import { listOtherCodes, toDivisionOfToday } from '../place/divisions.ts'
import type { RiskLevel } from '../vocabulary/inflow.ts'

/** What may be asked of somebody who comes, the heaviest first. */
export const MEASURES = [
  'central_isolation',
  'home_isolation',
  'home_monitoring',
  'tests',
  'test_on_arrival',
  'test_proof',
  'self_monitoring',
  'report_before',
] as const
export type Measure = (typeof MEASURES)[number]

/** How much of a measure; which of them it takes is `MEASURE_NEEDS`. */
export interface AskedMeasure {
  measure: Measure
  /** Days it lasts, counted as the text of the policy says. */
  days?: number
  /** Tests within those days. */
  tests?: number
  /** Of a proof: how old the result may be. Of a report: how long before the arrival. */
  hours?: number
}

/** The figures without which a measure says nothing. */
export const MEASURE_NEEDS: Readonly<Record<Measure, readonly ('days' | 'tests' | 'hours')[]>> = {
  central_isolation: ['days'],
  home_isolation: ['days'],
  home_monitoring: ['days'],
  tests: ['tests', 'days'],
  test_on_arrival: [],
  test_proof: ['hours'],
  self_monitoring: ['days'],
  report_before: ['hours'],
}

/** Whose origin a row is about: a place with all below it, an area of the national list, everywhere abroad, or anywhere else. */
export const ORIGIN_KINDS = ['place', 'risk', 'abroad', 'anywhere'] as const
export type OriginKind = (typeof ORIGIN_KINDS)[number]

/** One row of a policy, beside its text. */
export interface PolicyRow {
  origin: OriginKind
  /** Of `place`: in the one form of a place. */
  placeCodes?: string[]
  /** Of `risk`. */
  riskLevel?: RiskLevel
  /** Only who was there on this day or later. */
  sinceOn?: string
  /** Only who was there within so many days. */
  withinDays?: number
  measures: AskedMeasure[]
  /** Where the text says so: 二、（三） */
  paragraph: string
  words: { zh: string; en: string }
}

/** Where somebody comes from: the place, their last day there, and what the national list says about it. */
export interface Origin {
  placeCode: string
  /** Calendar date in Shanghai. */
  leftOn: string
  today: string
  /** Rated areas that lie in the place, or that the place lies in. */
  rated: readonly { level: RiskLevel; name: string; whole: boolean }[]
}

/** `sure`: whoever was there. `part`: only who was in a part of the place, which the row names. */
export type RowFit = 'sure' | 'part'

const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000)

const isInTime = (row: Pick<PolicyRow, 'sinceOn' | 'withinDays'>, { leftOn, today }: Origin): boolean =>
  (row.sinceOn === undefined || leftOn >= row.sinceOn) &&
  (row.withinDays === undefined || daysBetween(leftOn, today) <= row.withinDays)

const fitsPlace = (code: string, place: string): RowFit | undefined => {
  if (isForeignCountry(code) || isForeignCountry(place)) return code === place ? 'sure' : undefined
  if (divisionCovers(code, place) || divisionCovers(code, toDivisionOfToday(place))) return 'sure'
  // A code of yesterday means the land that has another code today.
  if (listOtherCodes(code).some((other) => other.within && divisionCovers(other.code, place))) return 'sure'
  const names = [place, ...listOtherCodes(place).map((other) => other.code)]
  return names.some((name) => divisionCovers(name, code) || divisionCovers(code, name)) ? 'part' : undefined
}

const strongest = (fits: readonly (RowFit | undefined)[]): RowFit | undefined =>
  fits.includes('sure') ? 'sure' : fits.includes('part') ? 'part' : undefined

/** Whether a row is about this origin, on this day. */
export const fitOf = (row: PolicyRow, origin: Origin): RowFit | undefined => {
  if (!isInTime(row, origin)) return undefined
  switch (row.origin) {
    case 'place':
      return strongest((row.placeCodes ?? []).map((code) => fitsPlace(code, origin.placeCode)))
    case 'risk':
      return strongest(
        origin.rated
          .filter(({ level }) => level === row.riskLevel)
          .map(({ whole }) => (whole ? 'sure' : 'part')),
      )
    case 'abroad':
      return isAbroad(origin.placeCode) ? 'sure' : undefined
    case 'anywhere':
      return 'sure'
  }
}

/** How heavy what is asked is, heaviest first: the heaviest measure, then its days, its tests, and how new a proof must be. */
const weightOf = (measures: readonly AskedMeasure[]): number[][] =>
  [...measures]
    .sort((a, b) => MEASURES.indexOf(a.measure) - MEASURES.indexOf(b.measure))
    .map(({ measure, days = 0, tests = 0, hours = 0 }) => [
      MEASURES.length - MEASURES.indexOf(measure),
      days,
      tests,
      measure === 'test_proof' ? -hours : hours,
    ])

const compareNumbers = (a: readonly number[], b: readonly number[]): number => {
  for (let at = 0; at < Math.max(a.length, b.length); at += 1) {
    const difference = (a[at] ?? 0) - (b[at] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}

/** Positive where `a` asks more than `b`. */
export const compareStrictness = (a: readonly AskedMeasure[], b: readonly AskedMeasure[]): number => {
  const [heavier, other] = [weightOf(a), weightOf(b)]
  for (let at = 0; at < Math.max(heavier.length, other.length); at += 1) {
    const difference = compareNumbers(heavier[at] ?? [], other[at] ?? [])
    if (difference !== 0) return difference
  }
  return 0
}

/** A row that fits, with the policy it stands in. */
export interface FoundRow<Policy> {
  row: PolicyRow
  fit: RowFit
  policy: Policy
}

const isExplicit = ({ row }: Pick<FoundRow<unknown>, 'row'>): boolean => row.origin !== 'anywhere'

/**
 * What policies say about an origin, what counts first: what is sure before what is about a part, then the strictest, of equal ones
 * the newest. A row for anywhere counts only where a policy names nothing closer. Empty: nothing is known, which never means that
 * nothing is asked.
 * @param policies each with its rows and the instant (ISO 8601, UTC) of its release
 */
export const answerOrigin = <Policy extends { rows: readonly PolicyRow[]; releasedAt: string }>(
  policies: readonly Policy[],
  origin: Origin,
): FoundRow<Policy>[] =>
  policies
    .flatMap((policy) => {
      const found = policy.rows.flatMap((row) => {
        const fit = fitOf(row, origin)
        return fit ? [{ row, fit, policy }] : []
      })
      const close = found.filter((each) => isExplicit(each) && each.fit === 'sure')
      return close.length > 0 ? found.filter(isExplicit) : found
    })
    .sort(
      (a, b) =>
        (a.fit === b.fit ? 0 : a.fit === 'sure' ? -1 : 1) ||
        compareStrictness(b.row.measures, a.row.measures) ||
        (a.policy.releasedAt === b.policy.releasedAt
          ? 0
          : a.policy.releasedAt < b.policy.releasedAt
            ? 1
            : -1),
    )

/** The first fault of a row: the field and why; undefined where it can be kept. */
export const faultOfRow = (row: PolicyRow): { field: string; reason: string } | undefined => {
  if (row.origin === 'place' && (row.placeCodes ?? []).length === 0)
    return { field: 'placeCodes', reason: 'required' }
  if (row.origin !== 'place' && row.placeCodes !== undefined)
    return { field: 'placeCodes', reason: 'not_allowed' }
  if ((row.origin === 'risk') !== (row.riskLevel !== undefined))
    return { field: 'riskLevel', reason: row.origin === 'risk' ? 'required' : 'not_allowed' }
  for (const [at, asked] of row.measures.entries()) {
    const missing = MEASURE_NEEDS[asked.measure].find((name) => asked[name] === undefined)
    if (missing) return { field: `measures.${at}.${missing}`, reason: 'required' }
    if (row.measures.findIndex(({ measure }) => measure === asked.measure) !== at)
      return { field: `measures.${at}.measure`, reason: 'doubled' }
  }
  return undefined
}
