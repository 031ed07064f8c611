import { isJpeg, readJpegStructure } from './jpeg-structure.ts'
import { RefusedPicture, requireSize } from './picture.ts'
import { isPng, readPngSize } from './png.ts'

/** Below this no face is known by anybody; the smallest front cameras give 160 × 120. */
const LEAST_EDGE = 120

const readSize = (bytes: Buffer): { width: number; height: number } => {
  if (isJpeg(bytes)) return readJpegStructure(bytes)
  if (isPng(bytes)) return readPngSize(bytes)
  throw new RefusedPicture('unreadable')
}

/**
 * Looks at the header of a picture that a provider is to be sent: a few bytes may claim a picture that unpacks to gigabytes there.
 * @throws RefusedPicture where it is no whole JPEG or PNG of the kinds that phones make, or too small or too large for a face
 */
export const requireFaceSize = (bytes: Buffer): void => {
  const { width, height } = readSize(bytes)
  requireSize(width, height)
  if (Math.min(width, height) < LEAST_EDGE) throw new RefusedPicture('too_few_pixels')
}
