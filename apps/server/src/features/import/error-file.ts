import type { CheckedRow } from './check-file.ts'
import type { RowProblem } from './import-row.ts'

export const PROBLEM_WORDS: Record<RowProblem, string> = {
  document_missing: '缺少身份证号',
  document_scientific:
    '身份证号已被 Excel 改成科学计数（如 3.20302E+17），后三位已丢失，无法还原。请先把整列设为“文本”格式，再从原始数据重新粘贴',
  document_rounded:
    '身份证号以 000 结尾，疑被 Excel 截断（Excel 只保留 15 位数字），无法还原。请先把整列设为“文本”格式，再从原始数据重新粘贴；号码确实如此的请单独录入',
  document_invalid: '身份证号不正确（位数、出生日期或校验码不符）',
  name_invalid: '姓名不正确',
  phone_invalid: '手机号不正确',
  category_unknown: '赋码类别不认识',
  evidence_missing: '缺少赋码依据',
  time_invalid: '日期不认识，请写成 2022-03-08 或 2022/3/8 14:05',
  time_missing: '采样时间只有日期，请补上时刻',
  time_future: '时间在将来',
  result_unknown: '检测结果不认识，请写“阴性”或“阳性”',
  mode_unknown: '采样方式不认识，请写“单采”或“混采”',
  repeated: '与前面的行重复',
}

/** A cell that Excel shows but never computes: formulas are given an apostrophe (CSV injection). */
export const csvCell = (text: string): string => {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe
}

const line = (cells: readonly string[]): string => `${cells.map(csvCell).join(',')}\r\n`

/** First line of the error file, with the mark by which Excel knows UTF-8. */
export const errorFileHeading = (cells: readonly string[]): string =>
  `\ufeff${line(['行号', '原因', ...cells])}`

export const errorFileLine = ({ row, problems, firstRow }: CheckedRow): string => {
  const reasons = problems.map((problem) =>
    problem === 'repeated' ? `与第 ${firstRow} 行重复` : PROBLEM_WORDS[problem],
  )
  return line([String(row.rowNumber), reasons.join('；'), ...row.cells])
}
