import { APPEAL_PICTURE_BYTES } from '@jiankangbao/contracts/schemas/appeal'
import { cleanJpeg } from './clean-jpeg.ts'
import { cleanPng } from './clean-png.ts'
import type { Cleaned } from './cleaned.ts'

export type PictureRefusal = 'too_large' | 'unreadable' | 'too_many_pixels'

const MOST_EDGE = 8192
/** A server unpacks a PNG to look at it: 16 million pixels are 64 MB for a moment. */
const MOST_PIXELS = 16_777_216

/**
 * A picture as evidence: JPEG or PNG by its structure, not by its name, with nothing in it but what shows it (no EXIF, no
 * place, no comments, nothing after its end).
 */
export const cleanPicture = (
  bytes: Buffer,
): { ok: true; picture: Cleaned } | { ok: false; reason: PictureRefusal } => {
  if (bytes.length > APPEAL_PICTURE_BYTES) return { ok: false, reason: 'too_large' }
  if (bytes.length < 24) return { ok: false, reason: 'unreadable' }
  const picture = cleanJpeg(bytes) ?? cleanPng(bytes, MOST_PIXELS)
  if (!picture || picture.width === 0 || picture.height === 0) return { ok: false, reason: 'unreadable' }
  const { width, height } = picture
  if (Math.max(width, height) > MOST_EDGE || width * height > MOST_PIXELS)
    return { ok: false, reason: 'too_many_pixels' }
  return { ok: true, picture }
}
