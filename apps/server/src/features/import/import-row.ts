import { parseDocumentNumber } from '@jiankangbao/domain/identity/document'
import { toHalfWidth } from '@jiankangbao/domain/identity/half-width'
import { parsePersonName } from '@jiankangbao/domain/identity/person-name'
import { parsePhone } from '@jiankangbao/domain/identity/phone'
import { shanghaiDayOf } from '@jiankangbao/domain/time/shanghai'
import { type DateSystem, epochOf, parseIdentityCell, parseInstantCell } from '../../tables/cell-values.ts'
import type { Column, ImportKind } from '../../tables/headings.ts'
import type { TableRow } from '../../tables/table-row.ts'

export type RowProblem =
  | 'document_missing'
  | 'document_scientific'
  | 'document_rounded'
  | 'document_invalid'
  | 'name_invalid'
  | 'phone_invalid'
  | 'category_unknown'
  | 'evidence_missing'
  | 'time_invalid'
  | 'time_missing'
  | 'time_future'
  | 'result_unknown'
  | 'mode_unknown'
  | 'repeated'

export type ImportRow = {
  documentNumber: string
  name: string | undefined
  phone: string | undefined
  /** Anchor of the finding, or time of sampling: epoch milliseconds. */
  at: number
  category: string | undefined
  evidence: string | undefined
  result: 'negative' | 'positive' | undefined
  mode: 'single' | 'pool' | undefined
  laboratory: string | undefined
}

export type ParsedImportRow = { ok: true; row: ImportRow } | { ok: false; problems: RowProblem[] }

const CATEGORIES: Record<string, readonly string[]> = {
  confirmed: ['确诊', '确诊病例', '无症状', '无症状感染者', '阳性感染者'],
  close_contact: ['密接', '密切接触者'],
  secondary_contact: ['次密接', '次密切接触者', '密接的密接'],
  inbound_abroad: ['境外入境', '入境人员', '境外'],
  risk_area_travel: ['中高风险地区旅居史', '风险地区旅居史', '旅居史'],
  risk_area_resident: ['中高风险区内人员', '风险区内人员'],
  control_zone: ['封控区', '管控区', '封控管控区'],
  co_presence: ['时空伴随', '时空伴随者'],
  overdue_test: ['应检未检'],
  high_risk_post: ['高风险岗位', '高风险岗位闭环'],
}
const RESULTS = {
  negative: ['阴性', '阴', 'negative', '-'],
  positive: ['阳性', '阳', 'positive', '+'],
} as const
const MODES = {
  single: ['单采', '单检', '单人', '单采单检', 'single'],
  pool: ['混采', '混检', '混采混检', 'pool'],
} as const

const keyOf = <K extends string>(words: Record<K, readonly string[]>, text: string): K | undefined =>
  (Object.keys(words) as K[]).find((key) => key === text || words[key].includes(text))

export type RowContext = {
  kind: ImportKind
  columns: ReadonlyMap<Column, number>
  dateSystem: DateSystem
  nowMs: number
}

const readDocument = (raw: string, nowMs: number, problems: RowProblem[]): string => {
  const cell = parseIdentityCell(raw)
  if (!cell.ok) {
    problems.push(cell.reason === 'empty' ? 'document_missing' : `document_${cell.reason}`)
    return ''
  }
  const parsed = parseDocumentNumber('resident_id', cell.text, { todayOn: shanghaiDayOf(nowMs) })
  if (parsed.ok) return parsed.number
  problems.push('document_invalid')
  return ''
}

const readTime = (raw: string, { dateSystem, nowMs }: RowContext, problems: RowProblem[]): number => {
  const parsed = parseInstantCell(raw, dateSystem)
  if (!parsed.ok) {
    problems.push('time_invalid')
    return 0
  }
  const at = epochOf(parsed)
  if (at > nowMs) problems.push('time_future')
  return at
}

const optional = (text: string): string | undefined => (text === '' ? undefined : text)

/** Reads one row of a findings list or of test results; all problems of the row at once, none silently repaired. */
export const parseImportRow = (row: TableRow, context: RowContext): ParsedImportRow => {
  const { kind, columns, nowMs } = context
  const problems: RowProblem[] = []
  const cell = (column: Column): string => toHalfWidth(row.cells[columns.get(column) ?? -1] ?? '').trim()
  const documentNumber = readDocument(cell('document'), nowMs, problems)
  const name = optional(cell('name'))
  if (name !== undefined && !parsePersonName(name).ok) problems.push('name_invalid')
  const phone = optional(cell('phone'))
  if (phone !== undefined && !parsePhone(phone).ok) problems.push('phone_invalid')
  const read: ImportRow = {
    documentNumber,
    name,
    phone,
    at: readTime(cell(kind === 'findings' ? 'anchor' : 'sampled'), context, problems),
    category: keyOf(CATEGORIES, cell('category')),
    evidence: optional(cell('evidence')),
    result: keyOf(RESULTS, cell('result').toLowerCase()),
    mode: keyOf(MODES, cell('mode').toLowerCase()),
    laboratory: optional(cell('laboratory')),
  }
  if (kind === 'findings') {
    if (read.category === undefined) problems.push('category_unknown')
    if (read.evidence === undefined) problems.push('evidence_missing')
  } else {
    if (read.result === undefined) problems.push('result_unknown')
    if (read.mode === undefined && cell('mode') !== '') problems.push('mode_unknown')
    // Two negatives 23 h 59 min apart must not count as 24: a day without a time says too little about a sample.
    const sampled = parseInstantCell(cell('sampled'), context.dateSystem)
    if (sampled.ok && sampled.secondOfDay === undefined) problems.push('time_missing')
  }
  return problems.length === 0 ? { ok: true, row: read } : { ok: false, problems }
}
