import { toPlainText } from '@jiankangbao/domain/written/characters'
import type { TableRow } from '../../../sheets/table-row.ts'
import type { Column } from './column.ts'

/** Rows above the heading: offices put a title and a note there. */
const HEADING_WITHIN = 10

/** How a heading is compared: without blanks, remarks in brackets, numbering and the stars of forms. */
export const plainHeading = (heading: string): string =>
  toPlainText(heading)
    .replace(/[(【[].*?[)】\]]/g, '')
    .replace(/^\s*[0-9]{1,2}\s*[.、]/, '')
    .replace(/[\s*★:：_/、·.-]/g, '')
    .toLowerCase()

/** Where which column stands. */
export type Positions = ReadonlyMap<Column, number>

const means = (column: Column, text: string): boolean =>
  text !== '' && (column.headings.includes(text) || column.headingForm?.test(text) === true)

/** Words of headquarters for headings: the identifier of the column that each means. */
export type HeadingWords = ReadonlyMap<string, string>

/** Positions of the known columns in one row read as a heading; of two columns with the same meaning the first counts. */
const readHeading = (
  known: readonly Column[],
  cells: readonly string[],
  synonyms: HeadingWords,
): Map<Column, number> => {
  const found = new Map<Column, number>()
  cells.forEach((cell, position) => {
    const text = plainHeading(cell)
    for (const column of known)
      if (!found.has(column) && (means(column, text) || synonyms.get(text) === column.id))
        found.set(column, position)
  })
  return found
}

/** Positions of the columns that are shown as text. */
export const findTextColumns = (known: readonly Column[], cells: readonly string[]): Set<number> =>
  new Set(
    [...readHeading(known, cells, new Map())].flatMap(([{ asText }, position]) => (asText ? [position] : [])),
  )

/** Why a heading is not read: columns that lack, that are there twice, that are out of sight. By their identifiers. */
export interface HeadingRefusal {
  ok: false
  failure: 'columns_missing' | 'columns_ambiguous' | 'columns_hidden'
  missing: readonly string[]
}
export type Heading = { ok: true; rowNumber: number; columns: Positions } | HeadingRefusal

/** A cell could belong to two people, or say two things, where its column is there twice or nobody sees it. */
const findDoubtful = (
  own: readonly Column[],
  row: TableRow,
  synonyms: HeadingWords,
): HeadingRefusal | undefined => {
  const texts = row.cells.map(plainHeading)
  const positionsOf = (column: Column): number[] =>
    texts.flatMap((text, at) => (means(column, text) || synonyms.get(text) === column.id ? [at] : []))
  const twice = own.filter((column) => !column.mayRepeat && positionsOf(column).length > 1)
  if (twice.length > 0)
    return { ok: false, failure: 'columns_ambiguous', missing: [...new Set(twice.map(({ id }) => id))] }
  const unseen = own.filter((column) => positionsOf(column).some((at) => row.hiddenColumns?.has(at)))
  return unseen.length > 0
    ? { ok: false, failure: 'columns_hidden', missing: [...new Set(unseen.map(({ id }) => id))] }
    : undefined
}

/**
 * The heading among the first ten rows, or the columns that the best of them lacks.
 * @param kind what the kind of list reads, and what of it it needs; of other kinds' columns only the place is known
 */
export const findHeading = (
  known: readonly Column[],
  kind: { needed: readonly Column[]; own: readonly Column[] },
  firstRows: readonly TableRow[],
  synonyms: HeadingWords = new Map(),
): Heading => {
  let missing = kind.needed
  for (const row of firstRows.slice(0, HEADING_WITHIN)) {
    if (row.hidden) continue
    const columns = readHeading(known, row.cells, synonyms)
    const lacking = kind.needed.filter((column) => !columns.has(column))
    if (lacking.length === 0)
      return findDoubtful(kind.own, row, synonyms) ?? { ok: true, rowNumber: row.rowNumber, columns }
    if (lacking.length < missing.length) missing = lacking
  }
  return { ok: false, failure: 'columns_missing', missing: missing.map(({ id }) => id) }
}
