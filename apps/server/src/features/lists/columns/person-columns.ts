import type { DocumentType } from '@jiankangbao/domain/identity/document'
import { shanghaiDayOf } from '@jiankangbao/domain/time/shanghai'
import { parseDocumentNumber } from '@jiankangbao/domain/written/document-number'
import { parsePersonName } from '@jiankangbao/domain/written/person-name'
import { parsePhone } from '@jiankangbao/domain/written/phone'
import { documentKey } from '../../../keys/field-encryption.ts'
import { parseIdentityCell } from '../../../sheets/cell-values.ts'
import { numberColumn, textColumn, wordColumn } from './column.ts'
import type { Cells, Problems } from './reading.ts'

export const NAME = textColumn('name', '姓名', '名字', '人员姓名', '被采样人', '被采样人姓名', 'name')
export const DOCUMENT = numberColumn(
  'document',
  '身份证号',
  '身份证号码',
  '身份证',
  '证件号',
  '证件号码',
  '公民身份号码',
  '公民身份证号码',
  'documentnumber',
  'idnumber',
)
const TYPES: Record<DocumentType, readonly string[]> = {
  resident_id: ['居民身份证', '身份证', '二代身份证'],
  passport: ['护照', '外国护照', '普通护照'],
  hk_macao_permit: ['港澳居民来往内地通行证', '回乡证', '港澳通行证'],
  taiwan_permit: ['台湾居民来往大陆通行证', '台胞证'],
  foreign_permanent_resident: ['外国人永久居留身份证', '永久居留证'],
}
export const DOCUMENT_TYPE = wordColumn('documentType', ['证件类型', '证件种类', 'documenttype'], TYPES)
export const COUNTRY = textColumn('country', '国籍', '国家', '国家地区', '国籍代码', 'country')
export const PHONE = numberColumn(
  'phone',
  '手机',
  '手机号',
  '手机号码',
  '电话',
  '联系电话',
  '联系方式',
  'phone',
)

export const readDocument = (cell: Cells, nowMs: number, problems: Problems): string => {
  const number = parseIdentityCell(cell(DOCUMENT))
  if (!number.ok) {
    problems.push(number.reason === 'empty' ? 'document_missing' : `document_${number.reason}`)
    return ''
  }
  const type = cell(DOCUMENT_TYPE) === '' ? 'resident_id' : DOCUMENT_TYPE.read(cell(DOCUMENT_TYPE))
  if (!type) {
    problems.push('document_type_unknown')
    return ''
  }
  const country = cell(COUNTRY).toUpperCase()
  if (type === 'passport' && !/^[A-Z]{3}$/.test(country)) problems.push('country_missing')
  const parsed = parseDocumentNumber(type, number.text, { todayOn: shanghaiDayOf(nowMs) })
  // A number that Excel may have cut is believed with a name beside it, which is compared with the registered one.
  const doubtful = type === 'resident_id' && number.maybeRounded
  if (parsed.ok && !(doubtful && cell(NAME) === '')) return documentKey(parsed.type, parsed.number, country)
  problems.push(doubtful ? 'document_rounded' : 'document_invalid')
  return ''
}

export const readName = (cell: Cells, problems: Problems): { name?: string } => {
  const name = parsePersonName(cell(NAME))
  if (cell(NAME) !== '' && !name.ok) problems.push('name_invalid')
  if (cell(PHONE) !== '' && !parsePhone(cell(PHONE)).ok) problems.push('phone_invalid')
  return name.ok ? { name: name.name } : {}
}

/** Whom a row is about. */
export const readPerson = (
  cell: Cells,
  nowMs: number,
  problems: Problems,
): { document: string; name?: string } => {
  const document = readDocument(cell, nowMs, problems)
  return { document, ...readName(cell, problems) }
}
