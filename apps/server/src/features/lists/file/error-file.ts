import { csvLine } from '../../../sheets/csv-field.ts'
import type { CategoryWords } from '../columns/category-words.ts'
import { findTextColumns } from '../columns/headings.ts'
import type { RowProblem } from '../columns/parsed-row.ts'
import { type Place, placeOf, type StoredSheet } from '../store/sheet-places.ts'
import type { CheckedRow } from './check-file.ts'

export const PROBLEM_WORDS: Record<RowProblem, string> = {
  characters_invalid: '含有不能保存的字符（如乱码、控制字符），请重新填写',
  document_missing: '缺少证件号码',
  document_scientific:
    '身份证号已被 Excel 改成科学计数（如 3.20302E+17），后三位已丢失，无法还原。请先把整列设为“文本”格式，再从原始数据重新粘贴',
  document_rounded:
    '身份证号以 000 结尾，疑被 Excel 截断（Excel 只保留 15 位数字），无法还原。请先把整列设为“文本”格式，再从原始数据重新粘贴；号码确实如此的请同时填写姓名以便核对',
  document_invalid: '证件号码不正确（位数、出生日期或校验码不符）',
  document_type_unknown: '证件类型不认识',
  country_missing: '护照须写明国籍的三位字母代码（ISO 3166-1），如 USA',
  name_invalid: '姓名不正确',
  name_mismatch: '姓名与该证件号码登记的姓名不一致，请核对是否张冠李戴',
  phone_invalid: '手机号不正确',
  category_unknown: '赋码类别不认识',
  category_not_allowed: '现行规则不允许人工赋此类别',
  category_retired: '赋码类别已停用',
  evidence_missing: '缺少赋码依据',
  end_kind_unknown: '解除方式不认识，请写“解除”或“撤销”，或留空',
  end_not_awaited: '此类别按规则到期，不能提前解除；确系误录的，解除方式请写“撤销”',
  end_by_province: '此类别由省级赋码，不能在此解除',
  end_before: '解除日期早于起算日期',
  finding_missing: '此人没有这一类别的赋码依据',
  finding_ended: '此人的这一类别已经解除或撤销',
  finding_outside: '这一赋码依据由其他辖区录入，请由该辖区或市级解除',
  overtaken: '检查之后此人的这一类别已解除、撤销或重新录入，此行没有写入',
  workplace_invalid: '工作单位不正确：应为单位名称，2 至 100 字，不含特殊符号；没有单位的请留空',
  zone_unknown: '本辖区没有这个管控区，请核对名称（或填“管控区”页面上的编号）；新的管控区请先逐条提交一人',
  zone_lifted: '该管控区已经解除；重新管控的请先逐条提交一人，批准后再导入名单',
  zone_ambiguous: '有几个同名的管控区，请改填“管控区”页面上的编号',
  zone_not_allowed: '此类别不随管控区解除，不能填写管控区；只是住址的请改列名或删去此列',
  contact_invalid: '密接证件号码不正确；护照请逐条提交',
  contact_damaged:
    '密接证件号码疑被 Excel 改成科学计数或截断（末三位为 000）。请先把整列设为“文本”格式，再从原始数据重新粘贴；号码确实如此的请逐条提交',
  contact_self: '密接证件号码与本人相同',
  contact_missing:
    '本辖区没有该证件号码现行有效的密接，本名单中也没有，请核对；密接须已注册，并已获批准或列在同一名单中，其他辖区的密接请逐条提交',
  contact_not_allowed: '此类别不随密接转归，不能填写密接证件号码',
  time_invalid: '日期不认识，请写成 2022-03-08 或 2022/3/8 14:05',
  time_missing: '采样时间只有日期，请补上时刻',
  time_future: '时间在将来',
  time_too_old: '采样时间超过 60 天',
  time_implausible: '日期早于 2019 年 12 月，请核对年份',
  result_unknown: '检测结果不认识，请写“阴性”或“阳性”',
  mode_unknown: '采样方式不认识，请写“单采”或“混采”',
  number_missing: '缺少样本编号',
  number_scientific:
    '样本编号已被 Excel 改成科学计数（如 3.20308E+14），后几位已丢失，无法还原。请先把整列设为“文本”格式，再从原始数据重新粘贴',
  number_exists: '该检测机构的这个样本编号已有结果；更正请在“操作”列填“更正”',
  number_unknown: '该检测机构没有这个样本编号，不能更正或撤回',
  number_withdrawn: '这个样本编号的结果已经撤回',
  number_of_other: '这个样本编号下没有此人的结果，请核对编号与证件',
  action_unknown: '操作不认识，请写“新增”“更正”或“撤回”，或留空（即新增）',
  action_not_allowed: '更正和撤回只能由该检测机构或指挥部提交',
  division_unknown: '行政区划代码不认识',
  division_outside: '不在您的辖区内',
  area_missing: '缺少地区名称',
  level_unknown: '风险等级不认识，请写“高风险”“中风险”或“低风险”',
  extent_unknown: '范围不认识，请写“全域”或“部分”，或留空',
  until_invalid: '解除日期不认识',
  until_before: '解除日期早于划定日期',
  venue_name_missing: '缺少场所名称',
  venue_kind_unknown: '场所类型不认识',
  venue_exists: '同名同址的场所已登记',
  address_missing: '缺少地址',
  credit_code_invalid: '统一社会信用代码不正确',
  responsible_invalid: '负责人姓名不正确',
  repeated: '与前面的行重复',
}

/** Columns of the file before those of the list. */
const OWN_COLUMNS = 2

const wordProblem = (
  problem: RowProblem,
  firstRow: Place | undefined,
  { allowed }: CategoryWords,
): string => {
  if (problem === 'repeated' && firstRow)
    return `与${firstRow.sheet ? `“${firstRow.sheet}”` : ''}第 ${firstRow.rowNumber} 行重复`
  const words = PROBLEM_WORDS[problem]
  return problem.startsWith('category_') ? `${words}，可填：${allowed.join('、')}` : words
}

/**
 * The file of refused rows, to be corrected and sent again: long numbers are written so that a spreadsheet keeps them.
 * @param cells the heading of the list
 */
export const createErrorFile = (
  cells: readonly string[],
  categories: CategoryWords,
  sheets: readonly StoredSheet[],
) => {
  const text = new Set([...findTextColumns(cells)].map((position) => position + OWN_COLUMNS))
  return {
    /** With the mark by which Excel knows UTF-8. */
    heading: `\ufeff${csvLine(['行号', '原因', ...cells])}`,
    /** A refused row with its reasons; a repetition names the row it repeats, a category those there are. */
    line: ({ row, problems, firstRow }: CheckedRow): string => {
      const { sheet, rowNumber } = placeOf(sheets, row.rowNumber)
      const first = firstRow === undefined ? undefined : placeOf(sheets, firstRow)
      const reasons = problems.map((problem) => wordProblem(problem, first, categories))
      return csvLine(
        [sheet ? `${sheet} ${rowNumber}` : String(rowNumber), reasons.join('；'), ...row.cells],
        text,
      )
    },
  }
}
