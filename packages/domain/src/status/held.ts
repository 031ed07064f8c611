import { type Colour, colourSeverity, worseColour } from './colour.ts'
import type { StatusEvaluation } from './reason.ts'

/** Why a person is not green whatever the facts say: an office has to answer, or the person is not here any more. */
export const HOLDS = ['identity_unconfirmed', 'deceased', 'moved_away'] as const
export type Hold = (typeof HOLDS)[number]

/** Something reported about a person waits for headquarters: they are not greener than they were when it came. */
export const REPORT_HELD = 'report_held'

/** Their words; no ruleset knows them. */
const HOLD_TITLES = {
  identity_unconfirmed: {
    zh: '身份待核实：可能已用其他证件登记',
    en: 'Identity to be confirmed: perhaps registered with another document',
  },
  deceased: { zh: '已登记为去世', en: 'Recorded as deceased' },
  moved_away: { zh: '已登记为迁出', en: 'Recorded as moved away' },
  [REPORT_HELD]: { zh: '有上报结果待核实', en: 'A reported result is being checked' },
} as const satisfies Record<Hold | typeof REPORT_HELD, { zh: string; en: string }>

/** The words of what holds a person; undefined for a category of rulesets. */
export const findHoldTitle = (category: string): { zh: string; en: string } | undefined =>
  Object.hasOwn(HOLD_TITLES, category) ? HOLD_TITLES[category as keyof typeof HOLD_TITLES] : undefined

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

/** An evaluation that is not milder than the floor. Where the facts are as strict by themselves nothing is said of it. */
export const withFloor = (
  evaluation: StatusEvaluation,
  floor: { colour: Colour; since: number } | undefined,
): StatusEvaluation => {
  if (!floor || colourSeverity(floor.colour) <= colourSeverity(evaluation.colour)) return evaluation
  const reason = {
    findingId: null,
    category: REPORT_HELD,
    colour: floor.colour,
    since: floor.since,
    until: null,
    endsAt: null,
    conditions: [],
    actions: ['contact_community'] as const,
    appealable: false,
  }
  return { ...evaluation, colour: floor.colour, reasons: [reason, ...evaluation.reasons] }
}
