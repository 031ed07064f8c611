import { toHalfWidth } from './half-width.ts'

export type ParsedPhone =
  | { ok: true; phone: string }
  | { ok: false; reason: 'length' | 'characters' | 'format' }

// Spaces, brackets, every dash, and the invisible direction marks that phones put around a number copied from contacts.
const SEPARATORS = /[\s()\u200b-\u200f\u2010-\u2015\u202a-\u202e\u2060-\u2069\u2212-]/g

/**
 * Reads a phone number into E.164. Bare numbers are mainland mobile numbers (11 digits beginning 13 to 19); others
 * need `+` or `00` and the country. Mainland numbers are checked in full, others by length (ITU-T E.164: 7 to 15 digits).
 */
export const parsePhone = (raw: string): ParsedPhone => {
  if (raw.length > 40) return { ok: false, reason: 'length' }
  const text = toHalfWidth(raw).replace(SEPARATORS, '').replace(/^00/, '+')
  if (!/^\+?[0-9]+$/.test(text)) return { ok: false, reason: 'characters' }
  const mainland = /^(?:\+?86)?(1[3-9][0-9]{9})$/.exec(text)?.[1]
  if (mainland) return { ok: true, phone: `+86${mainland}` }
  if (!text.startsWith('+')) return { ok: false, reason: text.length === 11 ? 'format' : 'length' }
  if (text.startsWith('+86')) return { ok: false, reason: text.length === 14 ? 'format' : 'length' }
  if (text.length < 8 || text.length > 16) return { ok: false, reason: 'length' }
  return text.charAt(1) === '0' ? { ok: false, reason: 'format' } : { ok: true, phone: text }
}
