import type { ProvincialBatchAnswer, ProvincialRow } from '@jiankangbao/contracts/provincial/schemas'
import { colourToNumber } from '@jiankangbao/domain/decision/coding'
import { shanghaiDayOf } from '@jiankangbao/domain/time/shanghai'
import { parseDocumentNumber } from '@jiankangbao/domain/written/document-number'
import { documentKey, type FieldEncryption } from '../../../keys/field-encryption.ts'
import { toDocumentType, toProvincialColour } from '../../../outside/provincial.ts'

export interface PushedCode {
  documentIndex: Buffer
  colour: number
  observedAt: Date
}

const SKEW_MS = 5 * 60_000

const readRow = (
  encryption: Pick<FieldEncryption, 'blindIndex'>,
  row: ProvincialRow,
  now: Date,
): PushedCode | { field: string; reason: string } => {
  const type = toDocumentType(row.cardType)
  if (!type) return { field: 'cardType', reason: 'unknown' }
  // The province sends no country, and a passport number alone may be two people's.
  if (type === 'passport') return { field: 'cardType', reason: 'not_allowed' }
  const document = parseDocumentNumber(type, row.cardNo, { todayOn: shanghaiDayOf(now.getTime()) })
  if (!document.ok) return { field: 'cardNo', reason: 'format' }
  const colour = toProvincialColour(row.codeColor)
  if (!colour) return { field: 'codeColor', reason: 'unknown' }
  if (row.updateTime > now.getTime() + SKEW_MS) return { field: 'updateTime', reason: 'in_the_future' }
  return {
    documentIndex: encryption.blindIndex('document', documentKey(document.type, document.number, undefined)),
    colour: colourToNumber(colour),
    observedAt: new Date(Math.min(row.updateTime, now.getTime())),
  }
}

/** Reads pushed rows; a person may be in a batch once, a second row is refused. */
export const readProvincialRows = (
  encryption: Pick<FieldEncryption, 'blindIndex'>,
  rows: ProvincialRow[],
  now: Date,
): { rows: PushedCode[]; refused: ProvincialBatchAnswer['refused'] } => {
  const refused: ProvincialBatchAnswer['refused'] = []
  const read = new Map<string, PushedCode>()
  rows.forEach((row, place) => {
    const one = readRow(encryption, row, now)
    if ('field' in one) {
      refused.push({ row: place, ...one })
      return
    }
    const key = one.documentIndex.toString('hex')
    if (read.has(key)) refused.push({ row: place, field: 'cardNo', reason: 'duplicate' })
    else read.set(key, one)
  })
  return { rows: [...read.values()], refused }
}
