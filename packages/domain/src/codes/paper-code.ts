import { shanghaiDayNumber, startOfShanghaiDay } from '../time/shanghai.ts'
import { readUint, writeUint } from './bytes.ts'
import {
  decodeToken,
  encodeToken,
  type Sign,
  type TokenKind,
  tokenLength,
  type Verify,
  type VerifyAsync,
} from './signed-token.ts'

/** Days a paper code is good, counted from the day of issue. */
export const PAPER_CODE_DAYS = 180

export const paperCodeKind: TokenKind = { name: 'jkb-paper-code-1', letter: 'k', payloadLength: 2 }
export const PAPER_TOKEN_LENGTH = tokenLength(paperCodeKind)

/** Carries no colour and nothing about the person. */
export interface PaperCodeClaims {
  version: 1
  keyId: number
  codeId: Uint8Array
  /** Days since 1970-01-01 in Asia/Shanghai (`shanghaiDayNumber`). */
  issuedOnDay: number
}

export type VerifiedPaperCode =
  | { outcome: 'valid' | 'expired' | 'not_yet'; claims: PaperCodeClaims }
  /** Well-formed, with a wrong signature. */
  | { outcome: 'forged'; reason: 'signature' }
  /** No code, or one that was damaged on the way. */
  | { outcome: 'unreadable'; reason: 'length' | 'characters' | 'version' }
  | { outcome: 'unknown_key'; keyId: number }

/** The signed token; `sign` as for personal codes. */
export const encodePaperCode = (claims: PaperCodeClaims, sign: Sign): string => {
  const payload = new Uint8Array(2)
  writeUint(payload, 0, 2, claims.issuedOnDay)
  return encodeToken(paperCodeKind, { keyId: claims.keyId, codeId: claims.codeId, payload }, sign)
}

/** The link that is printed. */
export const paperCodeUrl = (origin: string, token: string): string => `${origin}/k/${token}`

const judge = (claims: PaperCodeClaims, todayOn: string): VerifiedPaperCode => {
  const ageDays = shanghaiDayNumber(startOfShanghaiDay(todayOn)) - claims.issuedOnDay
  if (ageDays < -1) return { outcome: 'not_yet', claims }
  return { outcome: ageDays <= PAPER_CODE_DAYS ? 'valid' : 'expired', claims }
}

const read = (text: string) => {
  const decoded = decodeToken(paperCodeKind, text)
  if (!decoded.ok) return { refused: { outcome: 'unreadable', reason: decoded.reason } as VerifiedPaperCode }
  const { keyId, codeId, payload } = decoded.parts
  const claims: PaperCodeClaims = { version: 1, keyId, codeId, issuedOnDay: readUint(payload, 0, 2) }
  return { claims, message: decoded.message, signature: decoded.signature }
}

/** Signature first, then age on the calendar day `todayOn` (Asia/Shanghai). Whether it was reported lost, the server knows. */
export const verifyPaperCode = (
  text: string,
  options: { todayOn: string; keys: (keyId: number) => Verify | undefined },
): VerifiedPaperCode => {
  const code = read(text)
  if (code.refused) return code.refused
  const verify = options.keys(code.claims.keyId)
  if (!verify) return { outcome: 'unknown_key', keyId: code.claims.keyId }
  if (!verify(code.message, code.signature)) return { outcome: 'forged', reason: 'signature' }
  return judge(code.claims, options.todayOn)
}

/** The same for verifiers that answer later. */
export const verifyPaperCodeAsync = async (
  text: string,
  options: { todayOn: string; keys: (keyId: number) => VerifyAsync | undefined },
): Promise<VerifiedPaperCode> => {
  const code = read(text)
  if (code.refused) return code.refused
  const verify = options.keys(code.claims.keyId)
  if (!verify) return { outcome: 'unknown_key', keyId: code.claims.keyId }
  if (!(await verify(code.message, code.signature))) return { outcome: 'forged', reason: 'signature' }
  return judge(code.claims, options.todayOn)
}
