import { isDivisionCode } from '../written/division-code.ts'

/**
 * What became of divisions since the data that comes with the programme: part of the ruleset, so that two people decide it and
 * nobody waits for a release. A renamed division is made again under its code.
 */
export interface DivisionChanges {
  readonly made?: readonly MadeDivision[]
  readonly ended?: readonly EndedDivision[]
}

export interface MadeDivision {
  /** Six digits of GB/T 2260, one that was given before included. */
  readonly code: string
  readonly name: string
  readonly nameEn?: string
}

export interface EndedDivision {
  readonly code: string
  /** Who took over its land; `within`: that one was made of this one and of nothing else. */
  readonly heirs: readonly { readonly code: string; readonly within: boolean }[]
}

/** Province, city or county by the zeros of its code. */
export const parentOf = (code: string): string =>
  code.endsWith('0000') ? '' : code.endsWith('00') ? `${code.slice(0, 2)}0000` : `${code.slice(0, 4)}00`

/** What is there before the changes. */
export interface KnownDivisions {
  /** A division of today. */
  stands: (code: string) => boolean
  /** One of today or of the past. */
  isKnown: (code: string) => boolean
}

export type DivisionFault =
  | 'no_division_code'
  | 'division_twice'
  | 'parent_unknown'
  | 'division_unknown'
  | 'heir_unknown'
  | 'has_divisions_below'

/** What is wrong with changes, by its place within them: `/ended/0/heirs/1/code`. */
export const findDivisionFaults = (
  { made = [], ended = [] }: DivisionChanges,
  known: KnownDivisions & { listBelow: (code: string) => readonly string[] },
): { path: string; fault: DivisionFault }[] => {
  const faults: { path: string; fault: DivisionFault }[] = []
  const madeCodes = new Set(made.map(({ code }) => code))
  const endedCodes = new Set(ended.map(({ code }) => code))
  const willStand = (code: string): boolean =>
    madeCodes.has(code) || (known.stands(code) && !endedCodes.has(code))
  const seen = new Set<string>()
  const checkCode = (code: string, path: string): boolean => {
    const fault =
      code.length !== 6 || !isDivisionCode(code) ? 'no_division_code' : seen.has(code) && 'division_twice'
    seen.add(code)
    if (fault) faults.push({ path, fault })
    return !fault
  }
  for (const [at, { code }] of made.entries()) {
    const path = `/made/${at}/code`
    const parent = parentOf(code)
    if (checkCode(code, path) && parent !== '' && !willStand(parent))
      faults.push({ path, fault: 'parent_unknown' })
  }
  for (const [at, { code, heirs }] of ended.entries()) {
    const path = `/ended/${at}/code`
    if (!checkCode(code, path)) continue
    if (!known.isKnown(code)) faults.push({ path, fault: 'division_unknown' })
    if (known.stands(code) && known.listBelow(code).some(willStand))
      faults.push({ path, fault: 'has_divisions_below' })
    for (const [each, heir] of heirs.entries())
      if (!willStand(heir.code))
        faults.push({ path: `/ended/${at}/heirs/${each}/code`, fault: 'heir_unknown' })
  }
  return faults
}
