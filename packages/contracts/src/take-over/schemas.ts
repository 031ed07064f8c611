import { TAKE_OVER_STATES, TAKE_OVER_VERDICTS } from '@jiankangbao/domain/vocabulary/people'
import { type Static, Type } from 'typebox'
import { Closed, DocumentType, Instant, Line, LookupPurpose, OneOf, Shown, Uuid } from '../atoms.ts'
import type { OperationSchemas } from '../operation-schemas.ts'
import type { operations } from './operations.ts'

export const about = 'An identity that moved to another phone, the objection of the old one, and its decision'

/** The latest move that this account was a part of; `isOld` where the identity left it. */
export const TakeOver = Type.Object({
  isOld: Type.Boolean(),
  state: OneOf(TAKE_OVER_STATES),
  takenAt: Instant,
  objectUntil: Instant,
  mayObject: Type.Boolean(),
  /** An office decides until then. */
  dueAt: Type.Optional(Instant),
})
export type TakeOver = Static<typeof TakeOver>

export const TakeOverEntry = Type.Object({
  takeOverId: Uuid,
  takenAt: Instant,
  objectedAt: Instant,
  /** Two hours after the objection, nights too. */
  dueAt: Instant,
})
export type TakeOverEntry = Static<typeof TakeOverEntry>

export const TakeOverFile = Type.Object({
  entry: TakeOverEntry,
  nameMasked: Shown('张*'),
  documentType: DocumentType,
  documentNumberMasked: Shown('110***********0011'),
  /** Of the phone that objected; absent where the number is somebody else's by now. */
  oldPhoneMasked: Type.Optional(Shown('138****0001')),
  newPhoneMasked: Type.Optional(Shown('139****0002')),
})
export type TakeOverFile = Static<typeof TakeOverFile>

const TakeOverParams = Closed({ takeOverId: Uuid })

export const schemas = {
  getTakeOver: {
    summary: 'Says how the latest move of an identity from or to this account stands',
    responses: { 200: Type.Object({ takeOver: Type.Optional(TakeOver) }) },
  },
  objectToTakeOver: {
    summary: 'The old phone objects within a day: the live code stops until an office has decided',
    responses: { 201: TakeOver },
  },
  listTakeOvers: {
    summary: 'Lists objections that wait for an office, those due first',
    responses: { 200: Type.Object({ takeOvers: Type.Array(TakeOverEntry), serverTime: Instant }) },
  },
  openTakeOver: {
    summary: 'Shows whose identity it is, masked; the person sees the look-up',
    params: TakeOverParams,
    query: Closed({ purpose: LookupPurpose }),
    responses: { 200: TakeOverFile },
  },
  decideTakeOver: {
    summary: 'Decides whether the identity stays on the new phone or returns to the old one',
    params: TakeOverParams,
    body: Closed({ verdict: OneOf(TAKE_OVER_VERDICTS), reason: Line({ minLength: 2, maxLength: 500 }) }),
    responses: { 204: Type.Null() },
  },
} satisfies Record<keyof typeof operations, OperationSchemas>
