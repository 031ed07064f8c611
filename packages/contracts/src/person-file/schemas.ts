import { FINDING_STATES } from '@jiankangbao/domain/vocabulary/colours'
import { ABSENCES } from '@jiankangbao/domain/vocabulary/people'
import { type Static, Type } from 'typebox'
import {
  Closed,
  Colour,
  CountryCode,
  DocumentNumber,
  DocumentType,
  FindingId,
  Instant,
  Line,
  Lines,
  LookupPurpose,
  OneOf,
  PersonId,
  Phone,
  Shown,
} from '../atoms.ts'
import type { OperationSchemas } from '../operation-schemas.ts'
import { StatusReason } from '../reasons.ts'
import type { operations } from './operations.ts'

export const about =
  'The file of one person, for operators: every reading has a purpose and is seen by the person'

/** Of people who do not belong to the operator's division: why they are opened, for which case. The auditor hears of each. */
const outside = {
  reason: Type.Optional(Lines({ minLength: 4, maxLength: 300, examples: ['协查函要求核对共同居住人'] })),
  caseNumber: Type.Optional(Line({ minLength: 3, maxLength: 60, examples: ['协查 2022-031'] })),
}

/** Exactly one of `document` and `phone`: people are found by exact match only, never by name or by listing. */
export const PersonSearch = Closed(
  {
    document: Type.Optional(
      Closed({ type: DocumentType, number: DocumentNumber, country: Type.Optional(CountryCode) }),
    ),
    phone: Type.Optional(Phone),
    purpose: LookupPurpose,
    ...outside,
  },
  { examples: [{ phone: '13800000001', purpose: 'hotline' }] },
)

export const PersonEntry = Type.Object({
  personId: PersonId,
  nameMasked: Shown('张*'),
  documentType: DocumentType,
  documentNumberMasked: Shown('110***********0011'),
  phoneMasked: Type.Optional(Shown('138****0001')),
  colour: Colour,
})
export type PersonEntry = Static<typeof PersonEntry>

export const PersonFinding = Type.Object({
  findingId: FindingId,
  category: Shown('close_contact'),
  anchorAt: Instant,
  endedAt: Type.Optional(Instant),
  /** What the list that ended it says of why. */
  endEvidence: Type.Optional(Shown('出院证明')),
  /** Of a secondary contact: whose contact, and since when that person is confirmed. */
  contact: Type.Optional(
    Type.Object({ personId: PersonId, nameMasked: Shown('张*'), positiveAt: Type.Optional(Instant) }),
  ),
  /** Name of the area or control zone it belongs to. */
  zone: Type.Optional(Shown('示例小区管控区')),
  evidence: Shown('协查函 2022-031'),
  source: Shown('区疾控中心'),
  state: OneOf(FINDING_STATES),
  enteredBy: Shown('李示例'),
  approvedBy: Shown('王示例'),
  approvedAt: Instant,
})
export type PersonFinding = Static<typeof PersonFinding>

export const StatusChange = Type.Object({
  at: Instant,
  from: Type.Optional(Colour),
  to: Colour,
  cause: Shown('finding'),
  categories: Type.Array(Shown('close_contact')),
})
export type StatusChange = Static<typeof StatusChange>

export const Person = Type.Object({
  personId: PersonId,
  nameMasked: Shown('张*'),
  documentType: DocumentType,
  documentNumberMasked: Shown('110***********0011'),
  phoneMasked: Type.Optional(Shown('138****0001')),
  registeredAt: Instant,
  colour: Colour,
  reasons: Type.Array(StatusReason),
  evaluatedAt: Type.Optional(Instant),
  nextChangeAt: Type.Optional(Instant),
  findings: Type.Array(PersonFinding),
  changes: Type.Array(StatusChange),
  absence: Type.Optional(OneOf(ABSENCES)),
  /** Other documents of the same human, by the decision of two operators; findings are those of all. */
  oneWith: Type.Array(
    Type.Object({ personId: PersonId, nameMasked: Shown('Z**'), documentType: DocumentType }),
  ),
})
export type Person = Static<typeof Person>

export const PersonParams = Closed({ personId: PersonId })

/** The purpose under which the person is opened goes with the request and is logged. */
export const PersonQuery = Closed({ purpose: LookupPurpose, ...outside })

export const PersonUnmasked = Type.Object({
  name: Shown('张示例'),
  documentNumber: Shown('11010119900307001X'),
  phone: Type.Optional(Shown('13800000001')),
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
    body: Closed({ purpose: LookupPurpose, ...outside }),
    responses: { 200: PersonUnmasked },
  },
  grantPaperCode: {
    summary: 'Allows a person a paper code',
    params: PersonParams,
    body: Closed({ reason: Lines({ minLength: 2, maxLength: 300 }) }),
    responses: { 204: Type.Null() },
  },
} satisfies Record<keyof typeof operations, OperationSchemas>
