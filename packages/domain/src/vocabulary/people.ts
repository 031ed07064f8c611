// Words for people and their parts, by key. Clients word each key; a table of theirs that forgot one does not compile.

export const OPERATOR_ROLES = [
  'hq',
  'office',
  'epidemiologist',
  'hotline',
  'auditor',
  'sysadmin',
  'venue_manager',
  'checker',
  'sampler',
  'lab',
] as const
export type OperatorRole = (typeof OPERATOR_ROLES)[number]

/** Duties that nobody holds beside another one. */
export const ROLES_HELD_ALONE: readonly OperatorRole[] = ['sysadmin', 'auditor']

/** Systems outside that send data with a key of their own. */
export const PARTNER_KINDS = ['province', 'laboratory'] as const
export type PartnerKind = (typeof PARTNER_KINDS)[number]

/** What a family member is to the account holder. */
export const RELATIONS = ['child', 'parent', 'grandparent', 'spouse', 'ward', 'other'] as const
export type Relation = (typeof RELATIONS)[number]

/** How a family member agreed to be looked after. */
export const CONSENT_MEANS = ['own_phone', 'face', 'guardian'] as const
export type ConsentMeans = (typeof CONSENT_MEANS)[number]

/** At the counter of an office, which saw both documents and heard the elder. */
export const OFFICE_CONSENT_MEANS = ['office'] as const

/** As it was written down before adults were asked themselves. */
export const EARLIER_CONSENT_MEANS = ['given_in_person', 'written'] as const

/** What somebody says who is asked to be in a family. */
export const FAMILY_ANSWERS = ['agreed', 'refused', 'reported'] as const
export type FamilyAnswer = (typeof FAMILY_ANSWERS)[number]

export const FACE_VERDICTS = ['pass', 'fail', 'unsure', 'no_face'] as const
export type FaceVerdict = (typeof FACE_VERDICTS)[number]

/** By what a sign-in on a new device was proved. */
export const SIGN_IN_PROOF_MEANS = ['face', 'device', 'office', 'hotline'] as const
export type SignInProofMeans = (typeof SIGN_IN_PROOF_MEANS)[number]

export const SIGN_IN_PROOF_STATES = ['open', 'proved', 'refused'] as const
export type SignInProofState = (typeof SIGN_IN_PROOF_STATES)[number]

/** What a device of the account says about a sign-in elsewhere. */
export const SIGN_IN_ANSWERS = ['agreed', 'refused'] as const
export type SignInAnswer = (typeof SIGN_IN_ANSWERS)[number]

/** An identity that moved to another phone, the objection of the old one, and what an office said. */
export const TAKE_OVER_STATES = ['moved', 'objected', 'kept', 'returned'] as const
export type TakeOverState = (typeof TAKE_OVER_STATES)[number]

export const TAKE_OVER_VERDICTS = ['keep', 'return'] as const
export type TakeOverVerdict = (typeof TAKE_OVER_VERDICTS)[number]

/** What a notice is about. */
export const NOTICE_KINDS = [
  'device_signed_in',
  'sign_in_asked',
  'session_misused',
  'identity_taken_over',
  'take_over_objected',
  'take_over_kept',
  'take_over_returned',
  'added_as_member',
  'family_request',
  'family_agreed',
  'family_ended',
  'companion_confirmation',
  'colour_changed',
  'looked_up',
  'let_pass',
  'provincial_identity_stale',
  'entry_arrived',
  'entry_received',
  'entry_closed',
  'declaration_due',
  'appeal_moved',
  'ticket_moved',
  'shop_moved',
  'data_corrected',
  'correction_refused',
  'declaration_checked',
  'test_due',
  'round_told',
  'test_booking_due',
  'test_booking_called_off',
] as const
export type NoticeKind = (typeof NOTICE_KINDS)[number]

/** What is proposed about an operator: somebody new, other rights or names, or to begin anew. */
export const OPERATOR_CHANGE_KINDS = ['create', 'change', 'reset'] as const
export type OperatorChangeKind = (typeof OPERATOR_CHANGE_KINDS)[number]

/** Why two persons may be one human. */
export const IDENTITY_MATTER_CAUSES = ['likeness', 'lifelong_number', 'renewal'] as const
export type IdentityMatterCause = (typeof IDENTITY_MATTER_CAUSES)[number]

export const IDENTITY_MATTER_STATES = ['open', 'same', 'different'] as const
export type IdentityMatterState = (typeof IDENTITY_MATTER_STATES)[number]

/** What two operators decide about who is who. */
export const IDENTITY_CHANGE_KINDS = [
  'merge',
  'keep_apart',
  'unmerge',
  'set_absence',
  'end_absence',
  'renew',
  'correct',
] as const
export type IdentityChangeKind = (typeof IDENTITY_CHANGE_KINDS)[number]

/** Why a person is not here any more. */
export const ABSENCES = ['deceased', 'moved_away'] as const
export type Absence = (typeof ABSENCES)[number]

/** What an office does at its counter: registers somebody, or adds an elder to a family. */
export const COUNTER_ACT_KINDS = ['register', 'family'] as const
export type CounterActKind = (typeof COUNTER_ACT_KINDS)[number]

/** Why it takes an office. */
export const COUNTER_CAUSES = ['no_phone', 'document_unchecked'] as const
export type CounterCause = (typeof COUNTER_CAUSES)[number]

/** What lay on the counter. */
export const SEEN_DOCUMENTS = [
  'resident_card',
  'temporary_card',
  'household_register',
  'passport',
  'travel_permit',
  'residence_permit',
  'birth_certificate',
  'other',
] as const
export type SeenDocument = (typeof SEEN_DOCUMENTS)[number]

/** What the identity authority said of name and number; whoever it knows under another name is not registered at all. */
export const AUTHORITY_ANSWERS = ['match', 'unknown', 'unavailable'] as const
export type AuthorityAnswer = (typeof AUTHORITY_ANSWERS)[number]

/** What a guardian is to a child. */
export const GUARDIAN_RELATIONS = ['parent', 'grandparent', 'other'] as const
export type GuardianRelation = (typeof GUARDIAN_RELATIONS)[number]

/** What an elder may be to whoever looks after them. */
export const ELDER_RELATIONS = ['parent', 'grandparent', 'spouse', 'ward', 'other'] as const
export type ElderRelation = (typeof ELDER_RELATIONS)[number]
