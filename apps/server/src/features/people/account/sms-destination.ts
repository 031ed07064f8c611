import { parsePhoneNumberFromString } from 'libphonenumber-js/max'

// Whoever earns by texts (premium, shared-cost and satellite ranges) sends codes to their own numbers until somebody pays.
// So a text goes only to a number that its country gives to mobile phones, and each country has a small budget an hour.

export interface SmsDestination {
  /** ISO 3166-1 alpha-2. */
  country: string
  callingCode: string
}

/**
 * Mainland satellite phones, which cost many times a text: 1349 and 1740[0-5] (MIIT, numbering plan of telecommunication
 * networks, edition of 2017).
 */
const MAINLAND_SATELLITE = /^\+861(?:349|740[0-5])/

/** What can be a mobile phone; in North America nobody can tell it from a fixed line. */
const REACHED: ReadonlySet<string | undefined> = new Set(['MOBILE', 'FIXED_LINE_OR_MOBILE'])

/**
 * Where a text to this number goes; undefined where none may: ranges of premium and shared cost, satellite and other
 * networks without a country (+870, +881, +882 …), ranges that are not assigned. Of the plans of all countries as the
 * packaged metadata of libphonenumber have them.
 * @param phone E.164
 */
export const findSmsDestination = (phone: string): SmsDestination | undefined => {
  // Read in full by `parsePhone`; the plan of the mainland grows faster than any packaged table.
  if (phone.startsWith('+86'))
    return MAINLAND_SATELLITE.test(phone) ? undefined : { country: 'CN', callingCode: '86' }
  const number = parsePhoneNumberFromString(phone)
  if (!number?.country || !REACHED.has(number.getType())) return undefined
  return { country: number.country, callingCode: number.countryCallingCode }
}
