import { type DocumentType, parseDocumentNumber } from '@jiankangbao/domain/identity/document'
import { parsePersonName } from '@jiankangbao/domain/identity/person-name'
import { parsePhone } from '@jiankangbao/domain/identity/phone'
import { parseWorkplace } from '@jiankangbao/domain/identity/workplace'
import { shanghaiDayOf } from '@jiankangbao/domain/time/shanghai'
import { documentKey } from '../../../keys/field-encryption.ts'
import { epochOf, isScientific, parseIdentityCell, parseInstantCell } from '../../../sheets/cell-values.ts'
import type { ImportKind } from '../columns/headings.ts'
import type { Cells, ParsedImportRow, RowContext, RowProblem } from '../columns/parsed-row.ts'
import { readAction, readDocumentType, readEndKind, readMode, readResult } from '../columns/row-words.ts'

const DAY_MS = 24 * 3600_000
const OLDEST_SAMPLE_MS = 60 * DAY_MS
const MOST_ZONE_LENGTH = 100
/** Nothing that a colour could hang on happened before; an earlier day is a slip, such as 2002 for 2022. */
const EARLIEST_MS = Date.parse('2019-12-01T00:00:00+08:00')

const readDocument = (cell: Cells, nowMs: number, problems: RowProblem[]): string => {
  const number = parseIdentityCell(cell('document'))
  if (!number.ok) {
    problems.push(number.reason === 'empty' ? 'document_missing' : `document_${number.reason}`)
    return ''
  }
  const type = cell('documentType') === '' ? 'resident_id' : readDocumentType(cell('documentType'))
  if (!type) {
    problems.push('document_type_unknown')
    return ''
  }
  const country = cell('country').toUpperCase()
  if (type === 'passport' && !/^[A-Z]{3}$/.test(country)) problems.push('country_missing')
  const parsed = parseDocumentNumber(type, number.text, { todayOn: shanghaiDayOf(nowMs) })
  // A number that Excel may have cut is believed with a name beside it, which is compared with the registered one.
  const doubtful = type === 'resident_id' && number.maybeRounded
  if (parsed.ok && !(doubtful && cell('name') === '')) return documentKey(type, parsed.number, country)
  problems.push(doubtful ? 'document_rounded' : 'document_invalid')
  return ''
}

/** Passports mean something only with their country, for which there is no column. */
const CONTACT_TYPES: DocumentType[] = [
  'resident_id',
  'hk_macao_permit',
  'taiwan_permit',
  'foreign_permanent_resident',
]

/** A number that may have been cut is refused: no name stands beside it. */
const readContact = (cell: Cells, nowMs: number, problems: RowProblem[]): string[] | undefined => {
  const number = parseIdentityCell(cell('contactDocument'))
  if (!number.ok && number.reason === 'empty') return undefined
  if (!number.ok || number.maybeRounded) {
    problems.push('contact_damaged')
    return undefined
  }
  const keys = CONTACT_TYPES.flatMap((type) => {
    const parsed = parseDocumentNumber(type, number.text, { todayOn: shanghaiDayOf(nowMs) })
    return parsed.ok ? [documentKey(type, parsed.number, undefined)] : []
  })
  if (keys.length === 0) problems.push('contact_invalid')
  return keys
}

export const isImplausible = (at: number): boolean => at < EARLIEST_MS

/** @param raw a date, with a time or not; its Shanghai midnight stands for a date */
export const readTime = (
  raw: string,
  { dateSystem }: Pick<RowContext, 'dateSystem'>,
): { at: number; timeGiven: boolean } | undefined => {
  const parsed = parseInstantCell(raw, dateSystem)
  return parsed.ok ? { at: epochOf(parsed), timeGiven: parsed.secondOfDay !== undefined } : undefined
}

const readPast = (raw: string, context: RowContext, problems: RowProblem[]) => {
  const time = readTime(raw, context)
  if (!time) problems.push('time_invalid')
  else if (time.at > context.nowMs) problems.push('time_future')
  else if (isImplausible(time.at)) problems.push('time_implausible')
  return time
}

const readName = (cell: Cells, problems: RowProblem[]): { name?: string } => {
  const name = parsePersonName(cell('name'))
  if (cell('name') !== '' && !name.ok) problems.push('name_invalid')
  if (cell('phone') !== '' && !parsePhone(cell('phone')).ok) problems.push('phone_invalid')
  return name.ok ? { name: name.name } : {}
}

const readNumber = (cell: Cells, problems: RowProblem[]): string => {
  const number = cell('number')
  if (isScientific(number)) problems.push('number_scientific')
  else if (number === '' || number.length > 64) problems.push('number_missing')
  return number
}

