import type { DateSystem } from '@jiankangbao/domain/written/instant'
import type { ListSynonyms } from '@jiankangbao/domain/written/list-synonyms'
import type { CategoryWords } from './category-words.ts'
import type { Column } from './column.ts'

/** The text of a cell by its column; half-width, without blanks around it. */
export type Cells = (column: Column) => string

/** By what a file is read. */
export interface ReadingContext {
  categories: CategoryWords
  /** What headquarters added to the words of columns; absent where the list is read without a database. */
  synonyms?: ListSynonyms
  dateSystem: DateSystem
  nowMs: number
}

/** What every row has, whatever else its kind reads. */
export interface ListRow {
  /** What makes two rows the same. */
  key: readonly (string | number | undefined)[]
  /** By which the person is looked for (`documentKey`), and the name to compare where the list gives one. */
  document?: string
  name?: string
}

/** A row as its kind reads it, or all that is wrong with it. */
export type Parsed<Row, Problem extends string = string> =
  | { ok: true; row: Row }
  | { ok: false; problems: Problem[] }

/** What may be wrong in columns that several kinds have, in the words of the file of errors. */
export const SHARED_PROBLEMS = {
  characters_invalid: '含有不能保存的字符（如乱码、控制字符），请重新填写',
  document_missing: '缺少证件号码',
  document_scientific:
    '身份证号已被 Excel 改成科学计数（如 3.20302E+17），后三位已丢失，无法还原。请先把整列设为“文本”格式，再从原始数据重新粘贴',
  document_rounded:
    '身份证号以 000 结尾，疑被 Excel 截断（Excel 只保留 15 位数字），无法还原。请先把整列设为“文本”格式，再从原始数据重新粘贴；号码确实如此的请同时填写姓名以便核对',
  document_invalid: '证件号码不正确（位数、出生日期或校验码不符）',
  document_type_unknown: '证件类型不认识',
  country_missing: '护照须写明国籍，如“美国”或 USA',
  country_unknown: '国籍不认识，请写国名，或 ISO 3166-1 的三位或两位字母代码',
  name_invalid: '姓名不正确',
  name_mismatch: '姓名与该证件号码登记的姓名不一致，请核对是否张冠李戴',
  phone_invalid: '手机号不正确',
  category_unknown: '赋码类别不认识',
  time_invalid: '日期不认识，请写成 2022-03-08 或 2022/3/8 14:05',
  time_ambiguous:
    '日期有两种读法（如 5/6/2022 可以是五月六日或六月五日，两位年份、上午12时、CST 时区同理），请写成 2022-03-08 14:05',
  time_future: '时间在将来',
  time_implausible: '日期早于 2019 年 12 月，请核对年份',
  division_unknown: '行政区划代码不认识',
  cell_empty: '必填的单元格为空；如来自合并单元格，请取消合并并逐行填写',
  row_hidden: '该行在表格中被筛选或隐藏，没有读入；需要的请取消筛选和隐藏后重新上传',
  repeated: '与前面的行重复',
} as const
export type SharedProblem = keyof typeof SHARED_PROBLEMS

/** Where readers of shared columns put what is wrong, beside the problems of a kind's own. */
export interface Problems {
  push: (problem: SharedProblem) => unknown
}
