import { type Column, numberColumn, textColumn } from './column.ts'
import type { Cells } from './reading.ts'

const MOST_EVIDENCE_LENGTH = 500

export const CATEGORY = textColumn(
  'category',
  '赋码类别',
  '赋码类型',
  '类别',
  '人员类别',
  '管控类别',
  '赋码原因',
  '人员类型',
  '人群类别',
  '管控类型',
  '风险类别',
  'category',
)
export const EVIDENCE: Column<string> = {
  ...textColumn(
    'evidence',
    '依据',
    '赋码依据',
    '解除依据',
    '解除原因',
    '证据',
    '文号',
    '来源文号',
    'evidence',
  ),
  mayRepeat: true,
}
export const DIVISION = numberColumn(
  'division',
  '行政区划',
  '行政区划代码',
  '区划代码',
  '区划',
  '行政区划编码',
  '区划编码',
  '行政区代码',
  '地区代码',
  'division',
  'divisioncode',
)

export const readEvidence = (cell: Cells): { evidence?: string } => {
  const evidence = cell(EVIDENCE).slice(0, MOST_EVIDENCE_LENGTH)
  return evidence === '' ? {} : { evidence }
}
