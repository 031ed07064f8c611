/** A picture ready to be sent, or why there is none. */
export type PickedPicture =
  | { ok: true; content: string }
  | { ok: false; reason: 'unreadable' | 'too_large' | 'denied' }

/** What is asked of the phone; `undefined` where it can not. Contents are base64, paths files of the mini program. */
export interface PicturePhone {
  read: (path: string) => Promise<string | undefined>
  sizeOf: (path: string) => Promise<{ width: number; height: number } | undefined>
  compress: (path: string, how: { quality: number; width?: number }) => Promise<string | undefined>
}

export const LONGEST_PIXELS = 2048
/** Characters of base64 that the server takes of one picture. */
export const MOST_CHARACTERS = 2_097_152
/** Poorer pictures are tried before one is given up. */
const QUALITIES = [80, 60, 40] as const

const fits = (content: string | undefined): content is string =>
  content !== undefined && content.length > 0 && content.length <= MOST_CHARACTERS

/**
 * A picture small enough to send. A large one is made smaller by the phone; where the phone can not, it goes as it was
 * taken if it is small enough: the server draws it anew anyway.
 */
export const shrinkPicture = async (path: string, phone: PicturePhone): Promise<PickedPicture> => {
  const original = await phone.read(path)
  const size = await phone.sizeOf(path)
  const longest = size ? Math.max(size.width, size.height) : 0
  if (fits(original) && longest <= LONGEST_PIXELS) return { ok: true, content: original }
  const width =
    size && longest > LONGEST_PIXELS ? Math.round((size.width * LONGEST_PIXELS) / longest) : undefined
  for (const quality of QUALITIES) {
    const smaller = await phone.compress(path, { quality, ...(width === undefined ? {} : { width }) })
    if (smaller === undefined) break
    const content = await phone.read(smaller)
    if (fits(content)) return { ok: true, content }
  }
  if (fits(original)) return { ok: true, content: original }
  return { ok: false, reason: original === undefined || original === '' ? 'unreadable' : 'too_large' }
}
