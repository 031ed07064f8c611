import { toHalfWidth } from '@jiankangbao/domain/identity/half-width'
import type { TableRow } from '../../../sheets/table-row.ts'

export const IMPORT_KINDS = [
  'findings',
  'finding_ends',
  'test_results',
  'home_monitoring',
  'risk_areas',
  'venues',
] as const
export type ImportKind = (typeof IMPORT_KINDS)[number]
export const isImportKind = (text: string | undefined): text is ImportKind =>
  IMPORT_KINDS.some((kind) => kind === text)

export type Column =
  | 'document'
  | 'documentType'
  | 'country'
  | 'name'
  | 'phone'
  | 'category'
  | 'anchor'
  | 'evidence'
  | 'endKind'
  | 'workplace'
  | 'zone'
  | 'contactDocument'
  | 'sampled'
  | 'result'
  | 'laboratory'
  | 'mode'
  | 'number'
  | 'action'
  | 'division'
  | 'areaName'
  | 'level'
  | 'extent'
  | 'until'
  | 'venueName'
  | 'venueKind'
  | 'address'
  | 'creditCode'
  | 'responsible'
  | 'points'

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
  documentType: ['证件类型', '证件种类', 'documenttype'],
  country: ['国籍', '国家', '国家地区', '国籍代码', 'country'],
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
    '监测开始日期',
    '居家开始日期',
    '开始日期',
    '划定日期',
    '划定时间',
    '公布日期',
    '公布时间',
    'anchor',
  ],
  evidence: ['依据', '赋码依据', '解除依据', '解除原因', '证据', '文号', '来源文号', 'evidence'],
  endKind: ['解除方式', 'endkind'],
  workplace: [
    '工作单位',
    '工作单位名称',
    '单位',
    '单位名称',
    '所在单位',
    '就职单位',
    'workplace',
    'employer',
  ],
  zone: [
    '管控区名称',
    '管控区',
    '管控区名称小区',
    '管控区小区',
    '封控区名称',
    '封控区',
    '封控管控区',
    '小区',
    '小区名称',
    '小区管控区',
    'zone',
  ],
  contactDocument: [
    '密接证件号码',
    '密接证件号',
    '密接身份证号',
    '密接身份证号码',
    '密接身份证',
    '密切接触者证件号码',
    '密切接触者身份证号',
    '关联密接证件号码',
    '关联密接身份证号',
    'contactdocument',
  ],
  sampled: ['采样时间', '采样日期', '样本采集时间', 'sampledat'],
  result: ['检测结果', '结果', '核酸结果', '核酸检测结果', 'result'],
  laboratory: ['检测机构', '检测单位', '实验室', '机构名称', 'laboratory'],
  mode: ['采样方式', '检测方式', '单混检', '单采混采', '混采单采', 'mode'],
  number: [
    '样本编号',
    '样本号',
    '样品编号',
    '条码',
    '条码号',
    '条形码',
    '试管号',
    '试管编号',
    '采样管编号',
    '检测编号',
    'number',
  ],
  action: ['操作', '操作类型', 'action'],
  division: ['行政区划', '行政区划代码', '区划代码', '区划', 'division', 'divisioncode'],
  areaName: ['风险地区', '地区名称', '区域名称', '风险区域', '地区', '名称', 'area'],
  level: ['风险等级', '等级', '级别', 'level'],
  extent: ['范围', '涉及范围', '划定范围', 'extent'],
  until: ['解除日期', '解除时间', '结束日期', '结束时间', 'until'],
  venueName: ['场所名称', '单位名称', '名称', 'venuename'],
  venueKind: ['场所类型', '场所类别', '类型', 'venuekind'],
  address: ['地址', '详细地址', '场所地址', '单位地址', 'address'],
  creditCode: ['统一社会信用代码', '社会信用代码', '信用代码', 'creditcode'],
  responsible: ['负责人', '负责人姓名', '责任人', '联系人', 'responsible'],
  points: ['点位', '点位名称', '出入口', '码点', 'points'],
}

const NEEDED: Record<ImportKind, readonly Column[]> = {
  findings: ['document', 'category', 'anchor', 'evidence'],
  finding_ends: ['document', 'category'],
  test_results: ['document', 'number', 'sampled', 'result'],
  home_monitoring: ['document', 'anchor'],
  risk_areas: ['division', 'areaName', 'level', 'anchor'],
  venues: ['venueName', 'venueKind', 'division', 'address', 'responsible', 'phone'],
}

/** Numbers that a spreadsheet would cut, or whose leading zeros it would drop, if it took them for amounts. */
const TEXT_COLUMNS: readonly Column[] = [
  'document',
  'contactDocument',
  'number',
  'phone',
  'creditCode',
  'division',
]

/** Rows above the heading: offices put a title and a note there. */
const HEADING_WITHIN = 10

/** The heading of a column as it is proposed to offices. */
export const headingOf = (column: Column): string => SYNONYMS[column][0] ?? column

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

/** Positions of the columns whose numbers must stay text. */
export const findTextColumns = (cells: readonly string[]): Set<number> => {
  const columns = readHeading(cells)
  return new Set(TEXT_COLUMNS.flatMap((column) => columns.get(column) ?? []))
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