const parseResult = (cell: Cells, context: RowContext, problems: RowProblem[]) => {
  const result = readResult(cell('result'))
  const mode = cell('mode') === '' ? 'single' : readMode(cell('mode'))
  const number = readNumber(cell, problems)
  const time = readPast(cell('sampled'), context, problems)
  // Two negatives 23 h 59 min apart must not count as 24: a day without a time says too little about a sample.
  if (time && !time.timeGiven) problems.push('time_missing')
  if (time && time.at < context.nowMs - OLDEST_SAMPLE_MS && !isImplausible(time.at))
    problems.push('time_too_old')
  if (!result) problems.push('result_unknown')
  if (!mode) problems.push('mode_unknown')
  return time && result && mode ? { at: time.at, number, result, mode } : undefined
}

const parseFinding = (
  kind: 'findings' | 'home_monitoring',
  cell: Cells,
  context: RowContext,
  problems: RowProblem[],
) => {
  const category = kind === 'home_monitoring' ? kind : context.categories.find(cell('category'))
  const evidence = cell('evidence').slice(0, 500)
  const time = readPast(cell('anchor'), context, problems)
  const workplace = parseWorkplace(cell('workplace'))
  if (!workplace.ok && workplace.reason !== 'empty') problems.push('workplace_invalid')
  const zone = kind === 'findings' ? cell('zone') : ''
  const contact = kind === 'findings' ? readContact(cell, context.nowMs, problems) : undefined
  if (zone.length > MOST_ZONE_LENGTH) problems.push('zone_unknown')
  if (!category) problems.push('category_unknown')
  if (kind === 'findings' && evidence === '') problems.push('evidence_missing')
  if (!time || !category) return undefined
  return {
    at: time.at,
    category,
    ...(evidence === '' ? {} : { evidence }),
    ...(workplace.ok ? { workplace: workplace.workplace } : {}),
    ...(zone === '' ? {} : { zone }),
    ...(contact ? { contact } : {}),
  }
}

/** Without a day the finding ends as the list is checked. */
const parseEnd = (cell: Cells, context: RowContext, problems: RowProblem[]) => {
  const category = context.categories.find(cell('category'))
  const evidence = cell('evidence').slice(0, 500)
  const endKind = cell('endKind') === '' ? 'ended' : readEndKind(cell('endKind'))
  const time = cell('until') === '' ? { at: context.nowMs } : readPast(cell('until'), context, problems)
  if (!category) problems.push('category_unknown')
  if (!endKind) problems.push('end_kind_unknown')
  return time && category && endKind
    ? { at: time.at, category, endKind, ...(evidence === '' ? {} : { evidence }) }
    : undefined
}

/** A result by its number; of one that is taken back the person may be named, and nothing else counts. */
const parseTestRow = (cell: Cells, context: RowContext): ParsedImportRow => {
  const problems: RowProblem[] = []
  const action = cell('action') === '' ? 'report' : readAction(cell('action'))
  if (!action) problems.push('action_unknown')
  const anonymous = action === 'withdraw' && cell('document') === ''
  const document = anonymous ? '' : readDocument(cell, context.nowMs, problems)
  const name = readName(cell, problems)
  const person = { ...(document === '' ? {} : { document }), ...name }
  if (action === 'withdraw') {
    const number = readNumber(cell, problems)
    if (problems.length > 0) return { ok: false, problems }
    return { ok: true, row: { key: [number, document], ...person, number, action } }
  }
  const result = parseResult(cell, context, problems)
  if (problems.length > 0 || !result) return { ok: false, problems }
  const replaces = action === 'correct' ? { action } : {}
  return { ok: true, row: { key: [result.number, document], ...person, ...result, ...replaces } }
}

/** One person of a list of findings or of their ends, of test results, or of home monitoring. */
export const parsePersonRow = (
  kind: Exclude<ImportKind, 'risk_areas' | 'venues'>,
  cell: Cells,
  context: RowContext,
): ParsedImportRow => {
  if (kind === 'test_results') return parseTestRow(cell, context)
  const problems: RowProblem[] = []
  const document = readDocument(cell, context.nowMs, problems)
  const person = { document, ...readName(cell, problems) }
  if (kind === 'finding_ends') {
    const end = parseEnd(cell, context, problems)
    if (problems.length > 0 || !end) return { ok: false, problems }
    return { ok: true, row: { key: [document, end.category], ...person, ...end } }
  }
  const finding = parseFinding(kind, cell, context, problems)
  if (problems.length > 0 || !finding) return { ok: false, problems }
  return { ok: true, row: { key: [document, finding.category, finding.at], ...person, ...finding } }
}
