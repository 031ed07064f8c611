import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ImportKind } from '@jiankangbao/domain/vocabulary/lists'
import { residentIdCheckCharacter } from '@jiankangbao/domain/written/document-types'
import type { ListSynonyms } from '@jiankangbao/domain/written/list-synonyms'
import { afterAll, describe, expect, it } from 'vitest'
import { workbookFile, zipFile } from '../../../../test/zip-file.ts'
import { openTable } from '../../../sheets/open-table.ts'
import { SHIPPED_CATEGORY_WORDS } from '../columns/category-words.ts'
import { type CheckedRow, checkRows, chooseSheets, readRows } from './check-file.ts'

const folder = mkdtempSync(join(tmpdir(), 'jkb-everyday-'))
afterAll(() => rmSync(folder, { recursive: true }))

const idOf = (sequence: number): string => {
  const first17 = `32030219900307${String(sequence).padStart(3, '0')}`
  return first17 + residentIdCheckCharacter(first17)
}
const nowMs = Date.parse('2026-11-29T00:00:00Z')

const check = async (bytes: Buffer | string, kind: ImportKind) => {
  const path = join(folder, 'list')
  writeFileSync(path, bytes)
  const table = await openTable(path)
  try {
    const choice = await chooseSheets(table, kind)
    if (!choice.ok) return { failure: choice.failure, missing: choice.missing }
    const bad: CheckedRow[] = []
    const onBadRow = (row: CheckedRow): void => void bad.push(row)
    const result = await checkRows(table, choice, {
      kind,
      nowMs,
      categories: SHIPPED_CATEGORY_WORDS,
      onBadRow,
    })
    return {
      good: result.good,
      rows: result.rows,
      counts: result.counts,
      bad: bad.map(({ row }) => row.rowNumber),
    }
  } finally {
    table.close()
  }
}

const cell = (text: string): string => `<c t="str"><v>${text}</v></c>`
const rowOf = (number: number, cells: string[], attributes = ''): string =>
  `<row r="${number}"${attributes}>${cells.map(cell).join('')}</row>`
const HEADING = ['姓名', '身份证号', '类别', '起算日期', '依据']
const person = (sequence: number): string[] => ['王芳', idOf(sequence), '密接', '2026-11-20', '协查函']

describe('a workbook of which its author does not see everything', () => {
  it.each([' hidden="1"', ' hidden="true"', ' ht="0" customHeight="1"'])(
    'names rows with%s',
    async (attributes) => {
      const rows = [
        rowOf(1, HEADING),
        rowOf(2, person(1)),
        rowOf(3, person(2), attributes),
        rowOf(4, person(3)),
      ]
      expect(await check(workbookFile({ a: rows.join('') }), 'findings')).toEqual({
        rows: 3,
        good: 2,
        counts: { row_hidden: 1 },
        bad: [3],
      })
    },
  )
  it('does not take a hidden row for the heading', async () => {
    const rows = [rowOf(1, HEADING, ' hidden="1"'), rowOf(2, person(1))]
    expect(await check(workbookFile({ a: rows.join('') }), 'findings')).toMatchObject({
      failure: 'columns_missing',
    })
  })
  const withColumns = (columns: string, rows: string): Buffer =>
    workbookFile({ a: `</sheetData><cols>${columns}</cols><sheetData>${rows}` })
  it('refuses a hidden column that would decide, and leaves others', async () => {
    const rows = rowOf(1, [...HEADING, '备注']) + rowOf(2, [...person(1), 'x'])
    expect(await check(withColumns('<col min="2" max="3" hidden="1"/>', rows), 'findings')).toEqual({
      failure: 'columns_hidden',
      missing: ['document', 'category'].sort((a, b) => (a === 'document' ? -1 : b === 'document' ? 1 : 0)),
    })
    expect(await check(withColumns('<col min="6" max="6" width="0"/>', rows), 'findings')).toMatchObject({
      good: 1,
    })
  })
  it('names the empty cells of merged ones', async () => {
    const rows = [
      rowOf(1, HEADING),
      rowOf(2, person(1)),
      rowOf(3, ['李四', idOf(2), '密接', '', '函']),
      rowOf(4, ['赵五', idOf(3), '', '', '函']),
    ]
    expect(await check(workbookFile({ a: rows.join('') }), 'findings')).toMatchObject({
      good: 1,
      counts: { cell_empty: 2 },
    })
  })
})

