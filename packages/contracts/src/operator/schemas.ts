import {
  DECISION_ALARMS,
  PROPOSAL_ACTS,
  PROPOSAL_STATES,
  VERDICTS,
} from '@jiankangbao/domain/vocabulary/approval'
import { OPERATOR_CHANGE_KINDS, OPERATOR_ROLES } from '@jiankangbao/domain/vocabulary/people'
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
  Phone,
  RequestId,
  ShortText,
  Shown,
  SmsCode,
  Uuid,
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

/** Where an operator is signed in. */
export const OperatorSession = Type.Object({
  sessionId: Uuid,
  /** Browser and system; absent where the browser said nothing known. */
  deviceName: Type.Optional(Shown('Chrome · Windows')),
  addressMasked: Shown('10.1.*.*'),
  createdAt: Instant,
  lastUsedAt: Instant,
  expiresAt: Instant,
  /** The one that asks. */
  current: Type.Boolean(),
})
export type OperatorSession = Static<typeof OperatorSession>

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

/** Roles, division and whether active: what an operator may. */
const OperatorRights = Type.Object({
  roles: Type.Array(OperatorRole),
  divisionCode: DivisionCode,
  divisionName: Shown('示例区'),
  active: Type.Boolean(),
})

/** Something about an operator that one administrator proposed and another one, or headquarters, decides. */
export const OperatorChangeEntry = Type.Object({
  changeId: Id,
  kind: OneOf(OPERATOR_CHANGE_KINDS),
  operatorId: Type.Optional(Id),
  username: Shown('office1'),
  displayName: Shown('李示例'),
  organisation: Shown('示例区防疫办'),
  /** As it is; absent of somebody new. */
  before: Type.Optional(OperatorRights),
  after: OperatorRights,
  state: OneOf(PROPOSAL_STATES),
  reason: Shown('新入职'),
  alarms: Type.Array(OneOf(DECISION_ALARMS)),
  proposedBy: Shown('王示例'),
  proposedAt: Instant,
  expiresAt: Instant,
  decidedBy: Type.Optional(Shown('赵示例')),
  decidedAt: Type.Optional(Instant),
  decisionReason: Type.Optional(Shown('已核对')),
  /** Of a code that goes to the operator's phone. */
  message: Type.Optional(
    Type.Object({
      /** Absent a day after the decision, when the number is forgotten. */
      phoneMasked: Type.Optional(Shown('138****0001')),
      /** When a gateway took it last. */
      sentAt: Type.Optional(Instant),
      maySend: Type.Boolean(),
    }),
  ),
  /** What the caller may do with it. */
  allowed: Type.Array(OneOf(PROPOSAL_ACTS)),
})
export type OperatorChangeEntry = Static<typeof OperatorChangeEntry>

/**
 * One half of the activation code; its holder gets the other half from the other one of the two. Shown once. Absent where
 * nobody begins anew.
 */
const ActivationHalf = Type.Optional(
  Type.Object({
    half: Shown('7K2QX-9F4MB'),
    position: OneOf(['first', 'second'] as const),
    expiresAt: Type.Optional(Instant),
  }),
)

export const OperatorChangeAnswer = Type.Object({ change: OperatorChangeEntry, activation: ActivationHalf })
export type OperatorChangeAnswer = Static<typeof OperatorChangeAnswer>

/** Why it is asked for: the one who decides reads it. */
const Why = Line({ minLength: 2, maxLength: 500 })

export const OperatorCreation = Closed({
  requestId: RequestId,
  username: Type.String({ pattern: '^[a-z0-9][a-z0-9._-]{0,38}[a-z0-9]$', examples: ['office1'] }),
  displayName: ShortText,
  organisation: ShortText,
  roles: Type.Array(OperatorRole, { minItems: 1, maxItems: 5, uniqueItems: true }),
  divisionCode: DivisionCode,
  reason: Why,
  /** Where the code goes as a text message; without it the two hand over halves. */
  phone: Type.Optional(Phone),
})
export type OperatorCreation = Static<typeof OperatorCreation>

export const OperatorChange = Closed({
  displayName: Type.Optional(ShortText),
  organisation: Type.Optional(ShortText),
  roles: Type.Optional(Type.Array(OperatorRole, { minItems: 1, maxItems: 5, uniqueItems: true })),
  divisionCode: Type.Optional(DivisionCode),
  active: Type.Optional(Type.Boolean()),
  /** Wanted where the change gives rights and so has to be decided by another person. */
  reason: Type.Optional(Why),
})

export const OperatorParams = Closed({ operatorId: Id })
const OperatorChangeParams = Closed({ changeId: Id })

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
  listOwnOperatorSessions: {
    summary: 'Lists where the operator is signed in, the one used last first',
    responses: { 200: Type.Object({ sessions: Type.Array(OperatorSession) }) },
  },
  endOwnOperatorSession: {
    summary: 'Ends one of the own sessions',
    params: Closed({ sessionId: Uuid }),
    responses: { 204: Type.Null() },
  },
  endOtherOperatorSessions: {
    summary: 'Ends every own session but this one',
    responses: { 200: Type.Object({ ended: Type.Integer() }) },
  },
  endOperatorSessions: {
    summary: 'Signs an operator out wherever they are signed in',
    params: OperatorParams,
    body: Closed({ reason: Why }),
    responses: { 200: Type.Object({ ended: Type.Integer() }) },
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
    summary: 'Proposes an operator; another administrator or headquarters decides',
    body: OperatorCreation,
    responses: { 201: OperatorChangeAnswer },
  },
  changeOperator: {
    summary: 'Changes an operator; what gives rights is proposed and waits for another person',
    params: OperatorParams,
    body: OperatorChange,
    responses: {
      200: Type.Object({ operator: OperatorEntry, change: Type.Optional(OperatorChangeEntry) }),
    },
  },
  resetOperator: {
    summary: 'Proposes that an operator begins anew with other password and second factor',
    params: OperatorParams,
    body: Closed({ requestId: RequestId, reason: Why, phone: Type.Optional(Phone) }),
    responses: { 201: OperatorChangeAnswer },
  },
  listOperatorChanges: {
    summary: 'Lists what was proposed about operators, newest first',
    query: Closed({
      cursor: Type.Optional(Cursor),
      limit: Type.Optional(PageSize),
      state: Type.Optional(OneOf(PROPOSAL_STATES)),
    }),
    responses: {
      200: Type.Object({ changes: Type.Array(OperatorChangeEntry), nextCursor: Type.Optional(Cursor) }),
    },
  },
  decideOperatorChange: {
    summary: 'Approves or rejects what another administrator proposed about an operator',
    params: OperatorChangeParams,
    body: Closed({
      verdict: OneOf(VERDICTS),
      reason: Why,
      /** Wanted to approve what goes by message: the operator's number as the second person knows it. */
      phone: Type.Optional(Phone),
    }),
    responses: { 200: OperatorChangeAnswer },
  },
  sendActivationAgain: {
    summary: 'Sends another activation code to the number that two people gave, within a day',
    params: OperatorChangeParams,
    responses: { 200: OperatorChangeAnswer },
  },
  withdrawOperatorChange: {
    summary: 'Takes an own proposal about an operator back',
    params: OperatorChangeParams,
    body: Closed({ reason: Why }),
    responses: { 200: OperatorChangeAnswer },
  },
} satisfies Record<keyof typeof operations, OperationSchemas>
