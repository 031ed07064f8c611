import { CONSENT_MEANS, RELATIONS } from '@jiankangbao/domain/vocabulary/people'
import { type Static, Type } from 'typebox'
import {
  CalendarDate,
  Closed,
  Colour,
  CountryCode,
  DocumentNumber,
  DocumentType,
  Instant,
  OneOf,
  PersonName,
  RequestId,
  Shown,
  Uuid,
} from '../atoms.ts'
import type { OperationSchemas } from '../operation-schemas.ts'
import type { operations } from './operations.ts'

export const about = 'Family members whom an account looks after'

export const Relation = OneOf(RELATIONS)
export type Relation = Static<typeof Relation>

export const ConsentMeans = OneOf(CONSENT_MEANS)

export const MemberRequest = Closed({
  requestId: RequestId,
  name: PersonName,
  documentType: DocumentType,
  documentNumber: DocumentNumber,
  country: Type.Optional(CountryCode),
  birthOn: Type.Optional(CalendarDate),
  relation: Relation,
  consentMeans: ConsentMeans,
})
export type MemberRequest = Static<typeof MemberRequest>

export const Member = Type.Object({
  memberId: Uuid,
  nameMasked: Shown('张*'),
  documentType: DocumentType,
  documentNumberMasked: Shown('110***********0011'),
  relation: Relation,
  colour: Colour,
  mayHoldPaperCode: Type.Boolean(),
  addedAt: Instant,
})
export type Member = Static<typeof Member>

export const MemberList = Type.Object({ members: Type.Array(Member), limit: Type.Integer() })

export const schemas = {
  listMembers: {
    summary: 'Lists the family members of the account',
    responses: { 200: MemberList },
  },
  addMember: {
    summary: 'Adds a family member',
    body: MemberRequest,
    responses: { 201: Member },
  },
  removeMember: {
    summary: 'Removes a family member from the account',
    params: Closed({ memberId: Uuid }),
    responses: { 204: Type.Null() },
  },
} satisfies Record<keyof typeof operations, OperationSchemas>
