import { asWritten } from '../written/code-text.ts'
import { CROCKFORD, decodeCrockford, encodeCrockford } from './base32.ts'
import { asciiBytes } from './bytes.ts'
import { codeInLink, MAX_SCANNED_LENGTH } from './link.ts'

// A venue code is 14 Crockford characters: 10 random ones (50 bits, the code id), 3 of a keyed MAC over them
// (15 bits: a made-up code is refused 32,767 times in 32,768 without a look-up) and 1 checksum over the other 13.
// The checksum is linear over GF(32) with weights that are powers of a primitive element: a single changed character
// changes the sum by weight x difference, never zero; swapping neighbours by (x - y)(w - w'), never zero for x != y.
// So every typo of these kinds is refused for certain, not just probably.

const ID_LENGTH = 10
const MAC_LENGTH = 3
const LENGTH = ID_LENGTH + MAC_LENGTH + 1
/** x^5 + x^2 + 1, primitive over GF(2). */
const FIELD_POLYNOMIAL = 0b100101

/** Keyed MAC over ASCII bytes, at least 2 bytes long; HMAC-SHA-256 on the server. */
export type VenueCodeMac = (bytes: Uint8Array) => Uint8Array

export type VenueCodeRefusal = 'length' | 'characters' | 'check' | 'not_a_venue_code'
export type ParsedVenueCode =
  | { ok: true; codeId: string; code: string }
  | { ok: false; reason: VenueCodeRefusal }

const double = (value: number): number => {
  const shifted = value << 1
  return shifted & 32 ? shifted ^ FIELD_POLYNOMIAL : shifted
}

// Horner's rule: the first character gets the highest power, the last the first power; the checksum itself has weight 1.
const checksum = (values: readonly number[]): number => {
  let sum = 0
  for (const value of values) sum = double(sum ^ value)
  return sum
}

const macValues = (codeId: string, mac: VenueCodeMac): number[] => {
  const [a = 0, b = 0] = mac(asciiBytes(`venue-code:${codeId}`))
  const bits = (a << 8) | b
  return [(bits >> 11) & 31, (bits >> 6) & 31, (bits >> 1) & 31]
}

/** The whole code of an id: id, keyed check, checksum. */
export const venueCodeOf = (codeId: string, mac: VenueCodeMac): string => {
  const values = decodeCrockford(codeId)
  if (values?.length !== ID_LENGTH) throw new RangeError('a venue code id has ten Crockford characters')
  const body = [...values, ...macValues(encodeCrockford(values), mac)]
  return encodeCrockford([...body, checksum(body)])
}

/** A new code from `randomBytes(n)`, n cryptographically random bytes. */
export const makeVenueCode = (
  randomBytes: (length: number) => Uint8Array,
  mac: VenueCodeMac,
): { codeId: string; code: string } => {
  let codeId = ''
  for (const byte of randomBytes(ID_LENGTH)) codeId += CROCKFORD.charAt(byte & 31)
  return { codeId, code: venueCodeOf(codeId, mac) }
}

const parsePlain = (text: string, mac: VenueCodeMac | undefined): ParsedVenueCode => {
  const inLink = codeInLink(text, 'v')
  if (inLink === undefined && text.includes('/')) return { ok: false, reason: 'not_a_venue_code' }
  const bare = (inLink ?? text).replace(/[\s-]/g, '')
  if (bare.length !== LENGTH) return { ok: false, reason: 'length' }
  const values = decodeCrockford(bare)
  if (!values) return { ok: false, reason: 'characters' }
  const body = values.slice(0, LENGTH - 1)
  if (checksum(body) !== values[LENGTH - 1]) return { ok: false, reason: 'check' }
  const codeId = encodeCrockford(values.slice(0, ID_LENGTH))
  const code = encodeCrockford(values)
  if (mac && venueCodeOf(codeId, mac) !== code) return { ok: false, reason: 'check' }
  return { ok: true, codeId, code }
}

/**
 * Reads a code as scanned or typed: a link of any host, or the code with spaces and dashes in any case; as `asWritten`
 * also without its scheme, encoded, inside another link, or with what input methods and scanners put around it.
 * Without `mac` (on a phone) only form and checksum are looked at; the server checks the key.
 */
export const parseVenueCode = (text: string, mac: VenueCodeMac | undefined): ParsedVenueCode => {
  if (text.length > MAX_SCANNED_LENGTH) return { ok: false, reason: 'length' }
  const plain = parsePlain(text.trim(), mac)
  if (plain.ok) return plain
  const written = asWritten(text)
  const inPath = /(?:^|\/)v\/+([0-9A-Za-z\s-]+)/i.exec(written)?.[1]
  const again = parsePlain(inPath ?? written, mac)
  return again.ok ? again : plain
}

/** Groups of four to read aloud and type: `ABCD-EFGH-JK23-45`. */
export const formatVenueCode = (code: string): string => code.replace(/(.{4})(?=.)/g, '$1-')

/** The link on a poster. */
export const venueCodeUrl = (origin: string, code: string): string => `${origin}/v/${code}`
