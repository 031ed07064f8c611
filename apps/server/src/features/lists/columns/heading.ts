import { toHalfWidth } from '@jiankangbao/domain/written/characters'
import type { TableRow } from '../../../sheets/table-row.ts'
import type { Column } from './column.ts'

/** Rows above the heading: offices put a title and a note there. */
const HEADING_WITHIN = 10

const plain = (heading: string): string =>
  toHalfWidth(heading)
    .replace(/\(.*?\)/g, '')
    .replace(/[\s*:_/、\u200b\ufeff-]/g, '')
    .toLowerCase()

/** Where which column stands. */
export type Positions = ReadonlyMap<Column, number>

/** Positions of the known columns in one row read as a heading; of two columns with the same meaning the first counts. */
const readHeading = (known: readonly Column[], cells: readonly string[]): Map<Column, number> => {
  const found = new Map<Column, number>()
  cells.forEach((cell, position) => {
    const text = plain(cell)
    for (const column of known) {
      if (!found.has(column) && column.headings.includes(text)) found.set(column, position)
    }
  })
  return found
}

/** Positions of the columns that are shown as text. */
export const findTextColumns = (known: readonly Column[], cells: readonly string[]): Set<number> =>
  new Set([...readHeading(known, cells)].flatMap(([{ asText }, position]) => (asText ? [position] : [])))

export type Heading =
  | { ok: true; rowNumber: number; columns: Positions }
  | { ok: false; missing: readonly string[] }

/** The heading among the first ten rows, or the columns that the best of them lacks. */
export const findHeading = (
  known: readonly Column[],
  needed: readonly Column[],
  firstRows: readonly TableRow[],
): Heading => {
  let missing = needed
  for (const row of firstRows.slice(0, HEADING_WITHIN)) {
    const columns = readHeading(known, row.cells)
    const lacking = needed.filter((column) => !columns.has(column))
    if (lacking.length === 0) return { ok: true, rowNumber: row.rowNumber, columns }
    if (lacking.length < missing.length) missing = lacking
  }
  return { ok: false, missing: missing.map(({ id }) => id) }
}
