import { ABOUT_DOCUMENTS, type DocumentsWith, type DocumentType } from '../written/document-types.ts'
import { countryOfNumber } from './country-codes.ts'

/**
 * The part of a document's number that stays with its holder for life, of a number as `parseDocumentNumber` gives it.
 * Home-return permit: H or M and 8 digits (of non-Chinese residents since 2024 HA or MA and 7); on cards before 2013 two more
 * digits count the issues. Taiwan permit: 8 digits; on booklets before 2015 two digits count the issues, with a letter to
 * check them. Resident IDs, residence permits (81, 82, 83) and permanent residence cards never change. A passport's number
 * is new with every passport.
 */
export const lifelongNumber = (type: DocumentType, number: string): string => {
  if (type === 'hk_macao_permit') return number.slice(0, 9)
  if (type === 'taiwan_permit') return number.slice(0, 8)
  return number
}

const twoDigits = Array.from({ length: 100 }, (_, count) => String(count).padStart(2, '0'))
const LETTERS = ['', ...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']

/** Every number under which earlier issues of the same document may have been written down; empty where there are none. */
export const issuesOf = (type: DocumentType, number: string): string[] => {
  const lifelong = lifelongNumber(type, number)
  if (type === 'hk_macao_permit') return twoDigits.map((issue) => lifelong + issue)
  if (type === 'taiwan_permit')
    return twoDigits.flatMap((issue) => LETTERS.map((letter) => lifelong + issue + letter))
  return []
}

// First two digits of a residence permit's number (GB/T 2260 as extended in 2018).
const RESIDENCE_PERMITS = { '81': 'HKG', '82': 'MAC', '83': 'TWN' } as const

const REGION_IN_NUMBER: Record<
  DocumentsWith<'region', 'in_number'>,
  (number: string) => string | undefined
> = {
  resident_id: (number) => RESIDENCE_PERMITS[number.slice(0, 2) as keyof typeof RESIDENCE_PERMITS] ?? 'CHN',
  hk_macao_permit: (number) => (number.startsWith('M') ? 'MAC' : 'HKG'),
  foreign_permanent_resident: (number) =>
    number.startsWith('9') ? countryOfNumber(number.slice(3, 6)) : number.slice(0, 3),
}

/**
 * Whose a document's holder is, three letters: of a passport its country, else what the number or the kind of document says.
 * Residents of Hong Kong, Macao and Taiwan are of their region under a permit and under a residence permit alike.
 * @param country of a passport
 */
export const regionOfDocument = (
  type: DocumentType,
  number: string,
  country: string | undefined,
): string | undefined => {
  const { region } = ABOUT_DOCUMENTS[type]
  if (region === 'own_country') return country
  return region === 'in_number' ? REGION_IN_NUMBER[type as keyof typeof REGION_IN_NUMBER](number) : region
}
