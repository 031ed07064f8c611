import { withoutSigns } from './characters.ts'

const DIGITS = 6
/** The whole text message, pasted. */
const MOST_CHARACTERS = 200

/**
 * Reads six digits of a text message or a second factor: with blanks, dashes, digits of other keyboards, or inside the message
 * they came in, as long as nothing else in it has six digits. Undefined for anything else.
 */
export const readOneTimeCode = (raw: string): string | undefined => {
  if (raw.length > MOST_CHARACTERS) return undefined
  const text = withoutSigns(raw)
  if (/^[0-9]+$/.test(text)) return text.length === DIGITS ? text : undefined
  const runs = text.match(/[0-9]+/g) ?? []
  const [code, other] = runs.filter((run) => run.length === DIGITS)
  return other === undefined ? code : undefined
}
