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

/** Hanzi that a line must have before chance can not make it look like UTF-8: GBK gives the same bytes once in millions. */
const SURE_HANZI = 4

/** Hanzi of a line if every byte above ASCII in it belongs to one of three bytes in UTF-8; 0 where that is not so. */
const countUtf8Hanzi = (line: Buffer): number => {
  let hanzi = 0
  for (let at = 0; at < line.length; at += 1) {
    const byte = line[at] ?? 0
    if (byte < 0x80) continue
    const [second = 0, third = 0] = [line[at + 1], line[at + 2]]
    if (byte < 0xe3 || byte > 0xef || (second & 0xc0) !== 0x80 || (third & 0xc0) !== 0x80) return 0
    hanzi += 1
    at += 2
  }
  return hanzi
}

/** Whether a file that is no UTF-8 as a whole has lines that are: two files were joined, and half of it would be nonsense. */
const hasUtf8Lines = async (path: string): Promise<boolean> => {
  let rest = Buffer.alloc(0)
  let short = 0
  let lines = 0
  const look = (line: Buffer): boolean => {
    const hanzi = countUtf8Hanzi(line)
    lines += line.some((byte) => byte >= 0x80) ? 1 : 0
    // Two or three hanzi are chance once; in one line of twenty they are not.
    short += hanzi >= 2 ? 1 : 0
    return hanzi >= SURE_HANZI
  }
  for await (const chunk of createReadStream(path)) {
    let data = Buffer.concat([rest, chunk as Buffer])
    for (let end = data.indexOf(0x0a); end >= 0; end = data.indexOf(0x0a)) {
      if (look(data.subarray(0, end))) return true
      data = data.subarray(end + 1)
    }
    rest = data.length > PIECE_BYTES * 8 ? Buffer.alloc(0) : Buffer.from(data)
  }
  return look(rest) || (short > 1 && short * 20 > lines)
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
  if (await hasUtf8Lines(path)) throw new TableError('encodings_mixed')
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
