/** One row of an uploaded table, as its author sees it: numbered from 1, the heading included. */
export type TableRow = {
  rowNumber: number
  cells: string[]
  /** A filter or its author keeps it out of sight. */
  hidden?: true
  /** Positions of columns that are out of sight; absent where there are none. */
  hiddenColumns?: ReadonlySet<number>
}

export type TableRefusal =
  | 'encoding'
  | 'encodings_mixed'
  | 'old_workbook'
  | 'encrypted_workbook'
  | 'html_workbook'
  | 'other_workbook'
  | 'not_a_table'
  | 'damaged'
  | 'not_a_workbook'
  | 'sheet_missing'
  | 'too_many_columns'
  | 'too_many_strings'
  | 'cell_too_long'
  | 'archive_too_large'
  | 'archive_too_many_entries'
  | 'archive_ratio'

/** The file as a whole cannot be read; a bad row is never this. */
export class TableError extends Error {
  readonly reason: TableRefusal
  constructor(reason: TableRefusal, options?: ErrorOptions) {
    super(`table refused: ${reason}`, options)
    this.reason = reason
  }
}

export const MAX_COLUMNS = 200
/** Of a sheet in Excel; a file may claim more. */
export const MAX_ROW_NUMBER = 1_048_576
export const MAX_CELL_CHARACTERS = 10_000
