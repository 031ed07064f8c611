import { csvLine } from '../../../sheets/csv-field.ts'
import type { CategoryWords } from '../columns/category-words.ts'
import { type Column, findTextColumns, headingOf, type ImportKind } from '../columns/headings.ts'

// Rows that show how to fill the columns in. The people are invented; the numbers fail their check digit on purpose, so
// that a template sent back by mistake changes nobody.
const TEMPLATES: Record<ImportKind, { columns: Column[]; rows: string[][] }> = {
  findings: {
    columns: [
      'name',
      'documentType',
      'document',
      'phone',
      'category',
      'anchor',
      'evidence',
      'workplace',
      'zone',
      'contactDocument',
    ],
    rows: [],
  },
  finding_ends: {
    columns: ['name', 'documentType', 'document', 'category', 'until', 'endKind', 'evidence'],
    rows: [
      ['示例甲', '居民身份证', '320303199003070000', '封控区', '2022-03-08', '解除', '解除管控通告 12 号'],
      ['示例乙', '居民身份证', '320303198511120000', '密接', '', '撤销', '同名误录，更正函 3 号'],
    ],
  },
  test_results: {
    columns: ['name', 'documentType', 'document', 'number', 'sampled', 'mode', 'result', 'action'],
    rows: [
      [
        '示例甲',
        '居民身份证',
        '320303199003070000',
        'XZ20220308-0001',
        '2022-03-08 08:30',
        '单采',
        '阴性',
        '新增',
      ],
      [
        '示例乙',
        '居民身份证',
        '320303198511120000',
        'XZ20220308-0002',
        '2022-03-08 08:32',
        '混采',
        '阴性',
        '更正',
      ],
      ['', '', '', 'XZ20220308-0003', '', '', '', '撤回'],
    ],
  },
  home_monitoring: {
    columns: ['name', 'documentType', 'document', 'phone', 'anchor', 'evidence', 'workplace'],
    rows: [
      [
        '示例甲',
        '居民身份证',
        '320303199003070000',
        '',
        '2022-03-08',
        '解除集中隔离通知书 12 号',
        '示例有限公司',
      ],
    ],
  },
  risk_areas: {
    columns: ['division', 'areaName', 'level', 'extent', 'anchor', 'until'],
    rows: [['310115', '示例市示例街道示例小区', '中风险', '部分', '2022-03-08', '']],
  },
  venues: {
    columns: [
      'venueName',
      'venueKind',
      'division',
      'address',
      'creditCode',
      'responsible',
      'phone',
      'points',
    ],
    rows: [['示例超市', '超市', '320303', '示例路 1 号', '', '示例甲', '13900000000', '东门、西门']],
  },
}

/** One row for every category there is, so that the words are at hand. */
const findingRows = ({ allowed, placed, hanging }: CategoryWords): string[][] =>
  allowed.map((title) => [
    '示例甲',
    '居民身份证',
    '320303199003070000',
    '',
    title,
    '2022-03-08 14:05',
    '流调报告 2022-031',
    '示例有限公司',
    placed.has(title) ? '示例小区' : '',
    hanging.has(title) ? '320303198511120000' : '',
  ])

// Offices write when and why a finding ended, not when and why it began.
const headingIn = (kind: ImportKind, column: Column): string =>
  kind === 'finding_ends' && column === 'evidence' ? '解除原因' : headingOf(column)

/** A CSV that a spreadsheet opens as it should: with the mark of UTF-8, headings and rows to replace. */
export const templateOf = (kind: ImportKind, categories: CategoryWords): string => {
  const { columns, rows } = TEMPLATES[kind]
  const lines = kind === 'findings' ? findingRows(categories) : rows
  const headings = columns.map((column) => headingIn(kind, column))
  const text = findTextColumns(headings)
  return `\ufeff${csvLine(headings)}${lines.map((line) => csvLine(line, text)).join('')}`
}
