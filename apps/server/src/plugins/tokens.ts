import { createSigner, createVerifier, TokenError } from 'fast-jwt'
import { AppError } from '../errors/app-error.ts'
import type { CitizenCaller, DeviceCaller } from '../http/caller.ts'

/** Access tokens are short-lived: a stolen one is worth ten minutes, a revoked session less (LISTEN/NOTIFY). */
export const ACCESS_TOKEN_SECONDS = 600
export const DEVICE_TOKEN_SECONDS = 30 * 24 * 3600

interface Claims {
  kind: 'citizen' | 'device'
  sub: string
  sid?: string
  pid?: string
  pt?: string
  org?: string
}

export interface Tokens {
  signAccess(caller: Omit<CitizenCaller, 'kind'>): string
  signDevice(caller: Omit<DeviceCaller, 'kind'>): string
  /** Throws SESSION_EXPIRED for an expired token, NOT_SIGNED_IN for anything else that is not ours. */
  verify(token: string): CitizenCaller | DeviceCaller
}

const toCaller = (claims: Claims): CitizenCaller | DeviceCaller => {
  if (claims.kind === 'citizen' && claims.sid)
    return { kind: 'citizen', accountId: claims.sub, sessionId: claims.sid, personId: claims.pid }
  if (claims.kind === 'device' && claims.pt)
    return { kind: 'device', deviceId: claims.sub, pointId: claims.pt, organisation: claims.org ?? '' }
  throw new AppError('NOT_SIGNED_IN')
}

export const createTokens = (secret: string): Tokens => {
  const sign = (claims: Claims, seconds: number): string =>
    createSigner({ key: secret, algorithm: 'HS256', expiresIn: seconds * 1000 })({ ...claims })
  // Without the library's cache: finding a token in it costs a hash, as much as checking its signature.
  const verifyClaims = createVerifier({ key: secret, algorithms: ['HS256'] })
  return {
    signAccess: ({ accountId, sessionId, personId }) =>
      sign(
        { kind: 'citizen', sub: accountId, sid: sessionId, ...(personId ? { pid: personId } : {}) },
        ACCESS_TOKEN_SECONDS,
      ),
    signDevice: ({ deviceId, pointId, organisation }) =>
      sign({ kind: 'device', sub: deviceId, pt: pointId, org: organisation }, DEVICE_TOKEN_SECONDS),
    verify: (token) => {
      try {
        return toCaller(verifyClaims(token) as Claims)
      } catch (error) {
        if (error instanceof AppError) throw error
        const expired = error instanceof TokenError && error.code === TokenError.codes.expired
        throw new AppError(expired ? 'SESSION_EXPIRED' : 'NOT_SIGNED_IN')
      }
    },
  }
}
