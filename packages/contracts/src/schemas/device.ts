import { type Static, Type } from 'typebox'
import { Closed, Cursor, Instant, IntegerId, Line, Lines, PageSize, Token, Uuid } from './atoms.ts'

export const DeviceRequest = Closed({ pointId: IntegerId, name: Line({ minLength: 1, maxLength: 80 }) })
export const DeviceRegistered = Type.Object({ deviceId: Uuid, deviceToken: Token, expiresAt: Instant })

/** `active`, or the first thing that ended it: by whom it was revoked, its age, its maker, its point, its venue. */
export const DeviceState = Type.Union([
  Type.Literal('active'),
  Type.Literal('revoked'),
  Type.Literal('expired'),
  Type.Literal('maker_ended'),
  Type.Literal('point_closed'),
  Type.Literal('venue_not_active'),
])
export type DeviceState = Static<typeof DeviceState>

/** An enrolled checkpoint phone; its token is shown to nobody after the enrolment. */
export const Device = Type.Object({
  deviceId: Uuid,
  name: Type.String(),
  state: DeviceState,
  pointId: IntegerId,
  pointName: Type.String(),
  venueId: IntegerId,
  venueName: Type.String(),
  divisionName: Type.String(),
  registeredBy: Type.Object({ nameMasked: Type.String(), organisation: Type.String() }),
  registeredAt: Instant,
  expiresAt: Instant,
  /** Of its last check, as long as checks are kept. */
  lastUsedAt: Type.Optional(Instant),
  revokedAt: Type.Optional(Instant),
  revokedReason: Type.Optional(Type.String()),
  /** Organisation of the operator; absent where the phone itself ended it. */
  revokedBy: Type.Optional(Type.String()),
})
export type Device = Static<typeof Device>

export const device = {
  registerDevice: { body: DeviceRequest, responses: { 201: DeviceRegistered } },
  listDevices: {
    query: Closed({
      cursor: Type.Optional(Cursor),
      limit: Type.Optional(PageSize),
      search: Type.Optional(Line({ minLength: 1, maxLength: 60 })),
      state: Type.Optional(Type.Union([Type.Literal('active'), Type.Literal('ended')])),
    }),
    responses: { 200: Type.Object({ devices: Type.Array(Device), nextCursor: Type.Optional(Cursor) }) },
  },
  revokeDevice: {
    params: Closed({ deviceId: Uuid }),
    body: Closed({ reason: Lines({ minLength: 2, maxLength: 300 }) }),
    responses: { 200: Device },
  },
  endOwnDevice: { responses: { 204: Type.Null() } },
}
