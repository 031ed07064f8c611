import { decodeBase64Url, encodeBase64Url } from './base64url.ts'
import { asciiBytes, concatBytes, readUint, writeUint } from './bytes.ts'
import { codeInLink, MAX_SCANNED_LENGTH } from './link.ts'

// What personal, paper and result codes share: version 1 byte, key id 2, code id 10, payload of the kind, Ed25519 signature 64.
// The signed message begins with the kind's own name, so that a paper code can never pass for a personal one.

const KEY_ID_AT = 1
const CODE_ID_AT = 3
const PAYLOAD_AT = 13
const SIGNATURE_LENGTH = 64
export const TOKEN_VERSION = 1

export interface TokenKind {
  /** Domain separation of the signature. */
  name: string
  /** Letter of the link. */
  letter: 'p' | 'k' | 'r'
  payloadLength: number
}

export interface SignedParts {
  keyId: number
  /** 10 random bytes; says nothing about the person. */
  codeId: Uint8Array
  payload: Uint8Array
}
export type DecodedToken =
  | { ok: true; parts: SignedParts; message: Uint8Array; signature: Uint8Array }
  | { ok: false; reason: 'length' | 'characters' | 'version' }

export type Sign = (message: Uint8Array) => Uint8Array
export type Verify = (message: Uint8Array, signature: Uint8Array) => boolean
export type VerifyAsync = (message: Uint8Array, signature: Uint8Array) => Promise<boolean>

const bodyLength = (kind: TokenKind): number => PAYLOAD_AT + kind.payloadLength
const messageOf = (kind: TokenKind, body: Uint8Array): Uint8Array =>
  concatBytes(asciiBytes(`${kind.name}\n`), body)

/** @throws RangeError where a part has not its size. */
export const encodeToken = (kind: TokenKind, parts: SignedParts, sign: Sign): string => {
  if (parts.codeId.length !== 10 || parts.payload.length !== kind.payloadLength)
    throw new RangeError('part of the wrong size')
  const body = new Uint8Array(bodyLength(kind))
  body[0] = TOKEN_VERSION
  writeUint(body, KEY_ID_AT, 2, parts.keyId)
  body.set(parts.codeId, CODE_ID_AT)
  body.set(parts.payload, PAYLOAD_AT)
  return encodeBase64Url(concatBytes(body, sign(messageOf(kind, body))))
}

/** Length of a token in characters. */
export const tokenLength = (kind: TokenKind): number =>
  Math.ceil(((bodyLength(kind) + SIGNATURE_LENGTH) * 4) / 3)

// Version 1 and a key id below 65,536 fix the first character and a half: the same code with its letters swapped by Caps
// Lock begins with `a`, so that at most one of both is ever worth the verification of its signature.
const BEGINNING = /^A[Q-Za-f][A-Za-z0-9_-]*$/

/** Whether a text can be a token: length, alphabet, version, and letters of both cases, which none of 60 characters lacks. */
export const isWellFormedToken = (kind: TokenKind, text: string): boolean =>
  text.length === tokenLength(kind) &&
  BEGINNING.test(text) &&
  text !== text.toLowerCase() &&
  text !== text.toUpperCase()

/** Structure only; nothing of it may be believed before the signature is verified. */
export const decodeToken = (kind: TokenKind, text: string): DecodedToken => {
  if (text.length > MAX_SCANNED_LENGTH) return { ok: false, reason: 'length' }
  const trimmed = text.trim()
  const token = codeInLink(trimmed, kind.letter) ?? trimmed
  if (token.length !== tokenLength(kind)) return { ok: false, reason: 'length' }
  const bytes = decodeBase64Url(token)
  if (!bytes) return { ok: false, reason: 'characters' }
  if (bytes[0] !== TOKEN_VERSION) return { ok: false, reason: 'version' }
  const body = bytes.subarray(0, bodyLength(kind))
  return {
    ok: true,
    parts: {
      keyId: readUint(body, KEY_ID_AT, 2),
      codeId: body.slice(CODE_ID_AT, PAYLOAD_AT),
      payload: body.slice(PAYLOAD_AT),
    },
    message: messageOf(kind, body),
    signature: bytes.slice(bodyLength(kind)),
  }
}
