/**
 * Brings a phone number as people type it to E.164: `13800000001`, `8613800000001`, `0086…`, `+86 138-0000-0001`.
 * Eleven bare digits starting with 1 are a mainland mobile. A leading space stands for a `+` that the query string
 * decoded. Answers undefined for what cannot be a phone number.
 */
export function parsePhoneNumber(text: string): string | undefined {
  const compact = text.replace(/^ (?=\d)/, '+').replace(/[\s()-]/g, '')
  if (/^\+[1-9]\d{6,14}$/.test(compact)) return compact
  if (/^1\d{10}$/.test(compact)) return `+86${compact}`
  if (/^(00)?861\d{10}$/.test(compact)) return `+86${compact.slice(-11)}`
  if (/^00[1-9]\d{6,14}$/.test(compact)) return `+${compact.slice(2)}`
  return undefined
}
