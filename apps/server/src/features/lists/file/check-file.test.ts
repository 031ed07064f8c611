import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { xuzhou } from '@jiankangbao/city/xuzhou/profile'
import { findCategoryRule } from '@jiankangbao/domain/status/ruleset'
import { NINTH_EDITION } from '@jiankangbao/domain/status/rulesets/ninth-edition'
import type { ImportKind } from '@jiankangbao/domain/vocabulary/lists'
import { residentIdCheckCharacter } from '@jiankangbao/domain/written/document-types'
import { readInstant } from '@jiankangbao/domain/written/instant'
import { afterAll, describe, expect, it } from 'vitest'
import { workbookFile, zipFile } from '../../../../test/zip-file.ts'
import { documentKey } from '../../../keys/field-encryption.ts'
import { parseIdentityCell } from '../../../sheets/cell-values.ts'
import { openTable } from '../../../sheets/open-table.ts'
import { readCategoryWords, SHIPPED_CATEGORY_WORDS } from '../columns/category-words.ts'
import { placeOf, type StoredSheet } from '../store/sheet-places.ts'
import { type CheckedRow, checkRows, chooseSheets, readRows } from './check-file.ts'
import { createErrorFile } from './error-file.ts'

const folder = mkdtempSync(join(tmpdir(), 'jkb-import-'))
afterAll(() => rmSync(folder, { recursive: true }))

const idOf = (sequence: string): string => {
  const first17 = `32030219900307${sequence}`
  return first17 + residentIdCheckCharacter(first17)
}
const ID = idOf('801')
const categories = SHIPPED_CATEGORY_WORDS
const nowMs = Date.parse('2022-03-20T00:00:00Z')
const file = (bytes: Buffer | string): string => {
  const path = join(folder, 'list')
  writeFileSync(path, bytes)
  return path
}

const check = async (
  bytes: Buffer | string,
  kind: ImportKind = 'findings',
  signal?: AbortSignal,
  sheet?: string,
) => {
  const table = await openTable(file(bytes))
  try {
    const choice = await chooseSheets(table, kind, sheet)
    if (!choice.ok) return { missing: choice.missing, bad: [] }
    const bad: CheckedRow[] = []
    const onBadRow = (row: CheckedRow): void => void bad.push(row)
    return {
      ...(await checkRows(table, choice, {
        kind,
        nowMs,
        categories,
        onBadRow,
        ...(signal ? { signal } : {}),
      })),
      unread: choice.unread,
      bad,
    }
  } finally {
    table.close()
  }
}

const HEADING = '姓名,身份证号码,赋码类别,起算日期,依据'
const good = `王芳,${ID},密接,2022/3/8,文号1`

