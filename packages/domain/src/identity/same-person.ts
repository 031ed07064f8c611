import type { DocumentType } from '../written/document-types.ts'

/** A name as documents of two countries may both print it: without accents, signs and order; hanzi stay in order. */
const wordsOf = (name: string): string[] =>
  name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toUpperCase()
    .replace(/['’.·-]/g, '')
    .split(' ')
    .filter((word) => word !== '')
    .sort()

const isLatin = (name: string): boolean => /^[^\u2e80-\uffff]*$/.test(name) && !/[\ud800-\udfff]/.test(name)

const lettersOf = (words: string[]): string => [...words.join('')].sort().join('')

/** A name for comparing whole: the same for `Smith, John` in either order. */
export const nameKey = (name: string): string => wordsOf(name).join(' ')

/**
 * Whether two names may be one human's, with everything else the same. Equal, or all words of the shorter one in the longer
 * (a second given name left out), or written in two scripts, which nobody can compare by letters.
 */
export const mayBeSameName = (one: string, other: string): boolean => {
  if (isLatin(one) !== isLatin(other)) return true
  const [fewer, more] = [wordsOf(one), wordsOf(other)].sort((a, b) => a.length - b.length)
  if (!fewer || !more) return false
  if (fewer.join(' ') === more.join(' ')) return true
  // LI XIAOMING and Li Xiao Ming, in any order: the same letters.
  if (isLatin(one) && lettersOf(fewer) === lettersOf(more)) return true
  return fewer.length > 1 && fewer.every((word) => more.includes(word))
}

/** Two different resident numbers are always two people: the state gives nobody a second one. */
export const mayBeOnePerson = (
  one: { documentType: DocumentType; name: string },
  other: { documentType: DocumentType; name: string },
): boolean =>
  !(one.documentType === 'resident_id' && other.documentType === 'resident_id') &&
  mayBeSameName(one.name, other.name)

/**
 * What two documents of one human have in common, for looking the other one up; undefined where the document does not say.
 * Of the mainland's millions the name is part of it: there it is always written in hanzi, and hundreds share a birth date.
 */
export const likenessOf = (document: {
  name: string
  region: string | undefined
  birthOn: string | undefined
}): string | undefined => {
  const { name, region, birthOn } = document
  if (!region || !birthOn) return undefined
  return region === 'CHN' ? `${region}:${birthOn}:${nameKey(name)}` : `${region}:${birthOn}`
}
