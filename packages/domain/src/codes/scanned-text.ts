import { codeInLink, MAX_SCANNED_LENGTH } from './link.ts'
import { parseNumericCode } from './numeric-code.ts'
import { PAPER_TOKEN_LENGTH } from './paper-code.ts'
import { PERSONAL_TOKEN_LENGTH } from './personal-code.ts'
import { parseVenueCode } from './venue-code.ts'

export interface ScannedText {
  /** `unknown`: a QR code of something else, or nothing readable. */
  kind: 'venue' | 'personal' | 'paper' | 'numeric' | 'unknown'
  /** Code or token without its link. */
  value: string
}

const links = [
  ['v', 'venue'],
  ['p', 'personal'],
  ['k', 'paper'],
] as const

/** What a scanner or a keyboard delivered: a link of any host, or a bare code where its form leaves no doubt. */
export const parseScannedText = (text: string): ScannedText => {
  if (text.length > MAX_SCANNED_LENGTH) return { kind: 'unknown', value: '' }
  const trimmed = text.trim()
  for (const [letter, kind] of links) {
    const value = codeInLink(trimmed, letter)
    if (value !== undefined) return { kind, value }
  }
  const numeric = parseNumericCode(trimmed)
  if (numeric.ok) return { kind: 'numeric', value: numeric.digits }
  if (/^[A-Za-z0-9_-]+$/.test(trimmed)) {
    if (trimmed.length === PERSONAL_TOKEN_LENGTH) return { kind: 'personal', value: trimmed }
    if (trimmed.length === PAPER_TOKEN_LENGTH) return { kind: 'paper', value: trimmed }
  }
  const venue = parseVenueCode(trimmed, undefined)
  return venue.ok ? { kind: 'venue', value: venue.code } : { kind: 'unknown', value: trimmed }
}
