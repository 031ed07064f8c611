/** What a laboratory says of a tube. `unclear`: a pool counts as positive, one person is swabbed again. */
export const TUBE_RESULTS = ['negative', 'positive', 'unclear'] as const
export type TubeResult = (typeof TUBE_RESULTS)[number]

/** Why a result waits for a person instead of counting. */
export const HOLD_REASONS = [
  'unknown_tube',
  'not_sealed',
  'count_differs',
  'not_received',
  'other_laboratory',
  'sudden_rate',
] as const
export type HoldReason = (typeof HOLD_REASONS)[number]

export const TUBE_RESULT_STATES = ['applied', 'held', 'dropped'] as const
export type TubeResultState = (typeof TUBE_RESULT_STATES)[number]

/** What a person decides about a result that waits. */
export const HELD_VERDICTS = ['apply', 'drop'] as const
export type HeldVerdict = (typeof HELD_VERDICTS)[number]

/** Tubes of a laboratory: how many it told about, and how many of them were positive or unclear. */
export interface ResultCount {
  tubes: number
  positive: number
}

const FEWEST_POSITIVES = 5
const TIMES_MORE = 5
const LOWEST_SHARE = 0.1

/**
 * Whether a laboratory tells of so many more positives than before that a mistake is likelier than an outbreak: at least
 * five, at least a tenth of its tubes, and five times the share it had. One positive is never held for it.
 */
export const isSuddenRate = (before: ResultCount, told: ResultCount): boolean => {
  if (told.positive < FEWEST_POSITIVES) return false
  const share = told.positive / told.tubes
  const former = before.tubes === 0 ? 0 : before.positive / before.tubes
  return share >= LOWEST_SHARE && share >= TIMES_MORE * former
}
