/** While changes do not arrive by themselves, the phone asks this often. */
const POLL_MS = 10_000
/** A pass this young is not asked for again when the socket is ready: it is the one the app opened with. */
const YOUNG_MS = 2_000

/** When to ask for the pass again after an answer: when its code is renewed, earlier while nothing tells of changes. */
export const planAfterAnswer = (isLive: boolean, rotationMs: number): number =>
  isLive ? rotationMs : Math.min(POLL_MS, rotationMs)

/**
 * When to ask again as the socket comes or goes. What changed while it was away was told to nobody: at once when it is
 * back. When it is lost, within the time of polling; not at once, because a server that ends takes thousands with it.
 * @param dueInMs until the next asking as planned
 * @returns milliseconds; undefined leaves the plan as it is
 */
export const planAfterLive = (
  isLive: boolean,
  { ageMs, dueInMs }: { ageMs: number; dueInMs: number },
): number | undefined => {
  if (isLive) return ageMs < YOUNG_MS ? undefined : 0
  return dueInMs <= POLL_MS ? undefined : POLL_MS
}
