import {
  DECISION_ALARMS,
  PROPOSAL_ACTS,
  PROPOSAL_STATES,
  VERDICTS,
} from '@jiankangbao/domain/vocabulary/approval'
import {
  ABSENCES,
  IDENTITY_CHANGE_KINDS,
  IDENTITY_MATTER_CAUSES,
  IDENTITY_MATTER_STATES,
  type IdentityChangeKind,
} from '@jiankangbao/domain/vocabulary/people'
import { type Static, Type } from 'typebox'
import {
  CalendarDate,
  Closed,
  Colour,
  CountryCode,
  Cursor,
  DocumentNumber,
  DocumentType,
  IdentityChangeId,
  IdentityMatterId,
  Instant,
  Line,
  LookupPurpose,
  OneOf,
  PageSize,
  PersonId,
  PersonName,
  RequestId,
  Shown,
  Uuid,
} from '../atoms.ts'
import type { OperationSchemas } from '../operation-schemas.ts'
import { OwnPerson } from '../person/schemas.ts'
import type { operations } from './operations.ts'

export const about =
  'One human, one person: renewed documents, possible same persons, merging, the dead and the gone'

/** A document as it is read from its holder's hand. */
const HeldDocument = {
  name: PersonName,
  documentType: DocumentType,
  documentNumber: DocumentNumber,
  /** ISO 3166-1 alpha-3, for passports. */
  country: Type.Optional(CountryCode),
  /** For documents that do not carry it. */
  birthOn: Type.Optional(CalendarDate),
}

export const DocumentRenewal = Closed({ ...HeldDocument, faceCheckId: Uuid })
export type DocumentRenewal = Static<typeof DocumentRenewal>

/** One of the two persons of a matter, masked. */
export const IdentitySide = Type.Object({
  personId: PersonId,
  nameMasked: Shown('张*'),
  documentType: DocumentType,
  documentNumberMasked: Shown('E1*****78'),
  country: Type.Optional(Shown('USA')),
  /** Documents that were replaced, newest first. */
  formerDocuments: Type.Array(
    Type.Object({ documentType: DocumentType, documentNumberMasked: Shown('E1*****34'), retiredAt: Instant }),
  ),
  registeredAt: Instant,
  colour: Colour,
  absence: Type.Optional(OneOf(ABSENCES)),
})
export type IdentitySide = Static<typeof IdentitySide>

export const IdentityMatterEntry = Type.Object({
  matterId: IdentityMatterId,
  cause: OneOf(IDENTITY_MATTER_CAUSES),
  state: OneOf(IDENTITY_MATTER_STATES),
  openedAt: Instant,
  /** Two hours later, nights too. */
  dueAt: Instant,
  closedAt: Type.Optional(Instant),
  documentTypes: Type.Array(DocumentType),
  /** Somebody proposed an answer that waits for a second person. */
  isProposed: Type.Boolean(),
  /** How often staff at a door compared both documents and let pass meanwhile. */
  letPasses: Type.Integer(),
})
export type IdentityMatterEntry = Static<typeof IdentityMatterEntry>

export const IdentityChangeEntry = Type.Object({
  changeId: IdentityChangeId,
  kind: OneOf(IDENTITY_CHANGE_KINDS),
  matterId: Type.Optional(IdentityMatterId),
  personId: PersonId,
  nameMasked: Shown('张*'),
  otherPersonId: Type.Optional(PersonId),
  otherNameMasked: Type.Optional(Shown('Z**')),
  absence: Type.Optional(OneOf(ABSENCES)),
  /** The document that would replace the one in use, masked. */
  document: Type.Optional(
    Type.Object({
      nameMasked: Shown('张*'),
      documentType: DocumentType,
      documentNumberMasked: Shown('E1*****78'),
      country: Type.Optional(Shown('USA')),
      birthMasked: Type.Optional(Shown('1990-**-**')),
      /** Of a correction: the new number of the person's account. */
      phoneMasked: Type.Optional(Shown('138****0001')),
    }),
  ),
  /** What it replaces, masked; while it is open. */
  current: Type.Optional(
    Type.Object({
      nameMasked: Shown('张*'),
      documentType: DocumentType,
      documentNumberMasked: Shown('E1*****78'),
      birthMasked: Type.Optional(Shown('1990-**-**')),
      phoneMasked: Type.Optional(Shown('138****0001')),
    }),
  ),
  reason: Shown('护照换发，已核对新旧两本'),
  state: OneOf(PROPOSAL_STATES),
  alarms: Type.Array(OneOf(DECISION_ALARMS)),
  proposedBy: Shown('王示例'),
  proposedAt: Instant,
  expiresAt: Instant,
  decidedBy: Type.Optional(Shown('赵示例')),
  decidedAt: Type.Optional(Instant),
  decisionReason: Type.Optional(Shown('已核对')),
  /** What the caller may do with it. */
  allowed: Type.Array(OneOf(PROPOSAL_ACTS)),
})
export type IdentityChangeEntry = Static<typeof IdentityChangeEntry>

