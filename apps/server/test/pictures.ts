import { pathToFileURL } from 'node:url'
import { deflateSync } from 'node:zlib'
import { bundleProgram, inServer } from './bundle.ts'

/** The thread that draws pictures anew, as it is built. */
export const bundlePictureWorker = async (): Promise<URL> =>
  pathToFileURL(await bundleProgram('pictures/picture-worker.ts', inServer('dist/test/picture-worker.js')))

/** A red JPEG of 16 × 8 pixels as a browser makes it, with a colour profile. */
export const JPEG = Buffer.from(
  '/9j/4AAQSkZJRgABAQAAAQABAAD/4gHYSUNDX1BST0ZJTEUAAQEAAAHIAAAAAAQwAABtbnRyUkdCIFhZWiAH4AABAAEAAAAAAABhY3NwAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAQAA9tYAAQAAAADTLQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAlkZXNjAAAA8AAAACRyWFlaAAABFAAAABRnWFlaAAABKAAAABRiWFlaAAABPAAAABR3dHB0AAABUAAAABRyVFJDAAABZAAAAChnVFJDAAABZAAAAChiVFJDAAABZAAAAChjcHJ0AAABjAAAADxtbHVjAAAAAAAAAAEAAAAMZW5VUwAAAAgAAAAcAHMAUgBHAEJYWVogAAAAAAAAb6IAADj1AAADkFhZWiAAAAAAAABimQAAt4UAABjaWFlaIAAAAAAAACSgAAAPhAAAts9YWVogAAAAAAAA9tYAAQAAAADTLXBhcmEAAAAAAAQAAAACZmYAAPKnAAANWQAAE9AAAApbAAAAAAAAAABtbHVjAAAAAAAAAAEAAAAMZW5VUwAAACAAAAAcAEcAbwBvAGcAbABlACAASQBuAGMALgAgADIAMAAxADb/2wBDABALDA4MChAODQ4SERATGCgaGBYWGDEjJR0oOjM9PDkzODdASFxOQERXRTc4UG1RV19iZ2hnPk1xeXBkeFxlZ2P/2wBDARESEhgVGC8aGi9jQjhCY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2P/wAARCAAIABADASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAAAAX/xAAUEAEAAAAAAAAAAAAAAAAAAAAA/8QAFQEBAQAAAAAAAAAAAAAAAAAABQb/xAAUEQEAAAAAAAAAAAAAAAAAAAAA/9oADAMBAAIRAxEAPwCKALXj/9k=',
  'base64',
)
/** A red PNG of 4 × 4 pixels as a browser makes it. */
export const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAQAAAAECAYAAACp8Z5+AAAAHklEQVR4AYTIsQkAAADCsOL/P+sqLha6RAb3YvoQAAAA///DVnJmAAAABklEQVQDANvLCAFlE5bJAAAAAElFTkSuQmCC',
  'base64',
)

/** A segment as cameras add it: a marker and its length before the data. */
export const jpegSegment = (marker: number, data: Buffer | string): Buffer => {
  const payload = Buffer.from(data)
  const head = Buffer.from([0xff, marker, 0, 0])
  head.writeUInt16BE(payload.length + 2, 2)
  return Buffer.concat([head, payload])
}

/** The JPEG with a place and a name in it. */
export const TELLING_JPEG = Buffer.concat([
  JPEG.subarray(0, 2),
  jpegSegment(0xe1, 'Exif\0\0GPS 34.26 117.18'),
  jpegSegment(0xfe, 'by somebody'),
  JPEG.subarray(2),
  Buffer.from('PK hidden after the end'),
])

/** The JPEG with EXIF that says how the camera was held. */
export const heldJpeg = (orientation: number, jpeg = JPEG): Buffer => {
  const tiff = Buffer.from('MM\0*\0\0\0\b\0\x01\x01\x12\0\x03\0\0\0\x01\0\0\0\0\0\0\0\0', 'latin1')
  tiff.writeUInt16BE(orientation, 18)
  const exif = jpegSegment(0xe1, Buffer.concat([Buffer.from('Exif\0\0'), tiff]))
  return Buffer.concat([jpeg.subarray(0, 2), exif, jpeg.subarray(2)])
}

/** The JPEG with another size in its header than its data has. */
export const lyingJpeg = (width: number, height: number): Buffer => {
  const lying = Buffer.from(JPEG)
  const frame = lying.indexOf(Buffer.from([0xff, 0xc0]))
  lying.writeUInt16BE(height, frame + 5)
  lying.writeUInt16BE(width, frame + 7)
  return lying
}

/** CRC-32 bit by bit, apart from the one under test. */
const crc32 = (bytes: Buffer): number => {
  let crc = 0xffffffff
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1
  }
  return (crc ^ 0xffffffff) >>> 0
}

export const pngChunk = (type: string, data: Buffer): Buffer => {
  const frame = Buffer.alloc(8)
  const typed = Buffer.concat([Buffer.from(type), data])
  frame.writeUInt32BE(data.length, 0)
  frame.writeUInt32BE(crc32(typed), 4)
  return Buffer.concat([frame.subarray(0, 4), typed, frame.subarray(4)])
}

/** A PNG of lines with their filter bytes. `more` are chunks before the data. */
export const makePng = (
  {
    width,
    height,
    depth = 8,
    colourType = 2,
  }: Record<'width' | 'height', number> & { depth?: number; colourType?: number },
  lines: Buffer,
  more: Buffer[] = [],
): Buffer => {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header[8] = depth
  header[9] = colourType
  return Buffer.concat([
    PNG.subarray(0, 8),
    pngChunk('IHDR', header),
    ...more,
    pngChunk('IDAT', deflateSync(lines)),
    pngChunk('IEND', Buffer.alloc(0)),
  ])
}
