/** What the city tells: notices of the epidemic, policies, guides, questions with their answers. */
export const ANNOUNCEMENT_KINDS = ['bulletin', 'policy', 'guide', 'question'] as const
export type AnnouncementKind = (typeof ANNOUNCEMENT_KINDS)[number]

/** For whom it is; one of them. */
export const ANNOUNCEMENT_AUDIENCES = ['everybody', 'districts', 'venue_kinds', 'operators'] as const
export type AnnouncementAudience = (typeof ANNOUNCEMENT_AUDIENCES)[number]

/** Of one version: written, waiting for the second person, told. */
export const VERSION_STATES = ['draft', 'proposed', 'released'] as const
export type VersionState = (typeof VERSION_STATES)[number]

/** How an announcement stands for readers now. */
export const ANNOUNCEMENT_STANDINGS = ['unreleased', 'coming', 'current', 'expired', 'withdrawn'] as const
export type AnnouncementStanding = (typeof ANNOUNCEMENT_STANDINGS)[number]

/** What may hang on an announcement. */
export const ATTACHMENT_KINDS = ['picture', 'pdf'] as const
export type AttachmentKind = (typeof ATTACHMENT_KINDS)[number]

/** Text messages of a release. `stopped` by a person; `dropped` where the announcement was withdrawn or expired meanwhile. */
export const TEXT_WAVE_STATES = ['running', 'stopped', 'dropped', 'done'] as const
export type TextWaveState = (typeof TEXT_WAVE_STATES)[number]
