import { isLines } from '@jiankangbao/domain/bounds'
import { plainCell } from '../../../sheets/cell-values.ts'
import type { TableRow } from '../../../sheets/table-row.ts'
import type { Cells, ParsedImportRow, RowContext } from '../columns/parsed-row.ts'
import { parsePersonRow } from './person-row.ts'
import { parseRegisterRow } from './register-row.ts'

/** Reads one row of a list; all problems of the row at once, none silently repaired. */
export const parseImportRow = (row: TableRow, context: RowContext): ParsedImportRow => {
  const { kind, columns } = context
  const cell: Cells = (column) => plainCell(row.cells[columns.get(column) ?? -1] ?? '')
  // One such character would fail the statement that writes a thousand rows. What is not read is not kept either.
  if ([...columns.keys()].some((column) => !isLines(cell(column))))
    return { ok: false, problems: ['characters_invalid'] }
  return kind === 'risk_areas' || kind === 'venues'
    ? parseRegisterRow(kind, cell, context)
    : parsePersonRow(kind, cell, context)
}
