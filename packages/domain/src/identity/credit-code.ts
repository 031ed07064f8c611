import { withoutSigns } from '../written/characters.ts'

const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY'

/** The check character of the first 17 characters (GB 32100-2015: weights 3^i mod 31). */
export const creditCodeCheckCharacter = (first17: string): string => {
  let sum = 0
  let weight = 1
  for (const character of first17) {
    sum += ALPHABET.indexOf(character) * weight
    weight = (weight * 3) % 31
  }
  return ALPHABET.charAt((31 - (sum % 31)) % 31)
}

/** Reads a unified social credit code (统一社会信用代码): 18 characters without I, O, S, V, Z, with their check character. */
export const parseCreditCode = (
  raw: string,
): { ok: true; creditCode: string } | { ok: false; reason: 'length' | 'characters' | 'check_digit' } => {
  const code = withoutSigns(raw.slice(0, 60)).toUpperCase()
  if (code.length !== 18) return { ok: false, reason: 'length' }
  for (const character of code) if (!ALPHABET.includes(character)) return { ok: false, reason: 'characters' }
  return creditCodeCheckCharacter(code.slice(0, 17)) === code.charAt(17)
    ? { ok: true, creditCode: code }
    : { ok: false, reason: 'check_digit' }
}
