import { FINDING_STATES } from '@jiankangbao/domain/vocabulary/colours'
import { type Static, Type } from 'typebox'
import {
  Closed,
  Colour,
  CountryCode,
  DocumentNumber,
  DocumentType,
  Id,
  Instant,
  Lines,
  OneOf,
  Phone,
  Purpose,
} from '../atoms.ts'
import type { OperationSchemas } from '../operation-schemas.ts'
import { StatusReason } from '../reasons.ts'
import type { operations } from './operations.ts'

/** Exactly one of `document` and `phone`: people are found by exact match only, never by name or by listing. */
export const PersonSearch = Closed({
  document: Type.Optional(
    Closed({ type: DocumentType, number: DocumentNumber, country: Type.Optional(CountryCode) }),
  ),
  phone: Type.Optional(Phone),
  purpose: Purpose,
})

export const PersonEntry = Type.Object({
  personId: Id,
  nameMasked: Type.String(),
  documentType: DocumentType,
  documentNumberMasked: Type.String(),
  phoneMasked: Type.Optional(Type.String()),
  colour: Colour,
})
export type PersonEntry = Static<typeof PersonEntry>

export const PersonFinding = Type.Object({
  findingId: Id,
  category: Type.String(),
  anchorAt: Instant,
  endedAt: Type.Optional(Instant),
  /** What the list that ended it says of why. */
  endEvidence: Type.Optional(Type.String()),
  /** Of a secondary contact: whose contact, and since when that person is confirmed. */
  contact: Type.Optional(
    Type.Object({ personId: Id, nameMasked: Type.String(), positiveAt: Type.Optional(Instant) }),
  ),
  /** Name of the area or control zone it belongs to. */
  zone: Type.Optional(Type.String()),
  evidence: Type.String(),
  source: Type.String(),
  state: OneOf(FINDING_STATES),
  enteredBy: Type.String(),
  approvedBy: Type.String(),
  approvedAt: Instant,
})
export type PersonFinding = Static<typeof PersonFinding>

export const StatusChange = Type.Object({
  at: Instant,
  from: Type.Optional(Colour),
  to: Colour,
  cause: Type.String(),
  categories: Type.Array(Type.String()),
})
export type StatusChange = Static<typeof StatusChange>

export const Person = Type.Object({
  personId: Id,
  nameMasked: Type.String(),
  documentType: DocumentType,
  documentNumberMasked: Type.String(),
  phoneMasked: Type.Optional(Type.String()),
  registeredAt: Instant,
  colour: Colour,
  reasons: Type.Array(StatusReason),
  evaluatedAt: Type.Optional(Instant),
  nextChangeAt: Type.Optional(Instant),
  findings: Type.Array(PersonFinding),
  changes: Type.Array(StatusChange),
})
export type Person = Static<typeof Person>

export const PersonParams = Closed({ personId: Id })

/** The purpose under which the person is opened goes with the request and is logged. */
export const PersonQuery = Closed({ purpose: Purpose })

export const PersonUnmasked = Type.Object({
  name: Type.String(),
  documentNumber: Type.String(),
  phone: Type.Optional(Type.String()),
})
export type PersonUnmasked = Static<typeof PersonUnmasked>

export const schemas = {
  searchPerson: {
    summary: 'Finds a person by an exact document number or phone',
    body: PersonSearch,
    responses: { 200: Type.Object({ persons: Type.Array(PersonEntry) }) },
  },
  getPerson: {
    summary: 'Gives the file of a person: colour, reasons, findings, changes',
    params: PersonParams,
    query: PersonQuery,
    responses: { 200: Person },
  },
  unmaskPerson: {
    summary: 'Shows name, document number and phone of a person in full',
    params: PersonParams,
    body: Closed({ purpose: Purpose }),
    responses: { 200: PersonUnmasked },
  },
  grantPaperCode: {
    summary: 'Allows a person a paper code',
    params: PersonParams,
    body: Closed({ reason: Lines({ minLength: 2, maxLength: 300 }) }),
    responses: { 204: Type.Null() },
  },
} satisfies Record<keyof typeof operations, OperationSchemas>
