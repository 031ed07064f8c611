import { fromSerial } from '@jiankangbao/domain/written/instant'
import { MAX_CELL_CHARACTERS, MAX_COLUMNS, MAX_ROW_NUMBER, TableError, type TableRow } from './table-row.ts'
import { trackUnseen } from './unseen.ts'
import type { Workbook } from './workbook.ts'
import { parseXml } from './xlsx-archive.ts'

/** `AB12` → 27; without a reference the cell follows the one before. */
const columnOf = (reference: string | undefined, next: number): number => {
  const letters = /^[A-Z]{1,3}/.exec(reference ?? '')?.[0]
  if (letters === undefined) return next
  let column = 0
  for (const letter of letters) column = column * 26 + letter.charCodeAt(0) - 64
  return column - 1
}

const two = (value: number): string => String(value).padStart(2, '0')

const dateText = (raw: string, workbook: Workbook): string => {
  const parsed = fromSerial(Number(raw), workbook.dateSystem)
  if (!parsed.ok) return raw
  const { day, secondOfDay } = parsed
  if (secondOfDay === undefined) return day
  return `${day} ${two(Math.floor(secondOfDay / 3600))}:${two(Math.floor(secondOfDay / 60) % 60)}:${two(secondOfDay % 60)}`
}

const cellText = (workbook: Workbook, type: string, style: number, raw: string): string => {
  if (type === 's') {
    const text = workbook.sharedStrings[Number(raw)]
    if (text === undefined) throw new TableError('damaged')
    return text
  }
  if (type === 'n' && raw !== '' && workbook.dateStyles.has(style)) return dateText(raw, workbook)
  return raw
}

/**
 * Rows of one sheet; empty ones are left out but counted. Numbers stay as the file writes them, dates become
 * `2022-03-08` or `2022-03-08 14:05:00`. Holds the rows of one piece of XML at a time. Throws TableError.
 */
export async function* readSheetRows(
  workbook: Workbook,
  path: string,
  onBytes?: (bytes: number) => void,
): AsyncGenerator<TableRow> {
  let gathered: TableRow[] = []
  let row: TableRow = { rowNumber: 0, cells: [] }
  let column = -1
  let type = 'n'
  let style = 0
  let raw = ''
  let inValue = false
  let inReading = false
  const unseen = trackUnseen()
  const pieces = parseXml(workbook.archive, path, {
    open: (name, attributes) => {
      if (name === 'row') {
        row = { rowNumber: Number(attributes.r ?? row.rowNumber + 1), cells: [] }
        unseen.mark(row, attributes)
        if (!(row.rowNumber >= 1 && row.rowNumber <= MAX_ROW_NUMBER && Number.isInteger(row.rowNumber)))
          throw new TableError('damaged')
        column = -1
      } else if (name === 'c') {
        column = columnOf(attributes.r, column + 1)
        if (column >= MAX_COLUMNS) throw new TableError('too_many_columns')
        type = attributes.t ?? 'n'
        style = Number(attributes.s ?? 0)
        raw = ''
      } else if (name === 'rPh') inReading = true
      else if (name === 'v' || name === 't') inValue = !inReading
      else unseen.open(name, attributes)
    },
    text: (piece) => {
      if (!inValue) return
      raw += piece
      if (raw.length > MAX_CELL_CHARACTERS) throw new TableError('cell_too_long')
    },
    close: (name) => {
      if (name === 'v' || name === 't') inValue = false
      else if (name === 'rPh') inReading = false
      else if (name === 'c') {
        while (row.cells.length < column) row.cells.push('')
        row.cells[column] = cellText(workbook, type, style, raw)
      } else if (name === 'row' && row.cells.some((cell) => cell.trim() !== '')) gathered.push(row)
    },
  })
  for await (const bytes of pieces) {
    onBytes?.(bytes)
    yield* gathered
    gathered = []
  }
}
