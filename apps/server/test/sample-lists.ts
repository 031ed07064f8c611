import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { residentIdCheckCharacter } from '@jiankangbao/domain/written/document-types'
import { workbookFile } from './zip-file.ts'

const idOf = (sequence: number): string => {
  const first17 = `32030219900307${String(sequence).padStart(3, '0')}`
  return first17 + residentIdCheckCharacter(first17)
}

const HEADING = ['姓名', '身份证号', '类别', '起算日期', '依据']
const person = (sequence: number, name = '示例甲'): string[] => [
  name,
  idOf(sequence),
  '密接',
  '2022-03-08',
  '示例函',
]
const csv = (rows: string[][]): string => rows.map((row) => row.join(',')).join('\r\n')
const row = (number: number, cells: string[], attributes = ''): string =>
  `<row r="${number}"${attributes}>${cells.map((cell) => `<c t="str"><v>${cell}</v></c>`).join('')}</row>`
const compound = (part: string): Buffer =>
  Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(2048), Buffer.from(part, 'utf16le')])
// 示例甲 and 密接 and 示例函 in GBK, which Node does not write.
const GBK = new Map([
  ['示', 'cabe'],
  ['例', 'c0fd'],
  ['甲', 'bcd7'],
  ['密', 'c3dc'],
  ['接', 'bdd3'],
  ['函', 'baaf'],
])
const gbk = (text: string): Buffer =>
  Buffer.concat(
    Array.from(text, (sign) => {
      const bytes = GBK.get(sign)
      return bytes ? Buffer.from(bytes, 'hex') : Buffer.from(sign)
    }),
  )

/** Lists of findings as offices make them, everybody in them invented; by the name of the file, with what is to be said of each. */
const SAMPLES: Record<string, { bytes: Buffer | string; said: string }> = {
  '01-plain.csv': { bytes: csv([HEADING, person(1)]), said: '1 行 rows, 1 行可用 good' },
  '02-titles-and-stars.csv': {
    bytes: csv([
      ['三月密接名单'],
      [],
      ['1.姓名', '*居民身份证号码（必填）', '人员类别', '入城日期', '文号'],
      person(2),
    ]),
    said: '1 行 rows, 1 行可用 good',
  },
  '03-as-copied-from-chats.csv': {
    bytes: csv([
      HEADING,
      ['示例 甲', `\u202d${idOf(3)}\u202c`, '密 接', '2022年3月8日 上午9:30', '函'],
      person(4),
    ]),
    said: '2 行 rows, 2 行可用 good',
  },
  '04-gbk.csv': {
    bytes: Buffer.concat([gbk(csv([['name', 'idnumber', 'category', 'anchor', 'evidence'], person(5)]))]),
    said: '1 行 rows, 1 行可用 good',
  },
  '05-joined.csv': {
    bytes: Buffer.concat([
      Buffer.from(csv([HEADING, person(6)])),
      Buffer.from('\r\n'),
      gbk(csv([person(7)])),
    ]),
    said: '两种文字编码',
  },
  '06-filtered.xlsx': {
    bytes: workbookFile({ 名单: row(1, HEADING) + row(2, person(8)) + row(3, person(9), ' hidden="1"') }),
    said: '2 行 rows, 1 行可用 good',
  },
  '07-hidden-column.xlsx': {
    bytes: workbookFile({
      名单: `</sheetData><cols><col min="2" max="2" hidden="1"/></cols><sheetData>${row(1, HEADING)}${row(2, person(10))}`,
    }),
    said: '隐藏的列',
  },
  '08-two-numbers.csv': {
    bytes: csv([
      [...HEADING, '证件号码'],
      [...person(11), idOf(12)],
    ]),
    said: '两列是同一个意思',
  },
  '09-merged.xlsx': {
    bytes: workbookFile({
      名单: row(1, HEADING) + row(2, person(13)) + row(3, ['示例乙', idOf(14), '密接', '', '函']),
    }),
    said: '单元格为空',
  },
  '10-old.xls': { bytes: compound('Workbook'), said: '旧版 Excel' },
  '11-password.xlsx': { bytes: compound('EncryptedPackage'), said: '打开密码' },
  '12-web-page.xls': { bytes: '<html><table><tr><td>姓名</td></tr></table></html>', said: '网页' },
  '13-scan.pdf': { bytes: '%PDF-1.7\n', said: '不是表格' },
  '14-two-meanings.csv': {
    bytes: csv([HEADING, [...person(15).slice(0, 3), '3/4/2022', '函']]),
    said: '日期有两种读法',
  },
}

/** Makes the files. @returns what has to be said of each, by its name */
export const makeSampleLists = (folder: string): Record<string, string> => {
  mkdirSync(folder, { recursive: true })
  for (const [name, { bytes }] of Object.entries(SAMPLES)) writeFileSync(join(folder, name), bytes)
  return Object.fromEntries(Object.entries(SAMPLES).map(([name, { said }]) => [name, said]))
}
