import {
  DECISION_ALARMS,
  PROPOSAL_ACTS,
  PROPOSAL_STATES,
  VERDICTS,
} from '@jiankangbao/domain/vocabulary/approval'
import {
  AUTHORITY_ANSWERS,
  COUNTER_ACT_KINDS,
  COUNTER_CAUSES,
  ELDER_RELATIONS,
  GUARDIAN_RELATIONS,
  SEEN_DOCUMENTS,
} from '@jiankangbao/domain/vocabulary/people'
import { type Static, Type } from 'typebox'
import {
  Closed,
  Cursor,
  DocumentType,
  Instant,
  Line,
  Lines,
  LookupPurpose,
  OneOf,
  PageSize,
  PersonId,
  RequestId,
  Shown,
  Uuid,
} from '../atoms.ts'
import { PaperCode } from '../code/schemas.ts'
import type { OperationSchemas } from '../operation-schemas.ts'
import { NamedIdentity } from '../person/schemas.ts'
import type { operations } from './operations.ts'

export const about =
  'The counter of an office: registering who has no phone or no document that the authority can check, and elders who join a family'

const Guardian = Closed({ ...NamedIdentity.properties, relation: OneOf(GUARDIAN_RELATIONS) })

/** `guardian` for whoever is under 14, `holder` and `relation` for `family`: whose family, and what the elder is to them. */
export const CounterActRequest = Closed({
  requestId: RequestId,
  kind: OneOf(COUNTER_ACT_KINDS),
  cause: OneOf(COUNTER_CAUSES),
  identity: NamedIdentity,
  seen: OneOf(SEEN_DOCUMENTS),
  /** What the operator saw, in words: issuer, until when it is good, who spoke. */
  evidence: Lines({ minLength: 2, maxLength: 500 }),
  guardian: Type.Optional(Guardian),
  holder: Type.Optional(NamedIdentity),
  relation: Type.Optional(OneOf(ELDER_RELATIONS)),
})
export type CounterActRequest = Static<typeof CounterActRequest>

export const CounterActEntry = Type.Object({
  actId: Uuid,
  kind: OneOf(COUNTER_ACT_KINDS),
  cause: OneOf(COUNTER_CAUSES),
  nameMasked: Shown('张*'),
  documentType: DocumentType,
  seen: OneOf(SEEN_DOCUMENTS),
  evidence: Shown('户口簿原件，社区网格员陪同'),
  authority: OneOf(AUTHORITY_ANSWERS),
  guarded: Type.Boolean({ description: 'a guardian answers for a child' }),
  holderNameMasked: Type.Optional(Shown('李*')),
  relation: Type.Optional(OneOf(ELDER_RELATIONS)),
  personId: Type.Optional(PersonId),
  doubted: Type.Boolean({
    description: 'perhaps somebody known by another document: not green until an office compared',
  }),
  printable: Type.Boolean({ description: 'the caller may print a paper code of this person' }),
  state: OneOf(PROPOSAL_STATES),
  alarms: Type.Array(OneOf(DECISION_ALARMS)),
  proposedBy: Shown('王示例'),
  proposedAt: Instant,
  expiresAt: Instant,
  decidedBy: Type.Optional(Shown('赵示例')),
  decidedAt: Type.Optional(Instant),
  decisionReason: Type.Optional(Shown('已核对原件')),
  /** What the caller may do with it. */
  allowed: Type.Array(OneOf(PROPOSAL_ACTS)),
})
export type CounterActEntry = Static<typeof CounterActEntry>

const ShownIdentity = {
  name: Shown('张示例'),
  documentType: DocumentType,
  documentNumber: Shown('11010119900307001X'),
  country: Type.Optional(Shown('USA')),
  birthOn: Type.Optional(Shown('1940-01-01')),
}

/** In full, for whoever compares it with the documents. */
export const CounterActOpened = Type.Object({
  identity: Type.Object(ShownIdentity),
  guardian: Type.Optional(Type.Object({ ...ShownIdentity, relation: OneOf(GUARDIAN_RELATIONS) })),
})
export type CounterActOpened = Static<typeof CounterActOpened>

const Params = Closed({ actId: Uuid })
const Why = Line({ minLength: 2, maxLength: 500 })

export const schemas = {
  listCounterActs: {
    summary: 'Lists what was proposed at the counters of the division, newest first, masked',
    query: Closed({
      state: Type.Optional(OneOf(PROPOSAL_STATES)),
      cursor: Type.Optional(Cursor),
      limit: Type.Optional(PageSize),
    }),
    responses: {
      200: Type.Object({ acts: Type.Array(CounterActEntry), nextCursor: Type.Optional(Cursor) }),
    },
  },
  proposeCounterAct: {
    summary: 'Proposes to register somebody, or to add an elder to a family; another operator decides',
    body: CounterActRequest,
    responses: { 201: CounterActEntry },
  },
  openCounterAct: {
    summary: 'Shows an open act of the counter in full, with a purpose; logged',
    params: Params,
    body: Closed({ purpose: LookupPurpose }),
    responses: { 200: CounterActOpened },
  },
  decideCounterAct: {
    summary: 'Decides what another operator proposed at the counter',
    params: Params,
    body: Closed({ verdict: OneOf(VERDICTS), reason: Why }),
    responses: { 200: CounterActEntry },
  },
  withdrawCounterAct: {
    summary: 'Takes an own proposal at the counter back',
    params: Params,
    body: Closed({ reason: Why }),
    responses: { 200: CounterActEntry },
  },
  printCounterPaperCode: {
    summary: 'Issues the paper code of somebody whom an office registered; an earlier one ends',
    params: Params,
    body: Closed({ requestId: RequestId }),
    responses: { 201: PaperCode },
  },
} satisfies Record<keyof typeof operations, OperationSchemas>
