import { open } from 'node:fs/promises'
import type { DateSystem } from './cell-values.ts'
import { readCsvRows } from './csv-rows.ts'
import { readSheetRows } from './sheet-rows.ts'
import { TableError, type TableRow } from './table-row.ts'
import { readWorkbook } from './workbook.ts'
import { openArchive } from './xlsx-archive.ts'

export type OpenTable = {
  dateSystem: DateSystem
  /** One for CSV; the sheets in the order of their tabs otherwise. Each reading starts from the top. */
  sheets: readonly { name: string; rows: () => AsyncGenerator<TableRow> }[]
  close: () => void
}

const isZip = async (path: string): Promise<boolean> => {
  const file = await open(path)
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(4), 0, 4, 0)
    return bytesRead === 4 && buffer.readUInt32BE(0) === 0x504b0304
  } finally {
    await file.close()
  }
}

/** Opens a CSV or XLSX file by its content, not by its name. Throws TableError. */
export const openTable = async (path: string): Promise<OpenTable> => {
  if (!(await isZip(path))) {
    return { dateSystem: 1900, sheets: [{ name: '', rows: () => readCsvRows(path) }], close: () => undefined }
  }
  const archive = await openArchive(path)
  try {
    const workbook = await readWorkbook(archive)
    const sheets = workbook.sheets.map((sheet) => ({
      name: sheet.name,
      rows: () => readSheetRows(workbook, sheet.path),
    }))
    return { dateSystem: workbook.dateSystem, sheets, close: archive.close }
  } catch (error) {
    archive.close()
    throw error instanceof TableError ? error : new TableError('damaged', { cause: error })
  }
}
