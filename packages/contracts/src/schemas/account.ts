import { type Static, Type } from 'typebox'
import { Closed, Instant, Line, Phone, SmsCode, Token, Uuid } from './atoms.ts'

export const SmsCodeRequest = Closed({ phone: Phone, purpose: Type.Literal('sign-in') })
export const SmsCodeSent = Type.Object({ resendAfterSeconds: Type.Integer() })
export const SessionRequest = Closed({
  phone: Phone,
  smsCode: SmsCode,
  deviceName: Type.Optional(Line({ minLength: 1, maxLength: 80 })),
})
export const Session = Type.Object({
  accessToken: Token,
  expiresInSeconds: Type.Integer(),
  refreshToken: Token,
  registered: Type.Boolean(),
})
export type Session = Static<typeof Session>
export const RefreshRequest = Closed({ refreshToken: Token })
export const SessionEntry = Type.Object({
  sessionId: Uuid,
  deviceName: Type.String(),
  createdAt: Instant,
  lastUsedAt: Instant,
  current: Type.Boolean(),
})
export type SessionEntry = Static<typeof SessionEntry>
export const SessionList = Type.Object({ sessions: Type.Array(SessionEntry) })
export const SessionParams = Closed({ sessionId: Uuid })

export const account = {
  requestSmsCode: { body: SmsCodeRequest, responses: { 202: SmsCodeSent } },
  createSession: { body: SessionRequest, responses: { 201: Session } },
  refreshSession: { body: RefreshRequest, responses: { 201: Session } },
  endSession: { responses: { 204: Type.Null() } },
  listSessions: { responses: { 200: SessionList } },
  revokeSession: { params: SessionParams, responses: { 204: Type.Null() } },
}
