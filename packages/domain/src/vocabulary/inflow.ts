/** `pooled` says something about a tube of several people. */
export const TEST_KINDS = ['single', 'pooled'] as const
export type TestKind = (typeof TEST_KINDS)[number]

export const TEST_RESULTS = ['negative', 'positive'] as const
export type TestOutcome = (typeof TEST_RESULTS)[number]

/** What a laboratory says of a result. */
export const LABORATORY_ACTIONS = ['report', 'correct', 'withdraw'] as const
export type LaboratoryAction = (typeof LABORATORY_ACTIONS)[number]

export const RISK_LEVELS = ['high', 'medium', 'low'] as const
export type RiskLevel = (typeof RISK_LEVELS)[number]

/** The whole division of a code, or a street or village in it. */
export const RISK_AREA_EXTENTS = ['whole', 'part'] as const

/**
 * A version of the feed's list. `held`: it would lift so many areas at once that headquarters decides, or the same list an
 * hour later; `dropped`: refused, or another list came.
 */
export const FEED_STATES = ['applied', 'held', 'dropped'] as const
export const FEED_VERDICTS = ['apply', 'drop'] as const

/** What partners push. */
export const PUSH_KINDS = ['test_results', 'provincial_codes'] as const
export type PushKind = (typeof PUSH_KINDS)[number]

/** The limit beyond which a part of a push waits for headquarters. */
export const FLOOD_LIMITS = ['batch', 'hour', 'day'] as const
export type FloodLimit = (typeof FLOOD_LIMITS)[number]

/** `withdrawn`: the partner took back all of it before somebody decided. */
export const HELD_PUSH_STATES = ['held', 'released', 'refused', 'withdrawn'] as const
export type HeldPushState = (typeof HELD_PUSH_STATES)[number]

export const HELD_PUSH_VERDICTS = ['release', 'refuse'] as const
export type HeldPushVerdict = (typeof HELD_PUSH_VERDICTS)[number]

/**
 * `identity_stale`: the province wants name and document renewed first; `waiting`: not asked yet; `not_found`: the
 * province does not know this person.
 */
export const PROVINCIAL_STATES = ['waiting', 'known', 'identity_stale', 'not_found'] as const
export type ProvincialState = (typeof PROVINCIAL_STATES)[number]

/** Whether a provider outside is asked: `open` means not, `half_open` tries again. */
export const BREAKER_STATES = ['closed', 'open', 'half_open'] as const
export type BreakerState = (typeof BREAKER_STATES)[number]
