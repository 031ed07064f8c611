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

/** The word for a result at an instant. */
export const wordOfResult = (
  result: 'negative' | 'positive',
  reportedMs: number,
  nowMs: number,
): MyTestState => {
  if (result === 'negative') return 'negative'
  return nowMs - reportedMs < CALLED_WITHIN_MS ? 'being_called' : 'positive'
}
