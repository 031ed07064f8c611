import {
  CONSENT_MEANS,
  EARLIER_CONSENT_MEANS,
  FAMILY_ANSWERS,
  OFFICE_CONSENT_MEANS,
  RELATIONS,
} from '@jiankangbao/domain/vocabulary/people'
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

/** How somebody agrees: on their own phone, by their face here, by their guardian's word, at an office. */
export const ConsentMeans = OneOf(CONSENT_MEANS)
export type ConsentMeans = Static<typeof ConsentMeans>

export const MemberRequest = Closed({
  requestId: RequestId,
  name: PersonName,
  documentType: DocumentType,
  documentNumber: DocumentNumber,
  country: Type.Optional(CountryCode),
  /** Needed where the document does not carry it. */
  birthOn: Type.Optional(CalendarDate),
  relation: Relation,
  consentMeans: ConsentMeans,
  /** A passed check of the face of this identity, for `face`. */
  faceCheckId: Type.Optional(Uuid),
})
export type MemberRequest = Static<typeof MemberRequest>

export const Member = Type.Object({
  memberId: Uuid,
  nameMasked: Shown('张*'),
  documentType: DocumentType,
  documentNumberMasked: Shown('110***********0011'),
  relation: Relation,
  /** The last two only for links of before: their adults have to agree anew. */
  consentMeans: OneOf([...CONSENT_MEANS, ...OFFICE_CONSENT_MEANS, ...EARLIER_CONSENT_MEANS]),
  colour: Colour,
  ownAccount: Type.Boolean({ description: 'they have a phone of their own and look after themselves there' }),
  showsCode: Type.Boolean({ description: 'live code, digits and paper code may be shown by this account' }),
  mayHoldPaperCode: Type.Boolean(),
  addedAt: Instant,
})
export type Member = Static<typeof Member>

/** Nobody learns from it whether the person is known here: it waits until they agree, or until it ends. */
export const SentRequest = Type.Object({
  familyRequestId: Uuid,
  nameMasked: Shown('张*'),
  relation: Relation,
  sentAt: Instant,
  expiresAt: Instant,
})
export type SentRequest = Static<typeof SentRequest>

export const MemberList = Type.Object({
  members: Type.Array(Member),
  limit: Type.Integer(),
  waiting: Type.Array(SentRequest),
})

/** Added at once, or asked first. */
export const AddedMember = Type.Object({
  member: Type.Optional(Member),
  waiting: Type.Optional(SentRequest),
})
export type MemberList = Static<typeof MemberList>
export type AddedMember = Static<typeof AddedMember>

export const ReceivedRequest = Type.Object({
  familyRequestId: Uuid,
  askedBy: Shown('张小明', 'the full name of whoever asks'),
  relation: Relation,
  /** Whom it is about, where it is not the caller: a child under their guardianship. */
  aboutMasked: Type.Optional(Shown('张*')),
  sentAt: Instant,
  expiresAt: Instant,
})
export type ReceivedRequest = Static<typeof ReceivedRequest>

export const Holder = Type.Object({
  holderId: Uuid,
  nameMasked: Shown('张*'),
  /** What the person is to this holder. */
  relation: Relation,
  consentMeans: OneOf([...CONSENT_MEANS, ...OFFICE_CONSENT_MEANS, ...EARLIER_CONSENT_MEANS]),
  since: Instant,
  isCaller: Type.Boolean(),
  showsCode: Type.Boolean(),
  mayAllowCode: Type.Boolean({ description: 'whether `allowCode` changes anything for this holder' }),
  mayRemove: Type.Boolean(),
})
export type Holder = Static<typeof Holder>

export const schemas = {
  listMembers: {
    summary: 'Lists the family members of the account, and whom it has asked',
    responses: { 200: MemberList },
  },
  addMember: {
    summary: 'Adds a family member, or asks them first',
    body: MemberRequest,
    responses: { 201: AddedMember },
  },
  removeMember: {
    summary: 'Removes a family member from the account',
    params: Closed({ memberId: Uuid }),
    responses: { 204: Type.Null() },
  },
  withdrawFamilyRequest: {
    summary: 'Takes back what a person was asked',
    params: Closed({ familyRequestId: Uuid }),
    responses: { 204: Type.Null() },
  },
  listFamilyRequests: {
    summary: 'Lists who asks to look after the caller, or after a child of theirs',
    responses: { 200: Type.Object({ requests: Type.Array(ReceivedRequest) }) },
  },
  answerFamilyRequest: {
    summary: 'Agrees, refuses or reports; who asked learns of an agreement only',
    params: Closed({ familyRequestId: Uuid }),
    body: Closed({ answer: OneOf(FAMILY_ANSWERS) }),
    responses: { 204: Type.Null() },
  },
  listHolders: {
    summary: 'Lists which accounts look after the caller, or after a member without a phone',
    query: Closed({ memberId: Type.Optional(Uuid) }),
    responses: { 200: Type.Object({ holders: Type.Array(Holder) }) },
  },
  allowCode: {
    summary: 'Lets an account show the live code of the caller, or takes that back',
    params: Closed({ holderId: Uuid }),
    body: Closed({ allowed: Type.Boolean() }),
    responses: { 204: Type.Null() },
  },
  removeHolder: {
    summary: 'Ends that an account looks after the caller, or after a member of theirs',
    params: Closed({ holderId: Uuid }),
    responses: { 204: Type.Null() },
  },
} satisfies Record<keyof typeof operations, OperationSchemas>
