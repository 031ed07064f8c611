import { readOrientation } from './exif-orientation.ts'
import { RefusedPicture } from './picture.ts'

// JPEG (ITU T.81, annex B): FF D8, segments of a marker and a length, the scan data after SOS, FF D9.

const SOI = 0xd8
const EOI = 0xd9
const SOS = 0xda
const APP0 = 0xe0
const APP1 = 0xe1
const APP14 = 0xee
const APP15 = 0xef
const COM = 0xfe
/** Start of frame with Huffman coding: baseline, extended, progressive. */
const FRAMES = new Set([0xc0, 0xc1, 0xc2])
/** Tables, restart interval, and the frames. */
const KEPT = new Set([...FRAMES, SOS, 0xc4, 0xdb, 0xdd])
/** Encoders make ten or so of a progressive picture; each costs the decoder a pass over all of it. */
const MOST_SCANS = 20

const startsWith = (bytes: Buffer, text: string): boolean =>
  bytes.subarray(0, text.length).toString('latin1') === text

/** Where the scan data that begins at `from` ends: at the next marker that is neither stuffing nor a restart. */
const endOfScan = (bytes: Buffer, from: number): number => {
  for (
    let at = bytes.indexOf(0xff, from);
    at !== -1 && at + 1 < bytes.length;
    at = bytes.indexOf(0xff, at + 1)
  ) {
    const marker = bytes[at + 1] ?? 0
    if (marker !== 0 && marker !== 0xff && !(marker >= 0xd0 && marker <= 0xd7)) return at
  }
  return -1
}

interface Segment {
  marker: number
  payload: Buffer
  /** Marker, length and payload; of a scan also its data. */
  whole: Buffer
}

/** The segments up to the end of the picture; undefined where it breaks off or is no sequence of segments. */
const readSegments = (bytes: Buffer): Segment[] | undefined => {
  const segments: Segment[] = []
  for (let at = 2; at + 2 <= bytes.length; ) {
    const marker = bytes[at + 1] ?? 0
    if (bytes[at] !== 0xff) return undefined
    // Whatever follows the end of the picture is left behind.
    if (marker === EOI) return segments
    if (at + 4 > bytes.length) return undefined
    const end = at + 2 + bytes.readUInt16BE(at + 2)
    const next = marker === SOS ? endOfScan(bytes, end) : end
    if (end < at + 4 || next < end || next > bytes.length) return undefined
    segments.push({ marker, payload: bytes.subarray(at + 4, end), whole: bytes.subarray(at, next) })
    at = next
  }
  return undefined
}

/** JFIF and Adobe's colour transform say how to show it; every other application segment (EXIF, XMP, ICC) says more. */
const isKept = ({ marker, payload }: Segment): boolean => {
  if (marker === APP0) return startsWith(payload, 'JFIF\0')
  if (marker === APP14) return startsWith(payload, 'Adobe')
  return KEPT.has(marker)
}
const isDropped = ({ marker }: Segment): boolean => (marker >= APP0 && marker <= APP15) || marker === COM

const findOrientation = (segments: Segment[]): number => {
  const exif = segments.find(({ marker, payload }) => marker === APP1 && startsWith(payload, 'Exif\0\0'))
  return exif ? readOrientation(exif.payload.subarray(6)) : 1
}

/** Its one frame: eight bits, grey or three colours. Four (CMYK) come from printers, never from phones. */
const getFrame = (segments: Segment[]): Buffer => {
  const [frame, ...others] = segments.filter(({ marker }) => FRAMES.has(marker))
  const colours = frame?.payload[5]
  if (!frame || others.length > 0 || frame.payload[0] !== 8 || (colours !== 1 && colours !== 3))
    throw new RefusedPicture('unreadable')
  return frame.payload
}

export const isJpeg = (bytes: Buffer): boolean => bytes[0] === 0xff && bytes[1] === SOI

/**
 * What the header says, and the picture with nothing but what shows it: a decoder is given that and no more.
 * @throws RefusedPicture where it is not one whole JPEG of the kinds that phones make
 */
export const readJpegStructure = (bytes: Buffer) => {
  const segments = readSegments(bytes)
  if (!segments?.every((segment) => isKept(segment) || isDropped(segment)))
    throw new RefusedPicture('unreadable')
  const frame = getFrame(segments)
  const scans = segments.filter(({ marker }) => marker === SOS).length
  if (scans === 0 || scans > MOST_SCANS) throw new RefusedPicture('unreadable')
  return {
    height: frame.readUInt16BE(1),
    width: frame.readUInt16BE(3),
    orientation: findOrientation(segments),
    bytes: Buffer.concat([
      bytes.subarray(0, 2),
      ...segments.filter(isKept).map(({ whole }) => whole),
      Buffer.from([0xff, EOI]),
    ]),
  }
}
