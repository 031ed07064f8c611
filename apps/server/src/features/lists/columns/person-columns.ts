import { documentTypes } from '@jiankangbao/contracts/words/zh'
import { COUNTRY_NAMES } from '@jiankangbao/domain/place/country-names'
import { shanghaiDayOf } from '@jiankangbao/domain/time/shanghai'
import { readNationality } from '@jiankangbao/domain/written/country'
import { parseDocumentNumber } from '@jiankangbao/domain/written/document-number'
import { DOCUMENT_TYPE_WORDS } from '@jiankangbao/domain/written/list-words'
import { parsePersonName } from '@jiankangbao/domain/written/person-name'
import { parsePhone } from '@jiankangbao/domain/written/phone'
import { documentKey } from '../../../keys/field-encryption.ts'
import { parseIdentityCell } from '../../../sheets/cell-values.ts'
import { type Column, numberColumn, readColumn, textColumn, withNames, wordColumn } from './column.ts'
import type { Cells, Problems } from './reading.ts'

export const NAME = textColumn(
  'name',
  '姓名',
  '名字',
  '人员姓名',
  '被采样人',
  '被采样人姓名',
  '受检者姓名',
  '受检人',
  '受检人姓名',
  '患者姓名',
  '本人姓名',
  '居民姓名',
  '人员名称',
  '姓名全称',
  'fullname',
  'name',
)
export const DOCUMENT = numberColumn(
  'document',
  '身份证号',
  '身份证号码',
  '身份证',
  '身份证件号',
  '身份证件号码',
  '居民身份证号',
  '居民身份证号码',
  '有效证件号',
  '有效证件号码',
  '有效身份证件号码',
  '证照号码',
  '证件编号',
  '身份号码',
  '身份证编号',
  '身份证明号码',
  '本人证件号码',
  '本人身份证号',
  '人员证件号码',
  '被采样人身份证号',
  '被采样人证件号码',
  '受检者证件号码',
  '证件号',
  '证件号码',
  '公民身份号码',
  '公民身份证号码',
  'documentnumber',
  'idnumber',
)
export const DOCUMENT_TYPE = wordColumn(
  'documentType',
  ['证件类型', '证件种类', '证件类别', '身份证件类型', '有效证件类型', '证件名称', 'documenttype', 'idtype'],
  withNames(DOCUMENT_TYPE_WORDS, documentTypes),
)
export const COUNTRY = readColumn(
  'country',
  ['国籍', '国家', '国家地区', '国籍代码', '国籍地区', '所属国家', 'country', 'nationality'],
  readNationality,
  Object.fromEntries(COUNTRY_NAMES.map(([alpha3, zh, en]) => [alpha3, [zh, en]])),
)
export const PHONE: Column<string> = {
  ...numberColumn(
    'phone',
    '手机',
    '手机号',
    '手机号码',
    '电话',
    '联系电话',
    '联系方式',
    '本人电话',
    '移动电话',
    '手机联系方式',
    '联系手机',
    'phone',
    'mobile',
  ),
  mayRepeat: true,
}

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
  const country = COUNTRY.read(cell(COUNTRY))
  if (type === 'passport' && !country)
    problems.push(cell(COUNTRY) === '' ? 'country_missing' : 'country_unknown')
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