describe('columns that mean the same', () => {
  it.each([
    ['姓名,身份证号,类别,起算日期,依据,身份证号', ['document']],
    ['姓名,身份证号,类别,起算日期,依据,证件号码', ['document']],
    [
      '姓名,身份证号,类别,起算日期,依据,姓名,身份证号,类别,起算日期',
      ['name', 'document', 'category', 'anchor'],
    ],
  ])('are refused: %s', async (heading, missing) => {
    const found = await check(`${heading}\n${person(1).join(',')},${idOf(2)}\n`, 'findings')
    expect({ ...found, missing: [...(found.missing ?? [])].sort() }).toEqual({
      failure: 'columns_ambiguous',
      missing: [...missing].sort(),
    })
  })
  it('may be two phones or two grounds, which decide nothing', async () => {
    const text = `${HEADING.join(',')},文号,手机号,联系电话\n${person(1).join(',')},1,13800000001,13800000002\n`
    expect(await check(text, 'findings')).toMatchObject({ good: 1 })
  })
})

describe('headings and words', () => {
  it.each([
    '身份证件号码',
    '居民身份证号码',
    '有效证件号码',
    '1.身份证号',
    '*身份证号码（必填）',
    '身份证号 码',
    '【必填】身份证号',
    'ID Number',
  ])('%s is the number', async (heading) => {
    const text = `姓名,${heading},类别,起算日期,依据\n${person(1).join(',')}\n`
    expect(await check(text, 'findings')).toMatchObject({ good: 1 })
  })
  it.each(['入徐日期', '入宁时间', '来返日期', '起始监测日期', '末次接触时间', '隔离起始日期'])(
    '%s is the day to count from',
    async (heading) => {
      const text = `姓名,身份证号,类别,${heading},依据\n${person(1).join(',')}\n`
      expect(await check(text, 'findings')).toMatchObject({ good: 1 })
    },
  )
  it.each(['次密', '封控', '密接者', '密 接', '【密接】'])('%s is a category', async (word) => {
    const text = `${HEADING.join(',')}\n${person(1).join(',').replace('密接', word)}\n`
    expect(await check(text, 'findings')).toMatchObject({ good: 1 })
  })
  it.each([
    ['港澳居民居住证', '', idOf(1)],
    ['户口簿', '', idOf(1)],
    ['外国人永久居留证', '', 'USA110084071701'],
    ['护照', '美国', 'E1234567'],
    ['护照', 'US', 'E1234567'],
    ['护照', '英国', 'E1234567'],
    ['护照', '美利坚合众国', 'E1234567'],
    ['护照', '韩国籍', 'E1234567'],
    ['护照', '美国(USA)', 'E1234567'],
    ['外国护照', 'D', 'E1234567'],
    ['', '', `${idOf(1).slice(0, 6)}\u200e${idOf(1).slice(6)}`],
  ])('type %s, nationality %s', async (type, country, number) => {
    const text = `姓名,证件类型,国籍,证件号码,类别,起算日期,依据\n张三,${type},${country},${number},密接,2026-11-20,函\n`
    expect(await check(text, 'findings')).toMatchObject({ good: 1 })
  })
  it('does not guess a nationality', async () => {
    const text =
      '姓名,证件类型,国籍,证件号码,类别,起算日期,依据\n张三,护照,刚果,E1234567,密接,2026-11-20,函\n'
    expect(await check(text, 'findings')).toMatchObject({ good: 0, counts: { country_unknown: 1 } })
  })
  it.each([
    ['阴性（-）', '10混1'],
    ['阴 性', '10:1'],
    ['未检出', '1:1'],
    ['阳性（+）', '单管'],
    ['NEGATIVE', '二十合一'],
    ['阴性（—）', '1：10'],
    ['Not Detected', '单人单管'],
    ['＋', '5混1混采'],
  ])('result %s, sample %s', async (result, mode) => {
    const text = `证件号码,标本编号,采集时间,检测结果,采样方式\n${idOf(1)},A1,20261128093000,${result},${mode}\n`
    expect(await check(text, 'test_results')).toMatchObject({ good: 1 })
  })
  it.each([
    ['阴性（+）', '单采', 'result_unknown'],
    ['弱阳性', '单采', 'result_unknown'],
    ['可疑', '单采', 'result_unknown'],
    ['阴性/阳性', '单采', 'result_unknown'],
    ['阴性', '10混2', 'mode_unknown'],
    ['阴性', '单采混检', 'mode_unknown'],
  ])('result %s, sample %s is %s', async (result, mode, problem) => {
    const text = `证件号码,样本编号,采样时间,检测结果,采样方式\n${idOf(1)},A1,20261128093000,${result},${mode}\n`
    expect(await check(text, 'test_results')).toMatchObject({ good: 0, counts: { [problem]: 1 } })
  })
})

