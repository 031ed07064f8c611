import type { ImportKind } from '@jiankangbao/domain/vocabulary/lists'
import { csvLine } from '../../../sheets/csv-field.ts'
import type { CategoryWords } from '../columns/category-words.ts'
import { headingOf } from '../columns/column.ts'
import { LIST_KINDS } from '../kinds/kinds.ts'

// The people in the rows of templates are invented; their numbers fail the check digit on purpose, so that a template sent
// back by mistake changes nobody.

/** A CSV that a spreadsheet opens as it should: with the mark of UTF-8, headings and rows to replace. */
export const templateOf = (kind: ImportKind, categories: CategoryWords): string => {
  const { columns, template } = LIST_KINDS[kind]
  const text = new Set(columns.template.flatMap(({ asText }, position) => (asText ? [position] : [])))
  const lines = template(categories).map((line) => csvLine(line, text))
  return `\ufeff${csvLine(columns.template.map(headingOf))}${lines.join('')}`
}
