import { deflateSync, inflateSync } from 'node:zlib'
import type { Cleaned } from './cleaned.ts'

// PNG (ISO/IEC 15948): a signature, then chunks of length, type, data and CRC.

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
/** Samples of a pixel by colour type; others do not exist. */
const CHANNELS: Record<number, number> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 }
/** What shows the picture; every other chunk (text, EXIF, time, profiles) says more. */
const KEPT = new Set(['PLTE', 'tRNS'])

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

const chunkOf = (type: string, data: Buffer): Buffer => {
  const typed = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const frame = Buffer.alloc(8)
  frame.writeUInt32BE(data.length, 0)
  frame.writeUInt32BE(crcOf(typed), 4)
  return Buffer.concat([frame.subarray(0, 4), typed, frame.subarray(4)])
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

/** Bytes of the unpacked picture, not interlaced: one filter byte a line. */
const unpackedBytes = (header: Buffer): number | undefined => {
  const [depth = 0, colourType = 0, compression, filter, interlaced] = header.subarray(8)
  const channels = CHANNELS[colourType]
  if (!channels || ![1, 2, 4, 8, 16].includes(depth) || compression || filter || interlaced) return undefined
  const line = Math.ceil((header.readUInt32BE(0) * channels * depth) / 8)
  return (line + 1) * header.readUInt32BE(4)
}

const unpack = (packed: Buffer, expected: number): Buffer | undefined => {
  try {
    const pixels = inflateSync(packed, { maxOutputLength: expected })
    return pixels.length === expected ? pixels : undefined
  } catch {
    return undefined
  }
}

/**
 * The picture packed anew, with nothing but what shows it. Undefined where it is not a whole PNG, says other things in its
 * header than it holds, is interlaced, or has more than `mostPixels`.
 */
export const cleanPng = (bytes: Buffer, mostPixels: number): Cleaned | undefined => {
  if (!bytes.subarray(0, SIGNATURE.length).equals(SIGNATURE)) return undefined
  const chunks = readChunks(bytes)
  const header = chunks?.[0]
  if (!chunks || header?.type !== 'IHDR' || header.data.length !== 13) return undefined
  const width = header.data.readUInt32BE(0)
  const height = header.data.readUInt32BE(4)
  const expected = unpackedBytes(header.data)
  if (!expected || width * height === 0 || width * height > mostPixels) return undefined
  const packed = chunks.filter(({ type }) => type === 'IDAT').map(({ data }) => data)
  const pixels = unpack(Buffer.concat(packed), expected)
  if (!pixels) return undefined
  return {
    mediaType: 'image/png',
    width,
    height,
    bytes: Buffer.concat([
      SIGNATURE,
      chunkOf('IHDR', header.data),
      ...chunks.filter(({ type }) => KEPT.has(type)).map(({ type, data }) => chunkOf(type, data)),
      chunkOf('IDAT', deflateSync(pixels)),
      chunkOf('IEND', Buffer.alloc(0)),
    ]),
  }
}
