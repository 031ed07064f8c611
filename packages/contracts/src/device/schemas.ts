import { DEVICE_STATES, DEVICE_VIEWS } from '@jiankangbao/domain/vocabulary/doors'
import { type Static, Type } from 'typebox'
import {
  Closed,
  Cursor,
  Instant,
  IntegerId,
  Line,
  Lines,
  OneOf,
  PageSize,
  Shown,
  Token,
  Uuid,
} from '../atoms.ts'
import { CheckPoint } from '../check/schemas.ts'
import type { OperationSchemas } from '../operation-schemas.ts'
import type { operations } from './operations.ts'

export const about = 'Checkpoint phones, each bound to one door'

export const DeviceRequest = Closed({ pointId: IntegerId, name: Line({ minLength: 1, maxLength: 80 }) })

export const DeviceRegistered = Type.Object({ deviceId: Uuid, deviceToken: Token, expiresAt: Instant })

/** The phone knows from it where it stands. */
export const DeviceReEnrolled = Type.Object({
  deviceId: Uuid,
  deviceToken: Token,
  expiresAt: Instant,
  point: CheckPoint,
})

/** `active`, or the first thing that ended it: by whom it was revoked, its age, its maker, its point, its venue. */
export const DeviceState = OneOf(DEVICE_STATES)
export type DeviceState = Static<typeof DeviceState>

/** An enrolled checkpoint phone; its token is shown to nobody after the enrolment. */
export const Device = Type.Object({
  deviceId: Uuid,
  name: Shown('东门手机'),
  state: DeviceState,
  pointId: IntegerId,
  pointName: Shown('东门'),
  venueId: IntegerId,
  venueName: Shown('示例商场'),
  divisionName: Shown('示例区'),
  registeredBy: Type.Object({ nameMasked: Shown('张*'), organisation: Shown('示例区防疫办') }),
  registeredAt: Instant,
  expiresAt: Instant,
  /** Of its last check, as long as checks are kept. */
  lastUsedAt: Type.Optional(Instant),
  revokedAt: Type.Optional(Instant),
  revokedReason: Type.Optional(Shown('手机遗失')),
  /** Organisation of the operator; absent where the phone itself ended it. */
  revokedBy: Type.Optional(Shown('示例商场')),
})
export type Device = Static<typeof Device>

export const schemas = {
  registerDevice: {
    summary: 'Enrols a phone for one door',
    body: DeviceRequest,
    responses: { 201: DeviceRegistered },
  },
  listDevices: {
    summary: 'Lists enrolled phones',
    query: Closed({
      cursor: Type.Optional(Cursor),
      limit: Type.Optional(PageSize),
      search: Type.Optional(Line({ minLength: 1, maxLength: 60 })),
      state: Type.Optional(OneOf(DEVICE_VIEWS)),
    }),
    responses: { 200: Type.Object({ devices: Type.Array(Device), nextCursor: Type.Optional(Cursor) }) },
  },
  revokeDevice: {
    summary: 'Ends an enrolled phone',
    params: Closed({ deviceId: Uuid }),
    body: Closed({ reason: Lines({ minLength: 2, maxLength: 300 }) }),
    responses: { 200: Device },
  },
  offerReEnrolment: {
    summary: 'Makes a code by which a phone gets another key for the same door; good once, for minutes',
    params: Closed({ deviceId: Uuid }),
    responses: { 201: Type.Object({ code: Token, expiresAt: Instant }) },
  },
  reEnrolDevice: {
    summary: 'Enrols a phone anew by a code of its office; the key before is retired',
    body: Closed({ code: Line({ minLength: 1, maxLength: 100 }) }),
    responses: { 201: DeviceReEnrolled },
  },
  endOwnDevice: {
    summary: 'Ends the enrolment of the phone that asks',
    responses: { 204: Type.Null() },
  },
} satisfies Record<keyof typeof operations, OperationSchemas>
