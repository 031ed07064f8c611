import { COLOUR_NUMBERS, DECISION_NUMBERS, DECISION_REASON_BITS } from '@jiankangbao/domain/decision/coding'
import { EVALUATION_GRACE_MS } from '@jiankangbao/domain/decision/decide'

// `decide` of the domain as SQL, for scans and checks. It reads the colour, what is known of the person, and the policy of
// the door from columns of the row; visit.decision.db.test.ts compares it with the domain.

const { none, green, yellow, red } = COLOUR_NUMBERS
const { admit, review } = DECISION_NUMBERS
const bits = DECISION_REASON_BITS

/** The colour from a table that may have no row for the person. Without a row the colour is unknown. */
export const knownColour = (column: string): string => `coalesce(${column}, ${none})`

/** Everything that stands against admitting, in one number. */
export const reasonBits = ({ now, registered }: { now: string; registered: string }): string =>
  `(case colour when ${red} then ${bits.colour_red} when ${yellow} then ${bits.colour_yellow} when ${green} then 0 else ${bits.colour_none} end
      | case when test_max_age_hours is null then 0 when latest_negative_at is null then ${bits.test_missing}
          when ${now} - latest_negative_at > test_max_age_hours * interval '1 hour' then ${bits.test_too_old} else 0 end
      | case when requires_entry_registration and not ${registered} then ${bits.entry_registration_missing} else 0 end
      | case when evaluated_at is null or next_change_at <= ${now} - interval '${EVALUATION_GRACE_MS / 1000} seconds'
          or ${now} - evaluated_at > max_evaluation_age_hours * interval '1 hour' then ${bits.evaluation_stale} else 0 end
      | case when colour = ${green} and on_green = ${review} then ${bits.policy_review} else 0 end)`

/** The decision, by the colour and by what stands against admitting. */
export const decisionOf = (reasons: string): string =>
  `case colour when ${red} then on_red when ${yellow} then on_yellow when ${green} then case when ${reasons} = 0 then ${admit} else ${review} end else on_none end`

/** Admitted at a door that asks for entry registration: one was found. */
export const isEntryRegistered = (reasons: string): string =>
  `colour = ${green} and ${reasons} = 0 and requires_entry_registration`

// Colour, decision and flags of a visit share one number: two bits, two bits, and the rest.

export const packAnswer = (row: string): string =>
  `(${row}.colour | (${row}.decision << 2) | (${row}.answer_flags << 4))::smallint`
export const answeredColour = (answer: string): string => `${answer} & 3`
export const answeredDecision = (answer: string): string => `${answer} >> 2 & 3`
export const answeredFlags = (answer: string): string => `${answer} >> 4`
