export const RULESET_STATES = ['in_force', 'coming', 'past', 'called_off'] as const
export type RulesetState = (typeof RULESET_STATES)[number]

/**
 * `draft` → `dry_running` → `dry_run_done` → `proposed` → `published` | `rejected`. A dry run that is cancelled or fails
 * leads back to `draft`, a proposal that runs out to `dry_run_done`. `cancelled` is the end of a draft given up,
 * `called_off` that of one whose ruleset was published and called off before its instant.
 */
export const RULESET_DRAFT_STATES = [
  'draft',
  'dry_running',
  'dry_run_done',
  'proposed',
  'published',
  'rejected',
  'cancelled',
  'called_off',
] as const
export type RulesetDraftState = (typeof RULESET_DRAFT_STATES)[number]

/** What publishing a draft would do unasked. */
export const RULESET_WARNING_KINDS = [
  'category_in_use_retired',
  'category_in_use_changed_kind',
  'system_category_missing',
  'policies_differ',
] as const
export type RulesetWarningKind = (typeof RULESET_WARNING_KINDS)[number]
