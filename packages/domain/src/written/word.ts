import { DASHES, toPlainText } from './characters.ts'

const DASH = new RegExp(`[${DASHES}]`, 'g')

/** How a word of a list is compared: half-width, small letters, one dash, without blanks, quotes and brackets. */
export const wordKey = (text: string): string =>
  toPlainText(text)
    .toLowerCase()
    .replace(DASH, '-')
    .replace(/＋|﹢/g, '+')
    .replace(/[\s()[\]{}'"“”‘’「」『』【】〔〕《》<>.。,，、;；:：_*/\\|]/g, '')

/** Words by what they mean. */
export type Words<Meaning extends string> = Record<Meaning, readonly string[]>

/** What a word means; each meaning is a word for itself too. A word that stands under two meanings has none. */
export const readWord = <Meaning extends string>(
  words: Words<Meaning>,
  text: string,
): Meaning | undefined => {
  const key = wordKey(text)
  if (key === '') return undefined
  const found = (Object.keys(words) as Meaning[]).filter((meaning) =>
    [meaning, ...words[meaning]].some((word) => wordKey(word) === key),
  )
  return found.length === 1 ? found[0] : undefined
}
