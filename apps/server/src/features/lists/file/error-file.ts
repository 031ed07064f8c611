import { csvLine } from '../../../sheets/csv-field.ts'
import type { CategoryWords } from '../columns/category-words.ts'
import { findTextColumns } from '../columns/heading.ts'
import { KNOWN_COLUMNS, PROBLEM_WORDS } from '../kinds/kinds.ts'
import { type Place, placeOf, type StoredSheet } from '../store/sheet-places.ts'
import type { CheckedRow } from './check-file.ts'

/** Columns of the file before those of the list. */
const OWN_COLUMNS = 2

const wordProblem = (problem: string, firstRow: Place | undefined, { allowed }: CategoryWords): string => {
  if (problem === 'repeated' && firstRow)
    return `与${firstRow.sheet ? `“${firstRow.sheet}”` : ''}第 ${firstRow.rowNumber} 行重复`
  const words = PROBLEM_WORDS[problem] ?? problem
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
  const text = new Set([...findTextColumns(KNOWN_COLUMNS, cells)].map((position) => position + OWN_COLUMNS))
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
