export const DOCUMENT_TYPES = [
  'resident_id',
  'passport',
  'hk_macao_permit',
  'taiwan_permit',
  'foreign_permanent_resident',
  'birth_certificate',
] as const
export type DocumentType = (typeof DOCUMENT_TYPES)[number]

/** ISO 7064 MOD 11-2 as in GB 11643-1999: the check character of the first 17 digits. */
export const residentIdCheckCharacter = (first17: string): string => {
  let sum = 0
  for (const digit of first17) sum = ((sum + Number(digit)) * 2) % 11
  return '0123456789X'.charAt((12 - sum) % 11)
}
