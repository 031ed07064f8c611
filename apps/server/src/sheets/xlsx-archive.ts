import { promisify } from 'node:util'
import { SaxesParser } from 'saxes'
import { type Entry, open, type ZipFile } from 'yauzl'
import { TableError } from './table-row.ts'

const MAX_ENTRIES = 2_000
/** Sheets of a million rows are 300 to 500 MB of XML. */
const MAX_UNCOMPRESSED_BYTES = 4 * 1024 ** 3
/** Sheets shrink 10 to 60 times; deflate can do 1,032. Small files may shrink as they like. */
const MAX_RATIO = 250
const RATIO_FROM_BYTES = 1024 ** 2

export type Archive = { entries: ReadonlyMap<string, Entry>; zip: ZipFile; close: () => void }

const listEntries = (zip: ZipFile): Promise<Map<string, Entry>> =>
  new Promise((resolve, reject) => {
    const entries = new Map<string, Entry>()
    let total = 0
    zip.on('error', reject)
    zip.on('end', () => resolve(entries))
    zip.on('entry', (entry: Entry) => {
      total += entry.uncompressedSize
      const ratio = entry.uncompressedSize / Math.max(1, entry.compressedSize)
      if (total > MAX_UNCOMPRESSED_BYTES) return reject(new TableError('archive_too_large'))
      if (entry.uncompressedSize > RATIO_FROM_BYTES && ratio > MAX_RATIO) {
        return reject(new TableError('archive_ratio'))
      }
      entries.set(entry.fileName, entry)
      zip.readEntry()
    })
    zip.readEntry()
  })

/**
 * Opens a zip file and reads its directory only. Refuses zip bombs by what the directory states; an entry that holds
 * more than it states breaks its own stream later. Throws TableError.
 */
export const openArchive = async (path: string): Promise<Archive> => {
  const zip = await new Promise<ZipFile>((resolve, reject) => {
    open(path, { lazyEntries: true, autoClose: false }, (error, opened) =>
      error ? reject(new TableError('not_a_workbook', { cause: error })) : resolve(opened),
    )
  })
  try {
    if (zip.entryCount > MAX_ENTRIES) throw new TableError('archive_too_many_entries')
    return { zip, entries: await listEntries(zip), close: () => zip.close() }
  } catch (error) {
    zip.close()
    throw error instanceof TableError ? error : new TableError('not_a_workbook', { cause: error })
  }
}

export type XmlHandlers = {
  open?: (name: string, attributes: Record<string, string>) => void
  close?: (name: string) => void
  text?: (text: string) => void
}

const local = (name: string): string => name.slice(name.indexOf(':') + 1)

/**
 * Feeds one XML entry to the handlers, yielding the bytes of every piece after it, so that the caller takes what has gathered. Element
 * names come without their prefix. Entities of the document's own are not expanded. Throws TableError `damaged`.
 */
export async function* parseXml(
  archive: Archive,
  path: string,
  handlers: XmlHandlers,
): AsyncGenerator<number> {
  const entry = archive.entries.get(path)
  if (!entry) throw new TableError('damaged')
  const parser = new SaxesParser()
  parser.on('opentag', (tag) => handlers.open?.(local(tag.name), tag.attributes))
  parser.on('closetag', (tag) => handlers.close?.(local(tag.name)))
  parser.on('text', (text) => handlers.text?.(text))
  const openStream = promisify<Entry, NodeJS.ReadableStream>(archive.zip.openReadStream.bind(archive.zip))
  try {
    const stream = await openStream(entry)
    stream.setEncoding('utf8')
    for await (const piece of stream) {
      parser.write(piece as string)
      yield Buffer.byteLength(piece as string)
    }
    parser.close()
    yield 0
  } catch (error) {
    throw error instanceof TableError ? error : new TableError('damaged', { cause: error })
  }
}

/** Feeds a whole XML entry to the handlers; nothing when the archive has no such entry. */
export const readXml = async (archive: Archive, path: string, handlers: XmlHandlers): Promise<void> => {
  if (!archive.entries.has(path)) return
  for await (const _ of parseXml(archive, path, handlers));
}
