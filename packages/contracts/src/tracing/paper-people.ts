import { Type } from 'typebox'
import {
  CaseId,
  Closed,
  CountryCode,
  DocumentNumber,
  DocumentType,
  Lines,
  PersonName,
  RequestId,
  Shown,
  StayId,
} from '../atoms.ts'

const OnPaper = Closed({
  name: PersonName,
  document: Closed({ type: DocumentType, number: DocumentNumber, country: Type.Optional(CountryCode) }),
  /** How long they were with the case, as the list says. */
  minutes: Type.Integer({ minimum: 1, maximum: 1440 }),
})

/** A list without place and day colours nobody: each list is of one stay of the case. */
export const addCasePaperPeople = {
  summary: 'Adds people known only on paper to one stay of a case: they count once registered',
  params: Closed({ caseId: CaseId }),
  body: Closed({
    requestId: RequestId,
    version: Type.Integer({ minimum: 1, maximum: 1_000_000 }),
    stayId: StayId,
    people: Type.Array(OnPaper, { minItems: 1, maxItems: 200 }),
    evidence: Lines({ minLength: 4, maxLength: 500 }),
  }),
  responses: {
    /** `added`, `repeated` and `refused` together are as many as were sent. */
    200: Type.Object({
      sent: Type.Integer(),
      added: Type.Integer(),
      repeated: Type.Integer(),
      /** Of those added: not registered. */
      unregistered: Type.Integer(),
      refused: Type.Array(Type.Object({ row: Type.Integer(), reason: Shown('check_digit') })),
    }),
  },
}
