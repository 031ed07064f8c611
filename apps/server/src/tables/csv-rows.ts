import { Readable } from 'node:stream'
import { CsvError, parse } from 'csv-parse'
import { decodedText, detectEncoding } from './csv-encoding.ts'
import { MAX_CELL_CHARACTERS, MAX_COLUMNS, TableError, type TableRow } from './table-row.ts'

const DELIMITERS = [',', '\t', ';', '，'] as const

/** The delimiter met most often outside quotes in the first line that has one; a comma when there is none. */
export const detectDelimiter = (text: string): string => {
  for (const line of text.split(/\r\n|\r|\n/)) {
    const bare = line.replace(/"[^"]*"/g, '')
    let best: { delimiter: string; count: number } = { delimiter: ',', count: 0 }
    for (const delimiter of DELIMITERS) {
      const count = bare.split(delimiter).length - 1
      if (count > best.count) best = { delimiter, count }
    }
    if (best.count > 0) return best.delimiter
  }
  return ','
}

const startOf = async (path: string, encoding: Parameters<typeof decodedText>[1]): Promise<string> => {
  for await (const text of decodedText(path, encoding)) return text.slice(0, 16_384)
  return ''
}

/**
 * Rows of a CSV file in the encoding and with the delimiter it is found to have; empty rows are left out but counted.
 * Holds one piece of the file at a time. Throws TableError.
 */
export async function* readCsvRows(path: string): AsyncGenerator<TableRow> {
  const encoding = await detectEncoding(path)
  const delimiter = detectDelimiter(await startOf(path, encoding))
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
