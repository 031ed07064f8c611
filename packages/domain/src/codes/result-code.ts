import { decodeToken, encodeToken, type Sign, type TokenKind, type Verify } from './signed-token.ts'

// The code on a printed result. It carries no result and no name: what it stands for is asked of the city, so that a result
// that was corrected is said to be so.
const resultCodeKind: TokenKind = { name: 'jkb-result-code-1', letter: 'r', payloadLength: 0 }

export interface ResultCodeClaims {
  keyId: number
  /** 10 random bytes. */
  codeId: Uint8Array
}

export type ReadResultCode =
  | { outcome: 'signed'; claims: ResultCodeClaims }
  | { outcome: 'forged' }
  | { outcome: 'unreadable' }

export const encodeResultCode = ({ keyId, codeId }: ResultCodeClaims, sign: Sign): string =>
  encodeToken(resultCodeKind, { keyId, codeId, payload: new Uint8Array(0) }, sign)

/** The link that is printed. */
export const resultCodeUrl = (origin: string, token: string): string => `${origin}/r/${token}`

/** Reads the link or the code alone; whether what it stands for still holds, the server knows. */
export const readResultCode = (text: string, keys: (keyId: number) => Verify | undefined): ReadResultCode => {
  const decoded = decodeToken(resultCodeKind, text)
  if (!decoded.ok) return { outcome: 'unreadable' }
  const { keyId, codeId } = decoded.parts
  const verify = keys(keyId)
  if (!verify?.(decoded.message, decoded.signature)) return { outcome: 'forged' }
  return { outcome: 'signed', claims: { keyId, codeId } }
}