describe('CSV', () => {
  it.each([
    ['UTF-8', Buffer.from(`${HEADING}\n${good}\n`)],
    ['UTF-8 with a mark', Buffer.from(`\ufeff${HEADING}\r\n${good}\r\n`)],
    ['UTF-16 with a mark', Buffer.from(`\ufeff${HEADING}\n${good}\n`, 'utf16le')],
    ['tabs', Buffer.from(`${HEADING}\n${good}\n`.replaceAll(',', '\t'))],
    ['semicolons', Buffer.from(`${HEADING}\n${good}\n`.replaceAll(',', ';'))],
    ['full-width commas', Buffer.from(`${HEADING}\n${good}\n`.replaceAll(',', '，'))],
    ['a title with commas', Buffer.from(`三月密接名单，共 1 人; 急, 速办\n${HEADING}\n${good}\n`)],
    ['semicolons below a title', Buffer.from(`名单,一\n${`${HEADING}\n${good}\n`.replaceAll(',', ';')}`)],
    ['a title above the heading', Buffer.from(`三月密接名单\n\n${HEADING}\n${good}\n`)],
  ])('reads %s', async (_, bytes) => {
    expect(await check(bytes)).toMatchObject({ rows: 1, good: 1 })
  })

  it('reads GB18030, also where the first hanzi comes late', async () => {
    // 密接 in GB18030
    const close = Buffer.from('c3dcbdd3', 'hex')
    const rows = `documentNumber,category,anchor,evidence\n${ID},close_contact,20220308,x\n${`${' '.repeat(80)}\n`.repeat(300)}`
    const bytes = Buffer.concat([Buffer.from(`${rows}${idOf('802')},`), close, Buffer.from(',20220308,x\n')])
    expect(await check(bytes)).toMatchObject({ rows: 2, good: 2 })
  })

  it('reads GB18030 with Chinese headings, rare hanzi and full-width numbers', async () => {
    // 姓名,身份证号码,赋码类别,起算日期,依据 / 㐱𬱖 / 密接 / 文号, in GB18030
    const heading = 'd0d5c3fb2cc9edb7ddd6a4bac5c2eb2cb8b3c2ebc0e0b1f02cc6f0cbe3c8d5c6da2cd2c0bedd0a'
    const wide = [...ID].map((digit) => (digit === 'X' ? 'a3d8' : `a3b${digit}`)).join('')
    const hex = `${heading}8139f3389933c3362c${wide}2cc3dcbdd32c32303232303330382ccec4bac50a`
    const table = await openTable(file(Buffer.from(hex, 'hex')))
    const choice = await chooseSheets(table, 'findings')
    if (!choice.ok) throw new Error('no heading')
    const found = []
    for await (const { parsed } of readRows(table, choice, { kind: 'findings', nowMs, categories }))
      found.push(parsed)
    expect(found).toMatchObject([
      {
        ok: true,
        row: { name: '㐱𬱖', document: documentKey('resident_id', ID, ''), category: 'close_contact' },
      },
    ])
  })

  it('refuses bytes that are no text', async () => {
    await expect(check(Buffer.from([0x41, 0xff, 0xff, 0x0a]))).rejects.toMatchObject({ reason: 'encoding' })
  })

  it('says which columns are missing', async () => {
    expect(await check('姓名,身份证号\n王芳,1\n')).toMatchObject({
      missing: ['category', 'anchor', 'evidence'],
    })
  })

  it('stops when cancelled', async () => {
    await expect(check(`${HEADING}\n${good}\n`, 'findings', AbortSignal.abort())).rejects.toThrow('abort')
  })
})

it('names every problem of a row, with its number, and defuses formulas', async () => {
  const rows = [
    good,
    good,
    '=cmd(),3.20302E+17,朋友,2022-02-30,',
    `李雷,${ID.slice(0, 15)}000,密接,2022-03-08,x`,
  ]
  const { bad } = await check(`${HEADING}\n${rows.join('\n')}\n`)
  expect(bad.map(({ row, problems, firstRow }) => [row.rowNumber, firstRow, ...problems])).toEqual([
    [3, 2, 'repeated'],
    [
      4,
      undefined,
      'document_scientific',
      'name_invalid',
      'time_invalid',
      'category_unknown',
      'evidence_missing',
    ],
    [5, undefined, 'document_rounded'],
  ])
  const [, second] = bad
  expect(second && createErrorFile(HEADING.split(','), categories, []).line(second)).toMatch(
    /^4,身份证号已被 Excel.*,"'=cmd\(\)",/,
  )
})

it('believes a true number that ends in 000 where a name stands beside it', async () => {
  const starts = Array.from({ length: 28 }, (_, day) => `320302199003${String(day + 1).padStart(2, '0')}100`)
  const start = starts.find((first17) => residentIdCheckCharacter(first17) === '0')
  const row = (name: string, number: string) => `${name},${number},密接,2022/3/8,文号1\n`
  const result = await check(
    `${HEADING}\n${row('王芳', `${start}0`)}${row('', `${start}0`)}${row('王芳', '320302199003070000')}`,
  )
  expect(result).toMatchObject({ good: 1 })
  expect(result.bad.map(({ row: { rowNumber }, problems }) => [rowNumber, ...problems])).toEqual([
    [3, 'document_rounded'],
    [4, 'document_rounded'],
  ])
})

