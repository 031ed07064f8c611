interface AboutDocument {
  /** What its number looks like; null where `parseDocumentNumber` reads it by rules of its own. */
  number: { form: RegExp; atLeast: number; atMost: number } | null
  /** Whose its holder is, three letters; or where that stands. */
  region: 'CHN' | 'TWN' | 'own_country' | 'in_number'
}

/**
 * The documents that somebody is known by. A new one is an entry here, its names in `contracts/src/words/<language>.ts`, its number
 * with the province in `contracts/src/provincial/card-types.ts`, and a migration that widens the checks of `document_type`.
 */
export const ABOUT_DOCUMENTS = {
  resident_id: { number: null, region: 'in_number' },
  // ICAO 9303: up to nine letters and digits, with at least one digit.
  passport: { number: { form: /^(?=.*[0-9])[A-Z0-9]{5,9}$/, atLeast: 5, atMost: 9 }, region: 'own_country' },
  // H or M and 8 digits, with the two digits of the issue on old cards; since 2024 non-Chinese residents have HA or MA and 7.
  hk_macao_permit: {
    number: { form: /^[HM](?:[0-9]{8}|[0-9]{10}|A[0-9]{7})$/, atLeast: 9, atMost: 11 },
    region: 'in_number',
  },
  // 8 digits; on old booklets the issue number and a letter in brackets.
  taiwan_permit: {
    number: { form: /^(?:[0-9]{8}|[0-9]{10}[A-Z]?)$/, atLeast: 8, atMost: 11 },
    region: 'TWN',
  },
  foreign_permanent_resident: { number: null, region: 'in_number' },
  // The letter of the print and nine digits, the first two of the province. It does not say whose the child is: who is born
  // here is taken for a national, and an office looks where a passport follows.
  birth_certificate: {
    number: { form: /^[A-Z](?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5])[0-9]{7}$/, atLeast: 10, atMost: 10 },
    region: 'CHN',
  },
} as const satisfies Record<string, AboutDocument>

export type DocumentType = keyof typeof ABOUT_DOCUMENTS
export const DOCUMENT_TYPES = Object.keys(ABOUT_DOCUMENTS) as readonly DocumentType[]

/** Documents whose entry has the value `Is` at `Key`. */
export type DocumentsWith<Key extends keyof AboutDocument, Is> = {
  [Type in DocumentType]: (typeof ABOUT_DOCUMENTS)[Type][Key] extends Is ? Type : never
}[DocumentType]

/** ISO 7064 MOD 11-2 as in GB 11643-1999: the check character of the first 17 digits. */
export const residentIdCheckCharacter = (first17: string): string => {
  let sum = 0
  for (const digit of first17) sum = ((sum + Number(digit)) * 2) % 11
  return '0123456789X'.charAt((12 - sum) % 11)
}
