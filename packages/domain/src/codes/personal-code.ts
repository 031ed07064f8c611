import { COLOUR_NUMBERS, colourToNumber, numberToColour } from '../decision/coding.ts'
import type { Colour } from '../status/colour.ts'
import { readUint, writeUint } from './bytes.ts'
import {
  type DecodedToken,
  decodeToken,
  encodeToken,
  type Sign,
  type TokenKind,
  tokenLength,
  type Verify,
  type VerifyAsync,
} from './signed-token.ts'

/** Seconds a personal code lives from its issue. */
export const PERSONAL_CODE_SECONDS = 60
/** Difference of clocks that is forgiven, each way. */
export const CLOCK_SKEW_SECONDS = 15

export const personalCodeKind: TokenKind = { name: 'jkb-personal-code-1', letter: 'p', payloadLength: 5 }
export const PERSONAL_TOKEN_LENGTH = tokenLength(personalCodeKind)

export interface PersonalCodeClaims {
  version: 1
  /** 1 to 65535. */
  keyId: number
  /** 10 random bytes. */
  codeId: Uint8Array
  colour: Colour
  /** Unix seconds. */
  issuedAtSeconds: number
}

export type VerifiedPersonalCode =
  | { outcome: 'valid'; claims: PersonalCodeClaims; ageSeconds: number }
  | { outcome: 'expired'; claims: PersonalCodeClaims; ageSeconds: number }
  | { outcome: 'not_yet'; claims: PersonalCodeClaims; ageSeconds: number }
  /** Well-formed, with a wrong signature. */
  | { outcome: 'forged'; reason: 'signature' }
  /** No code, or one that was damaged on the way. */
  | { outcome: 'unreadable'; reason: 'length' | 'characters' | 'version' | 'colour' }
  | { outcome: 'unknown_key'; keyId: number }

export interface VerificationTime {
  nowSeconds: number
  lifetimeSeconds?: number
  skewSeconds?: number
}

/** The signed token of a live code; `sign` is Ed25519 (RFC 8032) over the given message, 64 bytes. */
export const encodePersonalCode = (claims: PersonalCodeClaims, sign: Sign): string => {
  const payload = new Uint8Array(5)
  payload[0] = colourToNumber(claims.colour)
  writeUint(payload, 1, 4, claims.issuedAtSeconds)
  return encodeToken(personalCodeKind, { keyId: claims.keyId, codeId: claims.codeId, payload }, sign)
}

/** The link that the QR shows. */
export const personalCodeUrl = (origin: string, token: string): string => `${origin}/p/${token}`

type Read =
  | { refused: VerifiedPersonalCode }
  | { claims: PersonalCodeClaims; message: Uint8Array; signature: Uint8Array }

const read = (decoded: DecodedToken): Read => {
  if (!decoded.ok) return { refused: { outcome: 'unreadable', reason: decoded.reason } }
  const { keyId, codeId, payload } = decoded.parts
  const colourByte = payload[0] ?? 255
  if (colourByte > COLOUR_NUMBERS.red) return { refused: { outcome: 'unreadable', reason: 'colour' } }
  const claims = {
    version: 1 as const,
    keyId,
    codeId,
    colour: numberToColour(colourByte),
    issuedAtSeconds: readUint(payload, 1, 4),
  }
  return { claims, message: decoded.message, signature: decoded.signature }
}

const judgeAge = (claims: PersonalCodeClaims, time: VerificationTime): VerifiedPersonalCode => {
  const { nowSeconds, lifetimeSeconds = PERSONAL_CODE_SECONDS, skewSeconds = CLOCK_SKEW_SECONDS } = time
  const ageSeconds = nowSeconds - claims.issuedAtSeconds
  // Written so that a clock that is not a number makes nothing valid.
  if (!(ageSeconds <= lifetimeSeconds + skewSeconds)) return { outcome: 'expired', claims, ageSeconds }
  if (!(ageSeconds >= -skewSeconds)) return { outcome: 'not_yet', claims, ageSeconds }
  return { outcome: 'valid', claims, ageSeconds }
}

/** Signature first, then age: an expired code was once real, a forged one never. */
export const verifyPersonalCode = (
  text: string,
  options: VerificationTime & { keys: (keyId: number) => Verify | undefined },
): VerifiedPersonalCode => {
  const code = read(decodeToken(personalCodeKind, text))
  if ('refused' in code) return code.refused
  const verify = options.keys(code.claims.keyId)
  if (!verify) return { outcome: 'unknown_key', keyId: code.claims.keyId }
  if (!verify(code.message, code.signature)) return { outcome: 'forged', reason: 'signature' }
  return judgeAge(code.claims, options)
}

/** The same for verifiers that answer later, such as browser libraries. */
export const verifyPersonalCodeAsync = async (
  text: string,
  options: VerificationTime & { keys: (keyId: number) => VerifyAsync | undefined },
): Promise<VerifiedPersonalCode> => {
  const code = read(decodeToken(personalCodeKind, text))
  if ('refused' in code) return code.refused
  const verify = options.keys(code.claims.keyId)
  if (!verify) return { outcome: 'unknown_key', keyId: code.claims.keyId }
  if (!(await verify(code.message, code.signature))) return { outcome: 'forged', reason: 'signature' }
  return judgeAge(code.claims, options)
}