it.each([xuzhou.ruleset, NINTH_EDITION])(
  'takes every category of $id by its id, its titles and usual words',
  (ruleset) => {
    const words = readCategoryWords([ruleset])
    for (const [category, { title }] of Object.entries(ruleset.categories))
      for (const text of [category, title.zh, title.en, title.zh.replace('（', '(').replace('）', ')')])
        expect(words.find(text), text).toBe(category)
    const manual = Object.keys(ruleset.categories).filter((each) => findCategoryRule(ruleset, each)?.manual)
    expect(words.allowed).toHaveLength(manual.length)
    for (const text of ['密接', '次密接', '确诊', '旅居史']) expect(words.find(text), text).toBeDefined()
    expect(words.find('朋友')).toBeUndefined()
  },
)

it('says which categories there are', async () => {
  const { bad } = await check(`${HEADING}\n${good.replace('密接', '朋友')}\n`)
  expect(bad[0] && createErrorFile(HEADING.split(','), categories, []).line(bad[0])).toContain(
    '可填：确诊病例/无症状感染者、密切接触者',
  )
})

it('refuses sample numbers that a spreadsheet has cut, and years before there was anything to find', async () => {
  const row = (number: string, day: string) => `${ID},${number},${day} 08:00,阴性\n`
  const text = `证件号码,样本编号,采样时间,检测结果\n${row('3.20308E+14', '2022-03-08')}${row('5E12', '2022-03-08')}${row('A', '2002-03-19')}`
  const { bad } = await check(text, 'test_results')
  expect(bad.map(({ row: { rowNumber }, problems }) => [rowNumber, ...problems])).toEqual([
    [2, 'number_scientific'],
    [4, 'time_implausible'],
  ])
  const areas = `行政区划代码,地区名称,风险等级,划定日期\n310115,甲,高,2002-03-19\n310115,乙,高,2022-03-21\n310115,丙,高,2032-03-21\n`
  expect(await check(areas, 'risk_areas')).toMatchObject({
    good: 1,
    counts: { time_implausible: 1, time_future: 1 },
  })
})

