/**
 * How far somebody's test is. `being_called`: the laboratory has told something that a person tells by telephone first; the
 * colour follows at once, only the word waits.
 */
export const MY_TEST_STATES = [
  'taken',
  'on_the_way',
  'received',
  'negative',
  'being_called',
  'positive',
] as const
export type MyTestState = (typeof MY_TEST_STATES)[number]

/** A positive is told by telephone first; after this long the app says it too. */
export const CALLED_WITHIN_MS = 30 * 60_000

/** What came of a call. */
export const CALL_OUTCOMES = ['reached', 'not_reached'] as const
export type CallOutcome = (typeof CALL_OUTCOMES)[number]

/** What a sheet turns out to be. `revoked`: the result was corrected or taken back since. */
export const SHEET_OUTCOMES = ['valid', 'revoked', 'forged', 'unreadable'] as const
export type SheetOutcome = (typeof SHEET_OUTCOMES)[number]

/** The word for a result at an instant: positive is said once somebody was reached, or after half an hour. */
export const wordOfResult = (
  result: 'negative' | 'positive',
  reportedMs: number,
  nowMs: number,
  wasReached = false,
): MyTestState => {
  if (result === 'negative') return 'negative'
  if (wasReached) return 'positive'
  return nowMs - reportedMs < CALLED_WITHIN_MS ? 'being_called' : 'positive'
}