describe('files that are no table, or not this kind of one', () => {
  const compound = (part: string): Buffer =>
    Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(1024), Buffer.from(part, 'utf16le')])
  it.each<[string, Buffer, string]>([
    ['an old workbook', compound('Workbook'), 'old_workbook'],
    ['one with a password', compound('EncryptedPackage'), 'encrypted_workbook'],
    ['an old document', compound('WordDocument'), 'not_a_table'],
    [
      'a web page',
      Buffer.from('<html xmlns:x="urn:schemas-microsoft-com:office:excel"><table>'),
      'html_workbook',
    ],
    ['a web page with a mark', Buffer.from('\ufeff\n<!DOCTYPE HTML><table>'), 'html_workbook'],
    ['a table of a web page', Buffer.from('  <TABLE border=1><tr><td>姓名'), 'html_workbook'],
    ['a saved page', Buffer.from('MIME-Version: 1.0\nContent-Type: multipart/related'), 'html_workbook'],
    [
      'XML of 2003',
      Buffer.from('<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'),
      'other_workbook',
    ],
    ['OpenDocument', zipFile({ mimetype: 'x', 'content.xml': '<a/>' }), 'other_workbook'],
    ['a binary workbook', zipFile({ 'xl/workbook.bin': 'x' }), 'other_workbook'],
    ['a document', zipFile({ 'word/document.xml': '<a/>' }), 'not_a_table'],
    ['a PDF', Buffer.from('%PDF-1.7'), 'not_a_table'],
    ['a picture', Buffer.from('89504e470d0a1a0a', 'hex'), 'not_a_table'],
  ])('%s', async (_, bytes, reason) => {
    await expect(check(bytes, 'findings')).rejects.toMatchObject({ reason })
  })

  // GBK of the few hanzi below; Node writes UTF-8 only.
  const GBK: Record<string, string> = {
    王: 'cdf5',
    芳: 'b7bc',
    密: 'c3dc',
    接: 'bdd3',
    函: 'baaf',
    姓: 'd0d5',
    名: 'c3fb',
  }
  const gbk = (text: string): Buffer =>
    Buffer.concat(Array.from(text, (sign) => (GBK[sign] ? Buffer.from(GBK[sign], 'hex') : Buffer.from(sign))))
  const row = (sequence: number): string => `王芳,${idOf(sequence)},密接,2026-11-20,函\n`
  it('in two encodings are refused', async () => {
    const heading = Buffer.from(`${HEADING.join(',')}\n`)
    await expect(check(Buffer.concat([heading, gbk(row(1) + row(2))]), 'findings')).rejects.toMatchObject({
      reason: 'encodings_mixed',
    })
    const names = Array.from({ length: 10 }, (_, at) => `姓名,${idOf(at)}\n`)
    const halves = Buffer.concat([gbk(names.slice(0, 5).join('')), Buffer.from(names.slice(5).join(''))])
    await expect(check(halves, 'findings')).rejects.toMatchObject({ reason: 'encodings_mixed' })
  })
  it('in GBK alone are read', async () => {
    expect(
      await check(gbk(`name,idnumber,category,anchor,evidence\n${row(1)}${row(2)}`), 'findings'),
    ).toMatchObject({
      good: 2,
    })
  })
})

describe('words that headquarters added', () => {
  const read = async (text: string, synonyms: ListSynonyms) => {
    const path = join(folder, 'added')
    writeFileSync(path, text)
    const table = await openTable(path)
    const choice = await chooseSheets(table, 'test_results', undefined, synonyms)
    if (!choice.ok) return choice.missing
    const categories = SHIPPED_CATEGORY_WORDS
    const found: unknown[] = []
    for await (const { parsed } of readRows(table, choice, {
      kind: 'test_results',
      nowMs,
      categories,
      synonyms,
    }))
      found.push(parsed.ok ? (parsed.row as { result?: string }).result : parsed.problems)
    table.close()
    return found
  }
  const text = `证号码,样本编号,采样时间,检测结果\n${idOf(1)},A1,20261128093000,合 格\n${idOf(2)},A2,20261128093000,阳性\n`
  it('are read as what they mean; what the programme knows keeps its meaning', async () => {
    expect(await read(text, {})).toEqual(['document'])
    expect(await read(text, { heading: { document: ['证号码'] } })).toEqual([['result_unknown'], 'positive'])
    const words = { heading: { document: ['证号码'] }, result: { negative: ['合格', '阳性'] } }
    expect(await read(text, words)).toEqual(['negative', 'positive'])
  })
})