/** Somebody at a door compared both documents and let pass. */
export const LetPass = Type.Object({
  passedAt: Instant,
  venueName: Shown('示例商场'),
  pointName: Shown('东门'),
  /** The operator, or the enrolled phone. */
  by: Shown('王示例'),
  organisation: Shown('示例商场'),
})
export type LetPass = Static<typeof LetPass>

export const IdentityMatter = Type.Object({
  matter: IdentityMatterEntry,
  first: IdentitySide,
  second: IdentitySide,
  changes: Type.Array(IdentityChangeEntry),
  /** Newest first. */
  letPasses: Type.Array(LetPass),
})
export type IdentityMatter = Static<typeof IdentityMatter>

/** A correction has a way of its own, which asks the authority first. */
const PROPOSED_KINDS = IDENTITY_CHANGE_KINDS.filter(
  (kind): kind is Exclude<IdentityChangeKind, 'correct'> => kind !== 'correct',
)

const Why = Line({ minLength: 2, maxLength: 500 })

/**
 * `merge` and `keep_apart` answer a matter (`matterId`), or `merge` names two persons; `unmerge`, `set_absence`,
 * `end_absence` and `renew` are about `personId`.
 */
export const IdentityChangeRequest = Closed(
  {
    requestId: RequestId,
    kind: OneOf(PROPOSED_KINDS),
    matterId: Type.Optional(IdentityMatterId),
    personId: Type.Optional(PersonId),
    otherPersonId: Type.Optional(PersonId),
    absence: Type.Optional(OneOf(ABSENCES)),
    document: Type.Optional(Closed(HeldDocument)),
    reason: Why,
  },
  {
    examples: [
      {
        requestId: '6f9619ff-8b86-4d01-b42d-00cf4fc964ff',
        kind: 'set_absence',
        personId: 'pZ3kQ0cM1yV7n2xW8sTb4A',
        absence: 'moved_away',
        reason: '户籍迁出证明',
      },
    ],
  },
)
export type IdentityChangeRequest = Static<typeof IdentityChangeRequest>

const ChangeParams = Closed({ changeId: IdentityChangeId })

export const schemas = {
  listIdentityMatters: {
    summary: 'Lists possible same persons, those that wait the longest first',
    query: Closed({
      state: Type.Optional(OneOf(IDENTITY_MATTER_STATES)),
      cursor: Type.Optional(Cursor),
      limit: Type.Optional(PageSize),
    }),
    responses: {
      200: Type.Object({
        matters: Type.Array(IdentityMatterEntry),
        serverTime: Instant,
        nextCursor: Type.Optional(Cursor),
      }),
    },
  },
  getIdentityMatter: {
    summary: 'Shows both persons of a matter side by side, masked; both persons see the look-up',
    params: Closed({ matterId: IdentityMatterId }),
    query: Closed({ purpose: LookupPurpose }),
    responses: { 200: IdentityMatter },
  },
  listIdentityChanges: {
    summary: 'Lists what is proposed about who is who, newest first',
    query: Closed({
      state: Type.Optional(OneOf(PROPOSAL_STATES)),
      personId: Type.Optional(PersonId),
      cursor: Type.Optional(Cursor),
      limit: Type.Optional(PageSize),
    }),
    responses: {
      200: Type.Object({ changes: Type.Array(IdentityChangeEntry), nextCursor: Type.Optional(Cursor) }),
    },
  },
  proposeIdentityChange: {
    summary: 'Proposes who is who; another operator decides',
    body: IdentityChangeRequest,
    responses: { 201: IdentityChangeEntry },
  },
  decideIdentityChange: {
    summary: 'Decides what another operator proposed about who is who',
    params: ChangeParams,
    body: Closed({ verdict: OneOf(VERDICTS), reason: Why }),
    responses: { 200: IdentityChangeEntry },
  },
  withdrawIdentityChange: {
    summary: 'Takes an own proposal about who is who back',
    params: ChangeParams,
    body: Closed({ reason: Why }),
    responses: { 200: IdentityChangeEntry },
  },
  renewDocument: {
    summary: 'Replaces the document of the account holder by its successor; the former one stays known',
    body: DocumentRenewal,
    responses: { 200: OwnPerson },
  },
} satisfies Record<keyof typeof operations, OperationSchemas>
