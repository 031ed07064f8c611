import { createReadStream } from 'node:fs'
import { TableError } from './table-row.ts'

/** The CSV parser queues a whole piece's rows at once, and long queues of short rows are slow to take from. */
const PIECE_BYTES = 8_192

export type CsvEncoding = 'utf-8' | 'utf-16le' | 'gb18030'

const decodes = async (path: string, encoding: CsvEncoding): Promise<boolean> => {
  const decoder = new TextDecoder(encoding, { fatal: true })
  try {
    for await (const chunk of createReadStream(path)) decoder.decode(chunk as Buffer, { stream: true })
    decoder.decode()
    return true
  } catch (error) {
    if (error instanceof TypeError) return false
    throw error
  }
}

const firstBytes = async (path: string): Promise<Buffer> => {
  for await (const chunk of createReadStream(path, { end: 2 })) return chunk as Buffer
  return Buffer.alloc(0)
}

/**
 * The encoding of a whole file. All of it is read: a list may be plain ASCII for megabytes before its first hanzi.
 * UTF-8 is tried first because GB18030 accepts most UTF-8 texts as other characters, while the reverse is rare.
 * Throws TableError `encoding`.
 */
export const detectEncoding = async (path: string): Promise<CsvEncoding> => {
  const start = await firstBytes(path)
  if (start[0] === 0xff && start[1] === 0xfe) return 'utf-16le'
  if (await decodes(path, 'utf-8')) return 'utf-8'
  if (await decodes(path, 'gb18030')) return 'gb18030'
  throw new TableError('encoding')
}

/** The text of a file in pieces, without its byte order mark. Throws TableError `encoding`. */
export async function* decodedText(path: string, encoding: CsvEncoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true })
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: PIECE_BYTES })) {
      const text = decoder.decode(chunk as Buffer, { stream: true })
      if (text !== '') yield text
    }
    const rest = decoder.decode()
    if (rest !== '') yield rest
  } catch (error) {
    if (error instanceof TypeError) throw new TableError('encoding', { cause: error })
    throw error
  }
}
