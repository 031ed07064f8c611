import { CORRECTED_FIELDS } from '@jiankangbao/domain/ticket/correction'
import { PROPOSAL_STATES } from '@jiankangbao/domain/vocabulary/approval'
import { AUTHORITY_ANSWERS } from '@jiankangbao/domain/vocabulary/people'
import { type Static, Type } from 'typebox'
import {
  CalendarDate,
  Closed,
  CorrectionChangeId,
  CountryCode,
  DocumentNumber,
  DocumentType,
  Instant,
  Lines,
  OneOf,
  PersonId,
  PersonName,
  Phone,
  RequestId,
  Shown,
  Uuid,
} from '../atoms.ts'
import type { OperationSchemas } from '../operation-schemas.ts'
import type { operations } from './operations.ts'

export const about = 'What was wrong about a person from the beginning, put right by two operators'

/** What is written of a person, masked. */
const MaskedData = Type.Object({
  nameMasked: Shown('张*'),
  documentType: DocumentType,
  documentNumberMasked: Shown('E1*****78'),
  /** The year alone. */
  birthMasked: Type.Optional(Shown('1990-**-**')),
  /** Of their account; none where they have none, or it was left. */
  phoneMasked: Type.Optional(Shown('138****0001')),
})

const common = {
  correctionId: Uuid,
  fields: Type.Array(OneOf(CORRECTED_FIELDS)),
  before: MaskedData,
  after: MaskedData,
  state: OneOf(PROPOSAL_STATES),
  madeAt: Instant,
  decidedAt: Type.Optional(Instant),
}
export const Correction = Type.Object({
  ...common,
  /** Of whom in the account holder's care it is. */
  memberMasked: Type.Optional(Shown('张**')),
})
export type Correction = Static<typeof Correction>

export const OfficeCorrection = Type.Object({
  ...common,
  /** Where a second person decides about it. */
  changeId: CorrectionChangeId,
  /** What the identity authority said of name and number. */
  authority: OneOf(AUTHORITY_ANSWERS),
  evidence: Shown('户口本与身份证原件，姓名应为“晓”'),
  madeBy: Shown('王示例'),
  decidedBy: Type.Optional(Shown('赵示例')),
  decisionReason: Type.Optional(Shown('已核对原件')),
})
export type OfficeCorrection = Static<typeof OfficeCorrection>

export const NewCorrection = Closed({
  requestId: RequestId,
  /** Without it the document finds the person: of a ticket whose author is not registered, as with a new number. */
  personId: Type.Optional(PersonId),
  /** The ticket that asked for it: of the same person, or of nobody who is registered. */
  ticketId: Type.Optional(Uuid),
  /** As it is on the document, whole. */
  identity: Closed({
    name: PersonName,
    documentType: DocumentType,
    documentNumber: DocumentNumber,
    country: Type.Optional(CountryCode),
    birthOn: Type.Optional(CalendarDate),
  }),
  /** The new number of their account, where it changed. */
  phone: Type.Optional(Phone),
  evidence: Lines({ minLength: 4, maxLength: 500, description: 'what was seen' }),
})
export type NewCorrection = Static<typeof NewCorrection>

export const schemas = {
  proposeCorrection: {
    summary: 'Proposes to put data of a person right; the authority is asked, a second person decides',
    body: NewCorrection,
    responses: { 201: OfficeCorrection },
  },
  listCorrections: {
    summary: 'Lists the corrections that came of a ticket',
    params: Closed({ ticketId: Uuid }),
    responses: { 200: Type.Object({ corrections: Type.Array(OfficeCorrection) }) },
  },
  listMyCorrections: {
    summary: 'Lists what was put right about the account holder and their family: before and after, masked',
    responses: { 200: Type.Object({ corrections: Type.Array(Correction) }) },
  },
} satisfies Record<keyof typeof operations, OperationSchemas>
