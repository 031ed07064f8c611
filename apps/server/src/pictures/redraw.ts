import { decodeJpeg, encodeJpeg } from './jpeg-codec.ts'
import { isJpeg, readJpegStructure } from './jpeg-structure.ts'
import { type Picture, RefusedPicture, requireSize } from './picture.ts'
import { isPng, openPng } from './png.ts'
import { scaleDown, turnUpright } from './scale.ts'

/** Enough to read a ticket or a stamp on a photograph. */
const LONGEST_EDGE = 2048
const QUALITY = 82

const openJpeg = async (bytes: Buffer): Promise<Picture> => {
  const structure = readJpegStructure(bytes)
  requireSize(structure.width, structure.height)
  const { width, height, data } = await decodeJpeg(structure.bytes).catch(() => {
    throw new RefusedPicture('unreadable')
  })
  if (width !== structure.width || height !== structure.height) throw new RefusedPicture('unreadable')
  const readLine: Picture['readLine'] = (y, into) => {
    for (let x = 0, from = 4 * y * width; x < width; x += 1, from += 4) {
      into[3 * x] = data[from] ?? 0
      into[3 * x + 1] = data[from + 1] ?? 0
      into[3 * x + 2] = data[from + 2] ?? 0
    }
  }
  return { width, height, orientation: structure.orientation, readLine }
}

const open = async (bytes: Buffer): Promise<Picture> => {
  if (isJpeg(bytes)) return openJpeg(bytes)
  if (isPng(bytes)) return openPng(bytes)
  throw new RefusedPicture('unreadable')
}

/**
 * Draws a JPEG or PNG anew, upright, its longest edge at most 2048: what comes out is made of its pixels alone. Works for
 * up to seconds; not for the thread that answers requests.
 * @throws RefusedPicture
 */
export const redraw = async (bytes: Buffer): Promise<Uint8Array> => {
  const picture = await open(bytes)
  const pixels = turnUpright(scaleDown(picture, LONGEST_EDGE), picture.orientation)
  return encodeJpeg(pixels, QUALITY)
}
