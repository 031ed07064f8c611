import { toHalfWidth } from '@jiankangbao/domain/identity/half-width'
import type { TableRow } from './table-row.ts'

export type ImportKind = 'findings' | 'test_results'
export type Column =
  | 'document'
  | 'name'
  | 'phone'
  | 'category'
  | 'anchor'
  | 'evidence'
  | 'sampled'
  | 'result'
  | 'laboratory'
  | 'mode'

const SYNONYMS: Record<Column, readonly string[]> = {
  document: [
    '身份证号',
    '身份证号码',
    '身份证',
    '证件号',
    '证件号码',
    '公民身份号码',
    '公民身份证号码',
    'documentnumber',
    'idnumber',
  ],
  name: ['姓名', '名字', '人员姓名', '被采样人', '被采样人姓名', 'name'],
  phone: ['手机', '手机号', '手机号码', '电话', '联系电话', '联系方式', 'phone'],
  category: ['赋码类别', '赋码类型', '类别', '人员类别', '管控类别', 'category'],
  anchor: [
    '起算日期',
    '起算时间',
    '起始日期',
    '末次接触日期',
    '末次接触时间',
    '末次暴露时间',
    '入境日期',
    '日期',
    'anchor',
  ],
  evidence: ['依据', '赋码依据', '证据', '文号', '来源文号', 'evidence'],
  sampled: ['采样时间', '采样日期', '样本采集时间', 'sampledat'],
  result: ['检测结果', '结果', '核酸结果', '核酸检测结果', 'result'],
  laboratory: ['检测机构', '检测单位', '实验室', '机构名称', 'laboratory'],
  mode: ['采样方式', '检测方式', '单混检', '单采混采', '混采单采', 'mode'],
}

const NEEDED: Record<ImportKind, readonly Column[]> = {
  findings: ['document', 'category', 'anchor', 'evidence'],
  test_results: ['document', 'sampled', 'result'],
}

/** Rows above the heading: offices put a title and a note there. */
const HEADING_WITHIN = 10

const plain = (heading: string): string =>
  toHalfWidth(heading)
    .replace(/\(.*?\)/g, '')
    .replace(/[\s*:_/、\u200b\ufeff-]/g, '')
    .toLowerCase()

/** Column positions of one row read as a heading; of two columns with the same meaning the first counts. */
export const readHeading = (cells: readonly string[]): Map<Column, number> => {
  const found = new Map<Column, number>()
  cells.forEach((cell, position) => {
    const text = plain(cell)
    for (const column of Object.keys(SYNONYMS) as Column[]) {
      if (!found.has(column) && SYNONYMS[column].includes(text)) found.set(column, position)
    }
  })
  return found
}

export type Heading =
  | { ok: true; rowNumber: number; columns: Map<Column, number> }
  | { ok: false; missing: readonly Column[] }

/** The heading among the first ten rows, or the columns that the best of them lacks. */
export const findHeading = (kind: ImportKind, firstRows: readonly TableRow[]): Heading => {
  let missing = NEEDED[kind]
  for (const row of firstRows.slice(0, HEADING_WITHIN)) {
    const columns = readHeading(row.cells)
    const lacking = NEEDED[kind].filter((column) => !columns.has(column))
    if (lacking.length === 0) return { ok: true, rowNumber: row.rowNumber, columns }
    if (lacking.length < missing.length) missing = lacking
  }
  return { ok: false, missing }
}
