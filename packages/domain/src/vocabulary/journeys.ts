/** Why somebody comes to the city. */
export const ENTRY_REASONS = ['return_home', 'work', 'study', 'visit', 'travel', 'medical', 'other'] as const
export type EntryReason = (typeof ENTRY_REASONS)[number]

export const ENTRY_STATES = ['submitted', 'arrived', 'received', 'closed', 'cancelled', 'expired'] as const
export type EntryState = (typeof ENTRY_STATES)[number]

/** `overdue`: not arrived 12 hours after the planned time, or not received 24 hours after arriving. */
export const ENTRY_VIEWS = ['expected', 'arrived', 'received', 'overdue', 'ended', 'all'] as const
export type EntryView = (typeof ENTRY_VIEWS)[number]

/** What a community notes about an arrival by hand. */
export const FOLLOW_UP_NOTES = ['call', 'visit', 'note'] as const
/** The same, and what it did with the registration. */
export const FOLLOW_UP_KINDS = [...FOLLOW_UP_NOTES, 'received', 'closed'] as const
export type EntryFollowUpKind = (typeof FOLLOW_UP_KINDS)[number]

/** A test as its person tells of it. */
export const DECLARED_TEST_RESULTS = ['negative', 'positive', 'waiting'] as const

/** What people declare about themselves. */
export const DECLARATION_KINDS = ['health', 'exposure'] as const
export type DeclarationKind = (typeof DECLARATION_KINDS)[number]
/** The same, and an entry registration, which is proved in the same way. */
export const PROVABLE_KINDS = [...DECLARATION_KINDS, 'entry'] as const
export type ProvableKind = (typeof PROVABLE_KINDS)[number]

/** What followed from a declaration: a finding by the rules, an office looking at it, or nothing. */
export const DECLARATION_EFFECTS = ['finding', 'office', 'none'] as const
export type DeclarationEffect = (typeof DECLARATION_EFFECTS)[number]

/** A version as the audit log knows it. `gone`: the log knows it, and it is stored no more. */
export const PROOF_STATES = ['intact', 'altered', 'gone'] as const
export type ProofState = (typeof PROOF_STATES)[number]

/** What an office looks at because of a declaration; `approved` and `rejected` are what became of the proposal. */
export const MATTER_STATES = ['waiting', 'proposed', 'approved', 'rejected', 'dismissed'] as const
export type MatterState = (typeof MATTER_STATES)[number]

/** `part_of_area`: only a part is rated of the place stayed or of the division it lies in. */
export const MATTER_CAUSES = ['verify', 'other_person', 'part_of_area'] as const
export type MatterCause = (typeof MATTER_CAUSES)[number]

export const MATTER_VERDICTS = ['propose', 'dismiss'] as const
