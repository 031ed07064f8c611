import { type Static, Type } from 'typebox'
import { Closed, Instant, Shown } from '../atoms.ts'
import type { OperationSchemas } from '../operation-schemas.ts'
import type { operations } from './operations.ts'

export const about = 'The national travel card, asked for with consent'

/** Consent to this one question; nothing is kept but what is shown, for a few minutes. */
export const TravelCardQuestion = Closed({ consent: Type.Literal(true) })

export const TravelCard = Type.Object({
  phoneMasked: Shown('138****0001'),
  places: Type.Array(Type.Object({ name: Shown('北京市'), flagged: Type.Boolean() })),
  asOf: Instant,
  /** When what is shown is forgotten. */
  keptUntil: Instant,
})
export type TravelCard = Static<typeof TravelCard>

export const schemas = {
  showTravelCard: {
    summary: 'Asks for the travel card of the account’s phone',
    body: TravelCardQuestion,
    responses: { 200: TravelCard },
  },
} satisfies Record<keyof typeof operations, OperationSchemas>
