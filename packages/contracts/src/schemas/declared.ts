import { type Static, Type } from 'typebox'
import { CalendarDate, Closed, CountryCode, DivisionCode, Instant, Line, RequestId, Uuid } from './atoms.ts'

/** The ten symptoms; `packages/domain` declaration/symptoms has the same list. */
export const Symptom = Type.Union([
  Type.Literal('fever'),
  Type.Literal('dry_cough'),
  Type.Literal('fatigue'),
  Type.Literal('sore_throat'),
  Type.Literal('loss_of_smell_or_taste'),
  Type.Literal('stuffy_nose'),
  Type.Literal('runny_nose'),
  Type.Literal('conjunctivitis'),
  Type.Literal('muscle_pain'),
  Type.Literal('diarrhoea'),
])
export type Symptom = Static<typeof Symptom>
export const Symptoms = Type.Array(Symptom, { maxItems: 10, uniqueItems: true })

/**
 * A place stayed, whole days: one of the two. Divisions are codes of GB/T 2260, finer ones within the city. The country is where
 * the person was, never their nationality.
 */
export const Stay = Closed({
  divisionCode: Type.Optional(DivisionCode),
  country: Type.Optional(CountryCode),
  fromOn: CalendarDate,
  toOn: CalendarDate,
  detail: Type.Optional(Line({ maxLength: 200 })),
})
export type Stay = Static<typeof Stay>
export const Stays = Type.Array(Stay, { maxItems: 20 })

/** What every declaration carries: the promise that it is true, and what it corrects. */
export const declaringFields = {
  requestId: RequestId,
  /** The declaration of which this is a further version; the earlier ones stay. */
  corrects: Type.Optional(Uuid),
  commitment: Type.Literal(true, {
    description:
      'the declarant promises that this is true and knows that false declarations have consequences',
  }),
}

/** What proves a declaration: its number, its time and the SHA-256 of its canonical content, hexadecimal. */
export const DeclaredVersion = Type.Object({
  version: Type.Integer(),
  declaredAt: Instant,
  contentHash: Type.String({ pattern: '^[0-9a-f]{64}$' }),
})
export type DeclaredVersion = Static<typeof DeclaredVersion>
