import { isLine } from '@jiankangbao/domain/bounds'
import type { DateSystem } from '@jiankangbao/domain/written/instant'
import { TableError } from './table-row.ts'
import { type Archive, readXml } from './xlsx-archive.ts'

const MAX_SHARED_STRINGS = 4_000_000
const MAX_SHARED_CHARACTERS = 96_000_000

export type Workbook = {
  archive: Archive
  dateSystem: DateSystem
  /** Those that show, in the order of the tabs. */
  sheets: readonly { name: string; path: string }[]
  /** Style numbers of cells that show dates. */
  dateStyles: ReadonlySet<number>
  sharedStrings: readonly string[]
}

const isDateFormat = (id: number, custom: ReadonlyMap<number, string>): boolean => {
  const code = custom.get(id)
  if (code === undefined)
    return (
      (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 58 && id !== 48 && id !== 49)
    )
  return /[ymdhs]/i.test(code.replace(/"[^"]*"|\[[^\]]*\]|\\.|_.|General/gi, ''))
}

const readDateStyles = async (archive: Archive): Promise<Set<number>> => {
  const custom = new Map<number, string>()
  const styles = new Set<number>()
  let inCellFormats = false
  let style = 0
  await readXml(archive, 'xl/styles.xml', {
    open: (name, attributes) => {
      if (name === 'numFmt') custom.set(Number(attributes.numFmtId), attributes.formatCode ?? '')
      if (name === 'cellXfs') inCellFormats = true
      if (name !== 'xf' || !inCellFormats) return
      if (isDateFormat(Number(attributes.numFmtId), custom)) styles.add(style)
      style += 1
    },
    close: (name) => {
      if (name === 'cellXfs') inCellFormats = false
    },
  })
  return styles
}

const readSharedStrings = async (archive: Archive): Promise<string[]> => {
  const strings: string[] = []
  let characters = 0
  let text = ''
  let inText = false
  // Phonetic readings (rPh) repeat the text in another script.
  let inReading = false
  await readXml(archive, 'xl/sharedStrings.xml', {
    open: (name) => {
      if (name === 'si') text = ''
      if (name === 'rPh') inReading = true
      if (name === 't') inText = !inReading
    },
    text: (piece) => {
      if (!inText) return
      text += piece
      characters += piece.length
      if (characters > MAX_SHARED_CHARACTERS) throw new TableError('too_many_strings')
    },
    close: (name) => {
      if (name === 't') inText = false
      if (name === 'rPh') inReading = false
      if (name === 'si' && strings.push(text) > MAX_SHARED_STRINGS) throw new TableError('too_many_strings')
    },
  })
  return strings
}

/** Reads what the sheets of a workbook need: names, styles, date system, shared strings (bounded). Throws TableError. */
export const readWorkbook = async (archive: Archive): Promise<Workbook> => {
  let dateSystem: DateSystem = 1900
  const named: { name: string; relation: string }[] = []
  const targets = new Map<string, string>()
  await readXml(archive, 'xl/workbook.xml', {
    open: (name, attributes) => {
      if (name === 'workbookPr' && /^(1|true)$/.test(attributes.date1904 ?? '')) dateSystem = 1904
      // What its author has hidden is not a part of the list.
      if (name === 'sheet' && !/^(very)?hidden$/i.test(attributes.state ?? ''))
        named.push({ name: attributes.name ?? '', relation: attributes['r:id'] ?? '' })
    },
  })
  await readXml(archive, 'xl/_rels/workbook.xml.rels', {
    open: (name, { Id: id, Target: target }) => {
      if (name === 'Relationship' && id && target) targets.set(id, target)
    },
  })
  const sheets = named.flatMap(({ name, relation }) => {
    const target = targets.get(relation)
    if (target === undefined) return []
    const path = target.startsWith('/') ? target.slice(1) : `xl/${target}`
    return archive.entries.has(path) ? [{ name, path }] : []
  })
  if (sheets.length === 0) throw new TableError('not_a_workbook')
  if (sheets.some(({ name }) => !isLine(name))) throw new TableError('damaged')
  const dateStyles = await readDateStyles(archive)
  return { archive, dateSystem, sheets, dateStyles, sharedStrings: await readSharedStrings(archive) }
}
