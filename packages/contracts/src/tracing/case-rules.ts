import { VENUE_KINDS } from '@jiankangbao/domain/decision/venue-kind'
import { MOST_FURTHER, MOST_MARGIN_MINUTES, TRACING_RULES } from '@jiankangbao/domain/tracing/rules'
import { type Static, Type } from 'typebox'
import { Closed, OneOf, PersonId } from '../atoms.ts'

const rule = (name: keyof typeof TRACING_RULES) =>
  Type.Integer({ minimum: TRACING_RULES[name].least, maximum: TRACING_RULES[name].most })

const Margin = Type.Integer({ minimum: 0, maximum: MOST_MARGIN_MINUTES })

/** Thresholds of one case; standards, bounds and sources are in the domain (`TRACING_RULES`). */
export const CaseRules = Closed({
  closeMinutes: rule('closeMinutes'),
  coPresenceMinutes: rule('coPresenceMinutes'),
  daysBefore: rule('daysBefore'),
  /** Minutes before and after a stay, of the kinds of place whose margins were moved. */
  margins: Type.Optional(
    Type.Array(Closed({ kind: OneOf(VENUE_KINDS), before: Margin, after: Margin }), {
      maxItems: VENUE_KINDS.length,
    }),
  ),
  /** Contacts whose own contacts are looked for as well. */
  further: Type.Optional(Type.Array(PersonId, { maxItems: MOST_FURTHER, uniqueItems: true })),
})
export type CaseRules = Static<typeof CaseRules>
