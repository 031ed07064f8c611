// Words of looking after isolated and monitored people, by key. Clients word each key.

/** `isolated`: has to stay where they are. `monitored`: goes about, and watches their health. */
export const FOLLOW_UP_MEASURES = ['isolated', 'monitored'] as const
export type FollowUpMeasure = (typeof FOLLOW_UP_MEASURES)[number]

/** `overdue`: the days were over and a test was missing until the end. `called_off`: the reason was never right. */
export const FOLLOW_UP_ENDS = ['completed', 'overdue', 'lost', 'called_off'] as const
export type FollowUpEnd = (typeof FOLLOW_UP_ENDS)[number]
/** What a community may end by hand; the others follow from the facts. */
export const FOLLOW_UP_ENDS_BY_HAND = ['overdue', 'lost'] as const

export const FOLLOW_UP_STATES = ['open', ...FOLLOW_UP_ENDS] as const
export type FollowUpState = (typeof FOLLOW_UP_STATES)[number]

/** How a look at somebody went. */
export const LOOKS = ['well', 'ill', 'not_reached', 'not_tried'] as const
export type Look = (typeof LOOKS)[number]

/** Where somebody stays; whoever looks after them is another thing. */
export const STAY_KINDS = ['home', 'central', 'hospital', 'elsewhere'] as const
export type StayKind = (typeof STAY_KINDS)[number]

/**
 * `to_see`: not seen today by a look, a test or a temperature, or ill since the last look. `overdue`: the days are over, a
 * test is missing. `offered`: another division offers them. `unassigned`: no division has them.
 */
export const FOLLOW_UP_VIEWS = [
  'to_see',
  'ill',
  'not_reached',
  'test_due',
  'overdue',
  'all',
  'offered',
  'unassigned',
  'ended',
] as const
export type FollowUpView = (typeof FOLLOW_UP_VIEWS)[number]

/** What stands in the history of a follow-up. */
export const FOLLOW_UP_EVENTS = [
  'begun',
  'extended',
  'shortened',
  'changed',
  'looked',
  'noted',
  'stay_set',
  'offered',
  'accepted',
  'refused',
  'taken_back',
  'ended',
  'resumed',
] as const
export type FollowUpEvent = (typeof FOLLOW_UP_EVENTS)[number]

/** Why the days became more or fewer. `rules`: new ones are in force. `facts`: a later day, a test, a phase that ended. */
export const EXTENSION_CAUSES = ['new_reason', 'reason_gone', 'rules', 'facts'] as const
export type ExtensionCause = (typeof EXTENSION_CAUSES)[number]

/** What a community found out about somebody seen at a door. `stays_there`: it is where they stay. */
export const ALARM_ANSWERS = ['spoken', 'allowed', 'stays_there'] as const
export type AlarmAnswer = (typeof ALARM_ANSWERS)[number]

/** Without a division somebody waits in the list of the city for no longer than this. */
export const ASSIGN_WITHIN_HOURS = 24

/** What becomes of an offer to look after somebody. */
export const OFFER_VERDICTS = ['accept', 'refuse', 'take_back'] as const

/** Why a row of an act on many was left as it is. */
export const FOLLOW_UP_SKIPS = [
  'not_found',
  'ended',
  'changed',
  'offered',
  'not_yours',
  'same_division',
] as const
export type FollowUpSkip = (typeof FOLLOW_UP_SKIPS)[number]
