import type { OperatorRole } from './people.ts'
import { type NothingSaid, saysNothing } from './telling-text.ts'

// What operators look people up for. Nobody types "xx": a purpose is one of these, with a text where the list is too short.

interface PurposeOfLookup {
  /** What is kept and what the person reads, in the city's language. */
  words: string
  roles: readonly OperatorRole[]
  /** What it was is written too. */
  needsText?: true
}

const caseWorkers: readonly OperatorRole[] = ['hq', 'office', 'epidemiologist']
const desks: readonly OperatorRole[] = ['hq', 'office', 'hotline']
const everybody: readonly OperatorRole[] = ['hq', 'office', 'epidemiologist', 'hotline', 'auditor']

const purposes = {
  flow: { words: '流行病学调查', roles: caseWorkers },
  follow: { words: '重点人员健康管理', roles: caseWorkers },
  colour: { words: '核实赋码依据', roles: caseWorkers },
  appeal: { words: '核实群众申诉', roles: [...caseWorkers, 'hotline'] },
  hotline: { words: '热线工单办理', roles: desks },
  identity: { words: '核实身份与证件', roles: desks },
  paper: { words: '办理纸质码', roles: desks },
  correct: { words: '更正错误信息', roles: desks },
  arrival: { words: '入市报备与接站', roles: ['hq', 'office'] },
  round: { words: '核酸采样组织', roles: ['hq', 'office'] },
  venue: { words: '核实场所申请', roles: ['hq', 'office'] },
  result: { words: '电话告知检测结果', roles: [...caseWorkers, 'hotline'] },
  audit: { words: '审计核查', roles: ['auditor'] },
  other: { words: '其他', roles: everybody, needsText: true },
} as const satisfies Record<string, PurposeOfLookup>

export type LookupPurposeKey = keyof typeof purposes
export const LOOKUP_PURPOSES = Object.keys(purposes) as LookupPurposeKey[]
const all: Record<LookupPurposeKey, PurposeOfLookup> = purposes

/** Between the chosen purpose and its text. */
const MARK = '：'
const MOST_CHARACTERS = 200

export interface LookupPurpose {
  key: LookupPurposeKey
  text: string
}

/** What is wrong with a purpose; clients word it. */
export type PurposeRefusal = 'not_allowed' | 'text_required' | NothingSaid

export type ReadPurpose = ({ ok: true } & LookupPurpose) | { ok: false; reason: PurposeRefusal }

/** Reads a purpose as clients send it or as it was kept: `appeal`, `appeal：工单 12`, `核实群众申诉：工单 12`. */
export const readLookupPurpose = (raw: string): ReadPurpose => {
  if (Array.from(raw).length > MOST_CHARACTERS) return { ok: false, reason: 'not_allowed' }
  const place = raw.search(/[:：]/)
  const head = (place < 0 ? raw : raw.slice(0, place)).trim()
  const text = place < 0 ? '' : raw.slice(place + 1).trim()
  const key = LOOKUP_PURPOSES.filter((each) => each === head || all[each].words === head)[0]
  if (key === undefined) return { ok: false, reason: 'not_allowed' }
  if (text === '')
    return all[key].needsText ? { ok: false, reason: 'text_required' } : { ok: true, key, text }
  const reason = saysNothing(text)
  return reason ? { ok: false, reason } : { ok: true, key, text }
}

/** The purpose; undefined where it is none of the list, or where its text says nothing or is missing. */
export const parseLookupPurpose = (raw: string): LookupPurpose | undefined => {
  const read = readLookupPurpose(raw)
  return read.ok ? { key: read.key, text: read.text } : undefined
}

/** What is kept and what the person reads. */
export const lookupPurposeWords = ({ key, text }: LookupPurpose): string =>
  text === '' ? all[key].words : all[key].words + MARK + text

export const lookupPurposesOf = (roles: readonly OperatorRole[]): LookupPurposeKey[] =>
  LOOKUP_PURPOSES.filter((key) => all[key].roles.some((role) => roles.indexOf(role) >= 0))

export const purposeNeedsText = (key: LookupPurposeKey): boolean => all[key].needsText === true

/** Those of the roles for which it is kept how many look-ups a day are usual. */
export const LOOKUP_NORM_ROLES = ['hq', 'office', 'epidemiologist', 'hotline', 'auditor'] as const
export type LookupNormRole = (typeof LOOKUP_NORM_ROLES)[number]

/** What is usual for a role in a day: at least `least`, at most `most`, between them so many times what was usual before. */
export interface LookupNorm {
  least: number
  timesUsual: number
  most: number
}

/** Of a role that has no figure of its own. */
export const LEAST_LOOKUPS = 40

/** Up to how many look-ups of one operator in one day nobody is told. */
export const usualLookups = (norms: readonly LookupNorm[], meanBefore: number): number =>
  norms.length === 0
    ? LEAST_LOOKUPS
    : Math.max(
        ...norms.map(({ least, timesUsual, most }) =>
          Math.min(most, Math.max(least, Math.ceil(timesUsual * meanBefore))),
        ),
      )