it('writes an error file that a spreadsheet does not damage: corrected and saved it is a good list', async () => {
  const heading = '姓名,证件号码,样本编号,采样时间,检测结果'
  const numbers = ['320308199003078', '0012', '320308199003079']
  const rows = [
    `＝cmd(),${ID},${numbers[0]},2022-03-08 08:00,-`,
    ` @x,${ID},${numbers[1]},2022-03-08 08:01,-`,
    `王芳,'${ID},'${numbers[2]},2022-03-08,+`,
  ]
  const { bad } = await check(`${heading}\n${rows.join('\n')}\n`, 'test_results')
  const errors = createErrorFile(heading.split(','), categories, [])
  const written = [errors.heading, ...bad.map(errors.line)].join('')
  for (const number of [ID, ...numbers]) expect(written).toContain(`"=""${number}"""`)
  expect(written).toContain("'＝cmd()")
  expect(written).toContain("' @x")
  const corrected = written
    .replace("'＝cmd()", '张三')
    .replace("' @x", '李四')
    .replace('2022-03-08,', '2022-03-08 08:02,')
  // As it is, and as a spreadsheet saves what its formulas show.
  const saved = corrected.replaceAll(/"=""([^"]*)"""/g, '$1')
  for (const text of [corrected, saved])
    expect(await check(text, 'test_results')).toMatchObject({ rows: 3, good: 3 })
})

it('wants the time of a sample, not only its day', async () => {
  const text = `证件号码,样本编号,采样时间,检测结果\n${ID},A1,2022-03-08,阴性\n${ID},A2,2022年3月8日 14:05,阴性\n`
  expect(await check(text, 'test_results')).toMatchObject({ good: 1, counts: { time_missing: 1 } })
})

describe('XLSX', () => {
  const heading =
    '<row r="2"><c r="A2" t="s"><v>0</v></c><c r="C2" t="inlineStr"><is><t>类别</t></is></c><c t="s"><v>1</v></c><c t="inlineStr"><is><t>依据</t></is></c></row>'
  const row = (date: number, id = ID): string =>
    `<row r="3"><c r="A3" t="str"><v>${id}</v></c><c r="C3" t="inlineStr"><is><t>密接</t></is></c><c s="1"><v>${date}</v></c><c t="str"><v>x</v></c></row>`
  const shared = ['身份证号', '起算日期']

  it('takes the first sheet that has the heading', async () => {
    const bytes = workbookFile(
      { 说明: '<row><c t="str"><v>读我</v></c></row>', 名单: heading + row(44628) },
      { shared },
    )
    expect(await check(bytes)).toMatchObject({ sheets: ['名单'], rows: 1, good: 1 })
  })

  it('reads every sheet that shows and has the columns, and names the others', async () => {
    const other = (name: string) => row(44628, name).replace('王芳', '')
    const bytes = workbookFile(
      {
        鼓楼: heading + row(44628),
        旧表: heading + row(44628, '1'),
        说明: '<row><c t="str"><v>读我</v></c></row>',
        云龙: heading + other(idOf('802')) + other(ID).replace('r="3"', 'r="4"'),
        Sheet3: '',
      },
      { shared, hidden: ['旧表'] },
    )
    const result = await check(bytes)
    expect(result).toMatchObject({ sheets: ['鼓楼', '云龙'], unread: ['说明'], rows: 3, good: 2 })
    // The third and fourth row of the second sheet follow on the three rows of the first.
    const places: StoredSheet[] = [
      { name: '鼓楼', rows: 1, after: 0 },
      { name: '云龙', rows: 2, after: 3 },
    ]
    const [bad] = result.bad
    expect(bad && [placeOf(places, bad.row.rowNumber), placeOf(places, bad.firstRow ?? 0)]).toEqual([
      { sheet: '云龙', rowNumber: 4 },
      { sheet: '鼓楼', rowNumber: 3 },
    ])
  })

  it('reads the named sheet alone', async () => {
    const bytes = workbookFile({ a: heading + row(44628), b: heading + row(44628) }, { shared })
    expect(await check(bytes, 'findings', undefined, 'b')).toMatchObject({ sheets: ['b'], rows: 1 })
    await expect(check(bytes, 'findings', undefined, 'c')).rejects.toMatchObject({ reason: 'sheet_missing' })
  })

  it.each([
    [false, 44628, '2022-03-08'],
    [true, 43166, '2022-03-08'],
    [false, 44628.4375, '2022-03-08 10:30:00'],
  ])('reads dates (1904: %s, %d)', async (date1904, serial, text) => {
    const table = await openTable(file(workbookFile({ a: row(serial) }, { date1904 })))
    const cells: string[][] = []
    for await (const { cells: found } of table.sheets[0]?.rows() ?? []) cells.push(found)
    table.close()
    expect(cells[0]?.[3]).toBe(text)
  })

  it('refuses numbers that Excel has cut', async () => {
    const bytes = workbookFile({ a: heading + row(44628, '3.20302199003078E17') }, { shared })
    expect(await check(bytes)).toMatchObject({ counts: { document_scientific: 1 } })
  })

  it('refuses bombs, broken archives and other zip files', async () => {
    await expect(check(workbookFile({ a: ' '.repeat(8_000_000) }))).rejects.toMatchObject({
      reason: 'archive_ratio',
    })
    const whole = workbookFile({ a: row(1) })
    await expect(check(whole.subarray(0, 300))).rejects.toMatchObject({ reason: 'not_a_workbook' })
    await expect(check(zipFile({ 'a.txt': 'a' }))).rejects.toMatchObject({ reason: 'not_a_workbook' })
    await expect(check(workbookFile({ a: '<row>' }))).rejects.toMatchObject({ reason: 'damaged' })
  })
})

it('reads cells as offices write them', () => {
  for (const text of ['2022/3/8', '2022-03-08', '2022年3月8日', '20220308', '２０２２．３．８', '44628']) {
    expect(readInstant(text), text).toMatchObject({ ok: true, day: '2022-03-08' })
  }
  for (const text of ['2022-02-29', '3/8', '20221301', '99999', '2022-03-08 25:00']) {
    expect(readInstant(text), text).toMatchObject({ ok: false })
  }
  for (const text of [`'${ID}`, ` ${ID} `, `="${ID}"`, ID.replace(/(.{6})/g, '$1 ')]) {
    expect(parseIdentityCell(text), text).toEqual({ ok: true, text: ID, maybeRounded: false })
  }
})
