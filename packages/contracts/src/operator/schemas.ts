import { OPERATOR_ROLES } from '@jiankangbao/domain/vocabulary/people'
import { type Static, Type } from 'typebox'
import {
  Closed,
  Cursor,
  DivisionCode,
  Id,
  Instant,
  Line,
  OneOf,
  PageSize,
  RequestId,
  ShortText,
  Shown,
  SmsCode,
} from '../atoms.ts'
import type { OperationSchemas } from '../operation-schemas.ts'
import type { operations } from './operations.ts'

export const about = 'Operators of the console: their sign-in, accounts and roles'

export const OperatorRole = OneOf(OPERATOR_ROLES)
export type OperatorRole = Static<typeof OperatorRole>

export const Password = Line({ minLength: 12, maxLength: 200 })

export const OperatorSignIn = Closed({
  username: Line({ minLength: 2, maxLength: 60 }),
  password: Line({ minLength: 1, maxLength: 200 }),
  totp: SmsCode,
})

/** A code that was shown once; typed with or without hyphens. It is never part of an address. */
const ActivationCode = Line({ minLength: 1, maxLength: 60 })

/** Whose code it is, and the second factor to enrol. */
export const OpenedActivation = Type.Object({
  username: Shown('office1'),
  displayName: Shown('李示例'),
  organisation: Shown('示例区防疫办'),
  totpSecret: Shown('JBSWY3DPEHPK3PXP'),
  totpUri: Shown('otpauth://totp/jkb:office1?secret=JBSWY3DPEHPK3PXP'),
  expiresAt: Instant,
})
export type OpenedActivation = Static<typeof OpenedActivation>

/** The signed-in operator. `csrfToken` goes into the `x-csrf-token` header of every writing request. */
export const OperatorMe = Type.Object({
  operatorId: Id,
  username: Shown('office1'),
  displayName: Shown('李示例'),
  organisation: Shown('示例区防疫办'),
  roles: Type.Array(OperatorRole),
  divisionCode: DivisionCode,
  divisionName: Shown('示例区'),
  csrfToken: Shown('c3JmLWV4YW1wbGU'),
  sessionExpiresAt: Instant,
  mustChangePassword: Type.Boolean(),
})
export type OperatorMe = Static<typeof OperatorMe>

export const OperatorEntry = Type.Object({
  operatorId: Id,
  username: Shown('office1'),
  displayName: Shown('李示例'),
  organisation: Shown('示例区防疫办'),
  roles: Type.Array(OperatorRole),
  divisionCode: DivisionCode,
  divisionName: Shown('示例区'),
  active: Type.Boolean(),
  lastSignInAt: Type.Optional(Instant),
})
export type OperatorEntry = Static<typeof OperatorEntry>

/** Shown once: the new operator's first password and the second factor to enrol. */
export const OperatorSecrets = Type.Object({
  operator: OperatorEntry,
  initialPassword: Shown('example-password'),
  totpSecret: Shown('JBSWY3DPEHPK3PXP'),
  totpUri: Shown('otpauth://totp/jkb:office1?secret=JBSWY3DPEHPK3PXP'),
})

export const OperatorCreation = Closed({
  requestId: RequestId,
  username: Type.String({ pattern: '^[a-z0-9][a-z0-9._-]{0,38}[a-z0-9]$', examples: ['office1'] }),
  displayName: ShortText,
  organisation: ShortText,
  roles: Type.Array(OperatorRole, { minItems: 1, maxItems: 5, uniqueItems: true }),
  divisionCode: DivisionCode,
})
export type OperatorCreation = Static<typeof OperatorCreation>

export const OperatorChange = Closed({
  displayName: Type.Optional(ShortText),
  organisation: Type.Optional(ShortText),
  roles: Type.Optional(Type.Array(OperatorRole, { minItems: 1, maxItems: 5, uniqueItems: true })),
  divisionCode: Type.Optional(DivisionCode),
  active: Type.Optional(Type.Boolean()),
})

export const OperatorParams = Closed({ operatorId: Id })

export const schemas = {
  operatorSignIn: {
    summary: 'Signs an operator in with password and second factor',
    body: OperatorSignIn,
    responses: { 201: OperatorMe },
  },
  openActivation: {
    summary: 'Shows whose activation code it is, with the second factor to enrol',
    body: Closed({ activationCode: ActivationCode }),
    responses: { 200: OpenedActivation },
  },
  completeActivation: {
    summary: 'Sets the first password of an activated operator',
    body: Closed({
      activationCode: ActivationCode,
      newPassword: Password,
      totp: SmsCode,
    }),
    responses: { 204: Type.Null() },
  },
  operatorSignOut: {
    summary: 'Signs an operator out',
    responses: { 204: Type.Null() },
  },
  getOperatorMe: {
    summary: 'Gives the signed-in operator and the token for writing requests',
    responses: { 200: OperatorMe },
  },
  changeOwnPassword: {
    summary: 'Changes the own password',
    body: Closed({ currentPassword: Line({ minLength: 1, maxLength: 200 }), newPassword: Password }),
    responses: { 204: Type.Null() },
  },
  listOperators: {
    summary: 'Lists operators',
    query: Closed({
      cursor: Type.Optional(Cursor),
      limit: Type.Optional(PageSize),
      search: Type.Optional(Line({ maxLength: 60 })),
    }),
    responses: {
      200: Type.Object({ operators: Type.Array(OperatorEntry), nextCursor: Type.Optional(Cursor) }),
    },
  },
  createOperator: {
    summary: 'Creates an operator; password and second factor are shown once',
    body: OperatorCreation,
    responses: { 201: OperatorSecrets },
  },
  changeOperator: {
    summary: 'Changes an operator',
    params: OperatorParams,
    body: OperatorChange,
    responses: { 200: OperatorEntry },
  },
  resetOperator: {
    summary: 'Gives an operator a new password and second factor',
    params: OperatorParams,
    responses: { 200: OperatorSecrets },
  },
} satisfies Record<keyof typeof operations, OperationSchemas>
