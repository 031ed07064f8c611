import { inflateSync } from 'node:zlib'
import { type Picture, RefusedPicture, requireSize } from './picture.ts'
import { createPngLines, type PngForm } from './png-lines.ts'

// PNG (ISO/IEC 15948): a signature, then chunks of length, type, data and CRC.

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
/** Samples of a pixel by colour type; others do not exist. */
const CHANNELS: Record<number, number> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 }
const PALETTE = 3
/** Deflate packs a thousand to one: 130 kB may unpack to 134 MB. Sixteen million pixels of four samples are this much. */
const MOST_UNPACKED = 67_108_864

const CRC_TABLE = Array.from({ length: 256 }, (_, start) => {
  let value = start
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1
  return value >>> 0
})

const crcOf = (bytes: Buffer): number => {
  let crc = 0xffffffff
  for (const byte of bytes) crc = (CRC_TABLE[(crc ^ byte) & 0xff] ?? 0) ^ (crc >>> 8)
  return (crc ^ 0xffffffff) >>> 0
}

interface Chunk {
  type: string
  data: Buffer
}

const readChunks = (bytes: Buffer): Chunk[] | undefined => {
  const chunks: Chunk[] = []
  for (let at = SIGNATURE.length; at + 12 <= bytes.length; ) {
    const end = at + 8 + bytes.readUInt32BE(at)
    if (end + 4 > bytes.length) return undefined
    if (crcOf(bytes.subarray(at + 4, end)) !== bytes.readUInt32BE(end)) return undefined
    const type = bytes.subarray(at + 4, at + 8).toString('latin1')
    chunks.push({ type, data: bytes.subarray(at + 8, end) })
    if (type === 'IEND') return chunks
    at = end + 4
  }
  return undefined
}

const readForm = (header: Buffer): PngForm => {
  const [depth = 0, colourType = 0, compression, filter, interlaced] = header.subarray(8)
  const channels = CHANNELS[colourType]
  const narrow = colourType === 0 || colourType === PALETTE
  const depths = narrow ? [1, 2, 4, 8, 16] : [8, 16]
  if (!channels || !depths.includes(depth) || (colourType === PALETTE && depth === 16))
    throw new RefusedPicture('unreadable')
  if (compression || filter || interlaced) throw new RefusedPicture('unreadable')
  return { width: header.readUInt32BE(0), height: header.readUInt32BE(4), depth, channels, colourType }
}

const unpack = (packed: Buffer, expected: number): Buffer => {
  try {
    const pixels = inflateSync(packed, { maxOutputLength: expected })
    if (pixels.length === expected) return pixels
  } catch {
    // Broken, or more than its header says.
  }
  throw new RefusedPicture('unreadable')
}

export const isPng = (bytes: Buffer): boolean => bytes.subarray(0, SIGNATURE.length).equals(SIGNATURE)

/** @throws RefusedPicture where it is not a whole PNG with one header and something in it */
const readParts = (bytes: Buffer): { chunks: Chunk[]; form: PngForm } => {
  const chunks = readChunks(bytes)
  const [header, ...others] = chunks?.filter(({ type }) => type === 'IHDR') ?? []
  if (!chunks || !header || others.length > 0 || header !== chunks[0] || header.data.length !== 13)
    throw new RefusedPicture('unreadable')
  if (!chunks.some(({ type, data }) => type === 'IDAT' && data.length > 0))
    throw new RefusedPicture('unreadable')
  return { chunks, form: readForm(header.data) }
}

/** What the header says; nothing is unpacked. */
export const readPngSize = (bytes: Buffer): { width: number; height: number } => readParts(bytes).form

/** @throws RefusedPicture where it is not a whole PNG, holds other than its header says, is interlaced, or is too much */
export const openPng = (bytes: Buffer): Picture => {
  const { chunks, form } = readParts(bytes)
  requireSize(form.width, form.height)
  const lineBytes = Math.ceil((form.width * form.channels * form.depth) / 8)
  const unpacked = (lineBytes + 1) * form.height
  if (unpacked > MOST_UNPACKED) throw new RefusedPicture('too_many_pixels')
  const find = (wanted: string) => chunks.find(({ type }) => type === wanted)?.data
  const packed = chunks.filter(({ type }) => type === 'IDAT').map(({ data }) => data)
  return {
    width: form.width,
    height: form.height,
    orientation: 1,
    readLine: createPngLines(form, unpack(Buffer.concat(packed), unpacked), find('PLTE'), find('tRNS')),
  }
}
