import type { DateSystem } from '@jiankangbao/domain/written/instant'
import { detectEncoding } from './csv-encoding.ts'
import { listDelimiters, readCsvRows } from './csv-rows.ts'
import { requireTable, requireWorkbook } from './file-format.ts'
import { readSheetRows } from './sheet-rows.ts'
import { TableError, type TableRow } from './table-row.ts'
import { readWorkbook } from './workbook.ts'
import { openArchive } from './xlsx-archive.ts'

export type TableSheet = {
  name: string
  /** Size of its XML; 0 for a text. */
  bytes: number
  /** Starts from the top every time. @param onBytes told how much of the sheet was read since */
  rows: (onBytes?: (bytes: number) => void) => AsyncGenerator<TableRow>
}

export type OpenTable = {
  dateSystem: DateSystem
  /** A text is one sheet, given once for every delimiter that it may have: only its heading tells which. */
  isText: boolean
  /** Those that show, in the order of their tabs. */
  sheets: readonly TableSheet[]
  close: () => void
}

const openText = async (path: string): Promise<OpenTable> => {
  const encoding = await detectEncoding(path)
  const sheets = (await listDelimiters(path, encoding)).map((delimiter) => ({
    name: '',
    bytes: 0,
    rows: () => readCsvRows(path, encoding, delimiter),
  }))
  return { dateSystem: 1900, isText: true, sheets, close: () => undefined }
}

/** Opens a CSV or XLSX file by its content, not by its name. Throws TableError. */
export const openTable = async (path: string): Promise<OpenTable> => {
  if ((await requireTable(path)) === 'text') return openText(path)
  const archive = await openArchive(path)
  try {
    requireWorkbook(archive)
    const workbook = await readWorkbook(archive)
    const sheets = workbook.sheets.map((sheet) => ({
      name: sheet.name,
      bytes: archive.entries.get(sheet.path)?.uncompressedSize ?? 0,
      rows: (onBytes?: (bytes: number) => void) => readSheetRows(workbook, sheet.path, onBytes),
    }))
    return { dateSystem: workbook.dateSystem, isText: false, sheets, close: archive.close }
  } catch (error) {
    archive.close()
    throw error instanceof TableError ? error : new TableError('damaged', { cause: error })
  }
}
