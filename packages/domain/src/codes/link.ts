import { withoutInvisible } from '../written/characters.ts'

/** Longest text that is looked at; a QR code of a stranger can hold thousands of characters. */
export const MAX_SCANNED_LENGTH = 600

// A program that makes a link of a link encodes it once more each time.
const DECODINGS = 3

/** Undoes `%2F`, however often it was done; what was cut off in the middle of a sign loses that sign. */
const decodePercent = (text: string): string => {
  let plain = text
  for (let round = 0; round < DECODINGS && plain.includes('%'); round += 1) {
    try {
      plain = decodeURIComponent(plain)
    } catch {
      plain = plain.replace(/(?:%[0-9a-f]{0,2})+$/i, '')
    }
  }
  return plain
}

// What a chat, an office document or an input method leaves around a link: marks that cannot be seen, quotation marks
// and brackets, and the full stop of the sentence it stood in.
const before = /^[\s"'“”‘’<《〈「『（(【[]+/
const behind = /[\s"'“”‘’>》〉」』）)】\]。．｡，、；：！？….,;:!?~～*]+$/

const form = /^https?:\/\/[^/\s]{1,255}\/([vpkr])\/([^/?#\s]+)\/?(?:[?#].*)?$/i

/**
 * The last part of a link `https://any-host/<letter>/<code>`, without query and fragment; undefined for other texts.
 * Any host: a poster printed for the city's old address must still open. Encoded more than once, or with the signs of
 * the sentence around it, it is the same link.
 */
export const codeInLink = (text: string, letter: 'v' | 'p' | 'k' | 'r'): string | undefined => {
  // A bare code is most of what comes here, and is none at a glance.
  if (!text.includes('/') && !text.includes('%')) return undefined
  const match = form.exec(withoutInvisible(decodePercent(text)).replace(before, '').replace(behind, ''))
  if (match?.[1]?.toLowerCase() !== letter) return undefined
  return match[2]?.replace(before, '').replace(behind, '') || undefined
}
