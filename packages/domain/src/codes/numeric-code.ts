import { withoutSigns } from '../written/characters.ts'

const DIGITS = 8

/** Eight digits, leading zeros included; `randomInt(n)` gives a cryptographically random integer below n. */
export const makeNumericCode = (randomInt: (maxExclusive: number) => number): string => {
  const digits = String(randomInt(10 ** DIGITS))
  return '0'.repeat(DIGITS - digits.length) + digits
}

/** Reads spoken or typed digits: full-width digits, spaces and dashes are understood. */
export const parseNumericCode = (
  text: string,
): { ok: true; digits: string } | { ok: false; reason: 'length' | 'characters' } => {
  if (text.length > 40) return { ok: false, reason: 'length' }
  const digits = withoutSigns(text)
  if (!/^[0-9]*$/.test(digits)) return { ok: false, reason: 'characters' }
  return digits.length === DIGITS ? { ok: true, digits } : { ok: false, reason: 'length' }
}

/** `1234 5678` */
export const formatNumericCode = (digits: string): string => `${digits.slice(0, 4)} ${digits.slice(4)}`
