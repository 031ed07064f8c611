import { createHmac, createSecretKey, type KeyObject, timingSafeEqual } from 'node:crypto'
import type { KeyProvider, TokenSecret } from '../keys/key-provider.ts'
import { AppError } from './app-error.ts'
import type { CitizenCaller, DeviceCaller } from './caller.ts'

// JSON Web Tokens (RFC 7519) of exactly one form: HS256 under one header. Checking them is part of every scan; with the
// header a constant there is no algorithm to choose and none to confuse, and it costs half of a general library.

/** Access tokens are short-lived: a stolen one is worth ten minutes, a revoked session less (LISTEN/NOTIFY). */
export const ACCESS_TOKEN_SECONDS = 600
export const DEVICE_TOKEN_SECONDS = 30 * 24 * 3600

const HEADER = Buffer.from(JSON.stringify({ alg: 'HS256', typ: 'JWT' })).toString('base64url')
const SIGNATURE_LENGTH = 43

/** What tokens have to carry of the database's history, so that none of a lost one names somebody else. */
export interface EpochState {
  epoch: string
  restoreEpoch: string
  /** Tokens of before there were epochs, while it is the first one. */
  acceptsUnmarked: boolean
  acceptsUnmarkedDevices: boolean
  /** Nobody served in between, milliseconds since 1970: a token of then is from a history that is lost. */
  gap: { from: number; to: number } | undefined
}

interface Claims {
  kind: 'citizen' | 'device'
  sub: string
  sid?: string
  pid?: string
  pt?: string
  org?: string
  /** 1 before the second proof of a sign-in on a new device. */
  un?: 1
  /** Epoch of the database. */
  ep?: string
  /** Seconds since 1970. */
  iat: number
  exp: number
}

export interface Tokens {
  signAccess(caller: Omit<CitizenCaller, 'kind'>): string
  signDevice(caller: Omit<DeviceCaller, 'kind'>): string
  /** Throws SESSION_EXPIRED for an expired token, NOT_SIGNED_IN for anything else that is not ours. */
  verify(token: string): CitizenCaller | DeviceCaller
}

const toCaller = (claims: Claims): CitizenCaller | DeviceCaller => {
  if (claims.kind === 'citizen' && claims.sid)
    return {
      kind: 'citizen',
      accountId: claims.sub,
      sessionId: claims.sid,
      personId: claims.pid,
      unproved: claims.un === 1,
    }
  if (claims.kind === 'device' && claims.pt)
    return { kind: 'device', deviceId: claims.sub, pointId: claims.pt, organisation: claims.org ?? '' }
  throw new AppError('NOT_SIGNED_IN')
}

const requireEpoch = (claims: Claims, now: EpochState | undefined): void => {
  if (!now) throw new AppError('BUSY', { retryAfterSeconds: 2 })
  const { kind, ep, iat } = claims
  if (kind === 'device') {
    if (ep === now.restoreEpoch || (ep === undefined && now.acceptsUnmarkedDevices)) return
    throw new AppError('SESSION_REVOKED')
  }
  // The phone exchanges its refresh token then, which the database either knows or not.
  const isOfNow = ep === now.epoch || (ep === undefined && now.acceptsUnmarked)
  const isOfGap = now.gap && iat * 1000 > now.gap.from && iat * 1000 < now.gap.to
  if (!isOfNow || isOfGap) throw new AppError('SESSION_EXPIRED')
}

/**
 * @param keys signs with the secret of now and believes all that are not retired
 * @param epochs the epoch of now, undefined where it is not known yet; leave it out for tokens without one
 */
export const createTokens = (
  keys: Pick<KeyProvider, 'tokenSecret' | 'tokenSecrets'>,
  epochs?: () => EpochState | undefined,
): Tokens => {
  const keyObjects = new Map<string, KeyObject>()
  const keyOf = (secret: string): KeyObject => {
    const known = keyObjects.get(secret)
    if (known) return known
    const key = createSecretKey(Buffer.from(secret))
    keyObjects.set(secret, key)
    return key
  }
  const macOf = (secret: string, text: string): Buffer =>
    createHmac('sha256', keyOf(secret)).update(text).digest()
  /** Newest first: nearly every token is of the newest. */
  const findSigner = (text: string, signature: Buffer): TokenSecret | undefined => {
    const secrets = keys.tokenSecrets()
    for (let at = secrets.length - 1; at >= 0; at -= 1) {
      const one = secrets[at]
      if (!one) continue
      const mac = macOf(one.secret, text)
      if (signature.length === mac.length && timingSafeEqual(signature, mac)) return one
    }
    return undefined
  }
  const sign = (claims: Omit<Claims, 'iat' | 'exp' | 'ep'>, seconds: number): string => {
    const iat = Math.floor(Date.now() / 1000)
    const now = epochs?.()
    if (epochs && !now) throw new AppError('BUSY', { retryAfterSeconds: 2 })
    const ep = claims.kind === 'device' ? now?.restoreEpoch : now?.epoch
    const whole = { ...claims, ...(ep ? { ep } : {}), iat, exp: iat + seconds }
    const payload = Buffer.from(JSON.stringify(whole)).toString('base64url')
    const text = `${HEADER}.${payload}`
    return `${text}.${macOf(keys.tokenSecret(), text).toString('base64url')}`
  }
  return {
    signAccess: ({ accountId, sessionId, personId, unproved }) =>
      sign(
        {
          kind: 'citizen',
          sub: accountId,
          sid: sessionId,
          ...(personId && !unproved ? { pid: personId } : {}),
          ...(unproved ? { un: 1 } : {}),
        },
        ACCESS_TOKEN_SECONDS,
      ),
    signDevice: ({ deviceId, pointId, organisation }) =>
      sign({ kind: 'device', sub: deviceId, pt: pointId, org: organisation }, DEVICE_TOKEN_SECONDS),
    verify: (token) => {
      const dot = token.length - SIGNATURE_LENGTH - 1
      if (dot <= HEADER.length || token[dot] !== '.' || !token.startsWith(`${HEADER}.`))
        throw new AppError('NOT_SIGNED_IN')
      const signature = Buffer.from(token.slice(dot + 1), 'base64url')
      const signer = findSigner(token.slice(0, dot), signature)
      if (!signer) throw new AppError('NOT_SIGNED_IN')
      // Signed by us, so it is what `sign` wrote.
      const claims = JSON.parse(
        Buffer.from(token.slice(HEADER.length + 1, dot), 'base64url').toString(),
      ) as Claims
      // Perhaps ours, perhaps made up by whoever has the old secret: a phone asks for another with what only it has.
      if (signer.isRetired)
        throw new AppError(claims.kind === 'device' ? 'SESSION_REVOKED' : 'SESSION_EXPIRED')
      if (claims.exp * 1000 <= Date.now()) throw new AppError('SESSION_EXPIRED')
      if (epochs) requireEpoch(claims, epochs())
      return toCaller(claims)
    },
  }
}
