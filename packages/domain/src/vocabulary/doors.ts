import { DECISION_REASONS } from '../decision/decide.ts'

export const VENUE_STATES = ['applied', 'rejected', 'active', 'suspended', 'closed'] as const
export type VenueState = (typeof VENUE_STATES)[number]
/** Of a venue that somebody runs, or wants to. */
export const LIVING_VENUE_STATES = ['applied', 'active', 'suspended'] as const satisfies readonly VenueState[]
export const isLivingVenue = (state: VenueState): boolean =>
  (LIVING_VENUE_STATES as readonly VenueState[]).includes(state)

/** What one venue has in common with another: its licence number, its address or its name. */
export const VENUE_LIKENESSES = ['licence', 'address', 'name'] as const
export type VenueLikeness = (typeof VENUE_LIKENESSES)[number]

/** A shop handed over to another person, or help in it. */
export const SHOP_OFFER_KINDS = ['transfer', 'staff'] as const
export type ShopOfferKind = (typeof SHOP_OFFER_KINDS)[number]

/** What a citizen is to a shop. */
export const SHOP_ROLES = ['owner', 'staff'] as const
export type ShopRole = (typeof SHOP_ROLES)[number]

/** What whoever runs a venue is told about its doors: figures and hours, nobody in them. */
export const VENUE_ALARM_KINDS = ['turned_away', 'far_scans', 'code_guessing'] as const
export type VenueAlarmKind = (typeof VENUE_ALARM_KINDS)[number]

/** What became of a shop, as its people are told. */
export const SHOP_NEWS = [
  'approved',
  'rejected',
  'change_approved',
  'change_rejected',
  'suspended',
  'resumed',
  'closed',
  'offered',
  'helper_asked',
  'declined',
  'handed_over',
  'taken_over',
  'helper_joined',
  'helper_ended',
] as const
export type ShopNews = (typeof SHOP_NEWS)[number]

export const POINT_STATES = ['active', 'closed'] as const
export type PointState = (typeof POINT_STATES)[number]

/** `active`, or the first thing that ended it: by whom it was revoked, its age, its maker, its point, its venue. */
export const DEVICE_STATES = [
  'active',
  'revoked',
  'expired',
  'maker_ended',
  'point_closed',
  'venue_not_active',
] as const
export type DeviceState = (typeof DEVICE_STATES)[number]

/** Which devices a list shows; `ended` is every state but `active`. */
export const DEVICE_VIEWS = ['active', 'ended'] as const

/** Why somebody scanned at a door is not simply admitted, as `decide` says; companions may be unknown besides. */
export const VISIT_REASONS = [...DECISION_REASONS, 'companion_to_confirm'] as const
export type VisitReason = (typeof VISIT_REASONS)[number]

/** What a check at a door says: a colour, or why there is none to say. */
export const CHECK_OUTCOMES = [
  'green',
  'yellow',
  'red',
  'none',
  'expired',
  'revoked',
  'forged',
  'unknown',
  'busy',
] as const
export type CheckOutcome = (typeof CHECK_OUTCOMES)[number]

/** Why a code was refused, or what else there is to say of it; `unreadable_` and a cause of the domain's `codes/unreadable`. */
export const CHECK_DETAILS = [
  'reported_lost',
  'replaced',
  'unknown_key',
  'used_before',
  'never_issued',
  'not_yet_valid',
  'person_removed',
  'unreadable_letter_case',
  'unreadable_input_method',
  'unreadable_keyboard_layout',
  'unreadable_cut_off',
  'unreadable_too_long',
  'unreadable_several',
  'unreadable_garbled',
  'unreadable_digits',
  'unreadable_document_number',
  'identity_unconfirmed',
  'deceased',
  'moved_away',
  'link_ended',
  'shown_elsewhere',
  'objected',
] as const
export type CheckDetail = (typeof CHECK_DETAILS)[number]

/** By what a person was looked up. */
export const LOOKUP_MEANS = [
  'personal_code',
  'numeric_code',
  'paper_code',
  'document',
  'console_search',
  'console_view',
  'unmasking',
  'companion',
  'tracing',
] as const
export type LookupMeans = (typeof LOOKUP_MEANS)[number]
