/** A decoded picture, handed out line by line so that no second copy of it is needed. */
export interface Picture {
  width: number
  height: number
  /** EXIF's way of saying how the camera was held: 1 (upright) to 8. */
  orientation: number
  /** Writes line `y` as red, green, blue; lines are asked for from the top down. */
  readLine(y: number, into: Uint8Array): void
}

/** Why a picture is not taken; clients word it. */
export type PictureRefusal = 'too_large' | 'unreadable' | 'too_many_pixels' | 'too_few_pixels'

/** Thrown while a picture is being read. */
export class RefusedPicture extends Error {
  readonly reason: PictureRefusal
  constructor(reason: PictureRefusal) {
    super(reason)
    this.reason = reason
  }
}

const MOST_EDGE = 8192
/** What phones make has 12 million pixels, seldom more. */
const MOST_PIXELS = 16_777_216

/** @throws RefusedPicture where a header claims more than a picture may have; nothing has been unpacked by then */
export const requireSize = (width: number, height: number): void => {
  if (width === 0 || height === 0) throw new RefusedPicture('unreadable')
  if (Math.max(width, height) > MOST_EDGE || width * height > MOST_PIXELS)
    throw new RefusedPicture('too_many_pixels')
}
