import { worseColour } from './colour.ts'
import type { StatusEvaluation } from './reason.ts'

/** Why a person is not green whatever the facts say: an office has to answer, or the person is not here any more. */
export const HOLDS = ['identity_unconfirmed', 'deceased', 'moved_away'] as const
export type Hold = (typeof HOLDS)[number]

/** Their words; no ruleset knows them. */
export const HOLD_TITLES = {
  identity_unconfirmed: {
    zh: '身份待核实：可能已用其他证件登记',
    en: 'Identity to be confirmed: perhaps registered with another document',
  },
  deceased: { zh: '已登记为去世', en: 'Recorded as deceased' },
  moved_away: { zh: '已登记为迁出', en: 'Recorded as moved away' },
} as const satisfies Record<Hold, { zh: string; en: string }>

export const isHold = (category: string): category is Hold => (HOLDS as readonly string[]).includes(category)

/** An evaluation with what holds it: never green while it does, and never softer than the facts. */
export const withHolds = (
  evaluation: StatusEvaluation,
  holds: readonly { hold: Hold; since: number }[],
): StatusEvaluation => {
  if (holds.length === 0) return evaluation
  const reasons = holds.map(({ hold, since }) => ({
    findingId: null,
    category: hold,
    colour: 'none' as const,
    since,
    until: null,
    endsAt: null,
    conditions: [],
    actions: ['contact_community'] as const,
    appealable: hold !== 'identity_unconfirmed',
  }))
  return {
    ...evaluation,
    colour: worseColour(evaluation.colour, 'none'),
    // The facts of a red or yellow stand first, as always.
    reasons: [
      ...evaluation.reasons.filter(({ colour }) => colour === 'red' || colour === 'yellow'),
      ...reasons,
      ...evaluation.reasons.filter(({ colour }) => colour !== 'red' && colour !== 'yellow'),
    ],
  }
}
