import { VENUE_KINDS } from '@jiankangbao/domain/decision/venue-kind'
import { CONTACT_GROUPS } from '@jiankangbao/domain/tracing/contacts'
import { CASE_STATES, CHAIN_ORDERS } from '@jiankangbao/domain/vocabulary/tracing'
import { type Static, Type } from 'typebox'
import { CaseId, Instant, IntegerId, OneOf, Shown } from '../atoms.ts'

/** A place at which two or more cases were while they may have caught it. */
export const CaseSource = Type.Object({
  venueId: IntegerId,
  venueName: Shown('示例市场'),
  venueKind: OneOf(VENUE_KINDS),
  divisionName: Shown('示例区'),
  /** How many cases, and the most of them on one day. */
  cases: Type.Integer(),
  sameDay: Type.Integer(),
  caseIds: Type.Array(CaseId),
  firstAt: Instant,
  lastAt: Instant,
})
export type CaseSource = Static<typeof CaseSource>

export const ChainCase = Type.Object({
  caseId: CaseId,
  nameMasked: Shown('张*'),
  state: OneOf(CASE_STATES),
  divisionName: Shown('示例区'),
  anchorAt: Instant,
})
export type ChainCase = Static<typeof ChainCase>

export const ChainLink = Type.Object({
  fromCaseId: CaseId,
  toCaseId: CaseId,
  group: OneOf(CONTACT_GROUPS),
  minutes: Type.Integer(),
  /** First stay together; absent where none is dated. */
  metAt: Type.Optional(Instant),
  order: OneOf(CHAIN_ORDERS),
  /** Of those that may be, the one that is likeliest: longest together. */
  likeliest: Type.Boolean(),
})
export type ChainLink = Static<typeof ChainLink>

/** The patient as an approved contact of another case. */
export const ExposedBy = Type.Object({
  caseId: CaseId,
  group: OneOf(CONTACT_GROUPS),
  minutes: Type.Integer(),
  metAt: Type.Optional(Instant),
  venueName: Type.Optional(Shown('示例商场')),
  /** Whether the caller may open that case. */
  mayOpen: Type.Boolean(),
})
