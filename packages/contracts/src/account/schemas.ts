import { type Static, Type } from 'typebox'
import { Closed, Instant, Line, Phone, Shown, SmsCode, Token, Uuid } from '../atoms.ts'
import type { OperationSchemas } from '../operation-schemas.ts'
import type { operations } from './operations.ts'

export const about = 'Sign-in of citizens by phone, and the sessions of an account'

export const SmsCodeRequest = Closed({ phone: Phone, purpose: Type.Literal('sign-in') })

export const SmsCodeSent = Type.Object({ resendAfterSeconds: Type.Integer() })

/** By which a device is known again: 256 random bits, made here. */
const DeviceSecret = Type.String({
  pattern: '^[A-Za-z0-9_-]{43}$',
  examples: ['b3Blbi1zZXNhbWUtb3Blbi1zZXNhbWUtb3Blbi1zZXM'],
})

export const SessionRequest = Closed({
  phone: Phone,
  smsCode: SmsCode,
  deviceName: Type.Optional(Line({ minLength: 1, maxLength: 80 })),
  /** From whoever keeps the secret of the device themselves: it comes back in the answer. Browsers have a cookie. */
  device: Type.Optional(Closed({ secret: Type.Optional(DeviceSecret) })),
})
export type SessionRequest = Static<typeof SessionRequest>

export const Session = Type.Object({
  accessToken: Token,
  expiresInSeconds: Type.Integer(),
  refreshToken: Token,
  registered: Type.Boolean(),
  /** False on a new device until the second proof: everything personal is refused with SIGN_IN_UNPROVED. */
  proved: Type.Boolean(),
  deviceSecret: Type.Optional(DeviceSecret),
})
export type Session = Static<typeof Session>

export const RefreshRequest = Closed({ refreshToken: Token })

export const SessionEntry = Type.Object({
  sessionId: Uuid,
  deviceName: Shown('示例手机'),
  createdAt: Instant,
  lastUsedAt: Instant,
  current: Type.Boolean(),
  proved: Type.Boolean(),
})
export type SessionEntry = Static<typeof SessionEntry>

export const SessionList = Type.Object({ sessions: Type.Array(SessionEntry) })

export const SessionParams = Closed({ sessionId: Uuid })

export const schemas = {
  requestSmsCode: {
    summary: 'Sends a code to a phone to sign in with',
    body: SmsCodeRequest,
    responses: { 202: SmsCodeSent },
  },
  createSession: {
    summary: 'Signs in with a phone and the code sent to it',
    body: SessionRequest,
    responses: { 201: Session },
  },
  refreshSession: {
    summary: 'Exchanges a refresh token for new tokens; the one given ends',
    body: RefreshRequest,
    responses: { 201: Session },
  },
  endSession: {
    summary: 'Signs out',
    responses: { 204: Type.Null() },
  },
  listSessions: {
    summary: 'Lists the devices on which the account is signed in',
    responses: { 200: SessionList },
  },
  leaveNumber: {
    summary: 'Says that the number is not that of the person registered with it, and lets it begin anew',
    responses: { 204: Type.Null() },
  },
  revokeSession: {
    summary: 'Signs another device of the account out',
    params: SessionParams,
    responses: { 204: Type.Null() },
  },
} satisfies Record<keyof typeof operations, OperationSchemas>
