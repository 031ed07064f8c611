import { FACE_VERDICTS } from '@jiankangbao/domain/vocabulary/people'
import { type Static, Type } from 'typebox'
import {
  CalendarDate,
  Closed,
  CountryCode,
  DocumentNumber,
  DocumentType,
  Instant,
  Line,
  OneOf,
  PersonName,
  Shown,
  Uuid,
} from '../atoms.ts'
import type { OperationSchemas } from '../operation-schemas.ts'
import type { operations } from './operations.ts'

export const about = 'Registration of the account holder with name, document and face'

const identity = {
  name: PersonName,
  documentType: DocumentType,
  documentNumber: DocumentNumber,
  /** ISO 3166-1 alpha-3, for passports. */
  country: Type.Optional(CountryCode),
  /** For documents that do not carry it. */
  birthOn: Type.Optional(CalendarDate),
}

/** Whose face it has to be. */
export const NamedIdentity = Closed(identity)
export type NamedIdentity = Static<typeof NamedIdentity>

export const FaceForm = Closed(
  {
    ...identity,
    image: Type.String({ contentMediaType: 'image/jpeg', description: 'JPEG or PNG, at most 5 MiB' }),
  },
  {
    examples: [
      {
        name: '张示例',
        documentType: 'resident_id',
        documentNumber: '11010119900307001X',
        image: '(bytes)',
      },
    ],
  },
)

/** Good for ten minutes, once, in the session that asked, and for the identity that was named. */
export const FaceCheck = Type.Object({
  faceCheckId: Uuid,
  verdict: OneOf(FACE_VERDICTS),
})
export type FaceCheck = Static<typeof FaceCheck>

export const Registration = Closed({
  ...identity,
  faceCheckId: Uuid,
  consentVersion: Line({ minLength: 1, maxLength: 40 }),
})
export type Registration = Static<typeof Registration>

export const OwnPerson = Type.Object({
  nameMasked: Shown('张*'),
  documentType: DocumentType,
  documentNumberMasked: Shown('110***********0011'),
  registeredAt: Instant,
  mayHoldPaperCode: Type.Boolean(),
})
export type OwnPerson = Static<typeof OwnPerson>

/** `takenOver` is true where this identity was moved from another phone; that phone has been told. */
export const Registered = Type.Object({ person: OwnPerson, takenOver: Type.Boolean() })

export const Me = Type.Object({
  phoneMasked: Shown('138****0001'),
  registered: Type.Boolean(),
  person: Type.Optional(OwnPerson),
  consentVersion: Type.Optional(Shown('2022-03')),
})
export type Me = Static<typeof Me>

export const schemas = {
  createFaceCheck: {
    summary: 'Checks whether a picture shows the face of one named person',
    form: FaceForm,
    responses: { 201: FaceCheck },
  },
  register: {
    summary: 'Registers the account holder',
    body: Registration,
    responses: { 201: Registered },
  },
  getMe: {
    summary: 'Gives the account and the person registered with it',
    responses: { 200: Me },
  },
} satisfies Record<keyof typeof operations, OperationSchemas>
