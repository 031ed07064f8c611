import type { FieldError } from '@jiankangbao/contracts/error-codes'
import type { LaboratoryRow } from '@jiankangbao/contracts/laboratory/schemas'
import { shanghaiDayOf } from '@jiankangbao/domain/time/shanghai'
import { parseDocumentNumber } from '@jiankangbao/domain/written/document-number'
import { documentKey, type FieldEncryption } from '../../../keys/field-encryption.ts'

export interface ReportedResult {
  action: 'report' | 'correct'
  number: string
  kind: 'single' | 'pooled'
  result: 'negative' | 'positive'
  sampledAt: Date
  reportedAt: Date
  documentIndexes: Buffer[]
}

export type ReadRow = ReportedResult | { action: 'withdraw'; number: string }

/** Clocks of laboratories may be a little ahead. */
const SKEW_MS = 5 * 60_000
const OLDEST_MS = 60 * 24 * 3600_000
// `2022-03-08T09:30:00+08:00`: without its zone a time of sampling could be eight hours off.
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,3})?(Z|[+-]\d{2}:\d{2})$/

const readInstant = (text: string, now: Date): Date | string => {
  const instant = new Date(INSTANT.test(text) ? text : Number.NaN)
  if (Number.isNaN(instant.getTime())) return 'format'
  if (instant.getTime() > now.getTime() + SKEW_MS) return 'in_the_future'
  if (instant.getTime() < now.getTime() - OLDEST_MS) return 'too_long_ago'
  return instant
}

type Content = Required<Pick<LaboratoryRow, 'kind' | 'persons'>>

const contentFields = ['kind', 'result', 'sampledAt', 'persons'] as const

type Refuse = (field: string, reason: string) => void

const readPersons = (
  encryption: Pick<FieldEncryption, 'blindIndex'>,
  row: Content,
  todayOn: string,
  refuse: Refuse,
): Buffer[] => {
  if (row.kind === 'single' && row.persons.length !== 1) refuse('persons', 'one_person')
  const indexes = row.persons.map((person, place) => {
    const document = parseDocumentNumber(person.documentType, person.documentNumber, { todayOn })
    if (!document.ok) refuse(`persons.${place}.documentNumber`, 'format')
    const type = document.ok ? document.type : person.documentType
    const country = type === 'passport' ? person.country : undefined
    if (type === 'passport' && !country) refuse(`persons.${place}.country`, 'required')
    return document.ok
      ? encryption.blindIndex('document', documentKey(document.type, document.number, country))
      : Buffer.alloc(0)
  })
  if (new Set(indexes.map((index) => index.toString('hex'))).size < indexes.length)
    refuse('persons', 'duplicate')
  return indexes
}

const readWithdrawal = (row: LaboratoryRow, refuse: Refuse): ReadRow => {
  for (const field of [...contentFields, 'reportedAt'] as const)
    if (row[field] !== undefined) refuse(field, 'not_allowed')
  return { action: 'withdraw', number: row.number }
}

const readReport = (
  encryption: Pick<FieldEncryption, 'blindIndex'>,
  row: LaboratoryRow & { action: ReportedResult['action'] },
  now: Date,
  refuse: Refuse,
): ReportedResult => {
  for (const field of contentFields) if (row[field] === undefined) refuse(field, 'required')
  const { action, number, kind = 'single', result = 'negative', sampledAt, persons } = row
  const instantOf = (field: 'sampledAt' | 'reportedAt', text: string | undefined): Date => {
    const instant = text === undefined ? now : readInstant(text, now)
    if (typeof instant !== 'string') return instant
    refuse(field, instant)
    return now
  }
  const sampled = instantOf('sampledAt', sampledAt)
  const reported = instantOf('reportedAt', row.reportedAt)
  if (reported.getTime() + SKEW_MS < sampled.getTime()) refuse('reportedAt', 'before_sampling')
  const documentIndexes = persons
    ? readPersons(encryption, { kind, persons }, shanghaiDayOf(now.getTime()), refuse)
    : []
  return { action, number, kind, result, sampledAt: sampled, reportedAt: reported, documentIndexes }
}

/**
 * Reads the rows of a batch; every refused field is told as `results.<row>.<field>`.
 * @returns rows in the order of the batch; of use only where `fields` is empty
 */
export const readLaboratoryRows = (
  encryption: Pick<FieldEncryption, 'blindIndex'>,
  rows: LaboratoryRow[],
  now: Date,
): { rows: ReadRow[]; fields: FieldError[] } => {
  const fields: FieldError[] = []
  const seen = new Set<string>()
  const read = rows.map((row, place): ReadRow => {
    const refuse: Refuse = (field, reason) => fields.push({ field: `results.${place}.${field}`, reason })
    if (seen.has(row.number)) refuse('number', 'duplicate')
    seen.add(row.number)
    return row.action === 'withdraw'
      ? readWithdrawal(row, refuse)
      : readReport(encryption, { ...row, action: row.action }, now, refuse)
  })
  return { rows: read, fields }
}
