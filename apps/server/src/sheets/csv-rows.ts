import { Readable } from 'node:stream'
import { CsvError, parse } from 'csv-parse'
import { type CsvEncoding, decodedText } from './csv-encoding.ts'
import { MAX_CELL_CHARACTERS, MAX_COLUMNS, TableError, type TableRow } from './table-row.ts'

const DELIMITERS = [',', '\t', ';', '，']
/** A heading is found well within this. */
const START_CHARACTERS = 65_536

/** The delimiters that a text may have: those that are met near its beginning. */
export const listDelimiters = async (path: string, encoding: CsvEncoding): Promise<string[]> => {
  let start = ''
  for await (const piece of decodedText(path, encoding)) {
    start += piece
    if (start.length >= START_CHARACTERS) break
  }
  const met = DELIMITERS.filter((delimiter) => start.includes(delimiter))
  return met.length > 0 ? met : [',']
}

/**
 * Rows of a CSV file; empty rows are left out but counted. Holds one piece of the file at a time. Throws TableError.
 */
export async function* readCsvRows(
  path: string,
  encoding: CsvEncoding,
  delimiter: string,
): AsyncGenerator<TableRow> {
  const source = Readable.from(decodedText(path, encoding))
  const parser = parse({
    delimiter,
    relax_column_count: true,
    relax_quotes: true,
    max_record_size: MAX_COLUMNS * MAX_CELL_CHARACTERS,
  })
  source.on('error', (error) => parser.destroy(error))
  source.pipe(parser)
  let rowNumber = 0
  try {
    for await (const cells of parser as AsyncIterable<string[]>) {
      rowNumber += 1
      if (cells.length > MAX_COLUMNS) throw new TableError('too_many_columns')
      if (cells.some((cell) => cell.length > MAX_CELL_CHARACTERS)) throw new TableError('cell_too_long')
      if (cells.some((cell) => cell.trim() !== '')) yield { rowNumber, cells }
    }
  } catch (error) {
    if (error instanceof CsvError) throw new TableError('damaged', { cause: error })
    throw error
  } finally {
    source.destroy()
    parser.destroy()
  }
}
