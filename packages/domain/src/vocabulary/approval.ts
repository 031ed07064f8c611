export const PROPOSAL_KINDS = [
  'finding.add',
  'finding.end',
  'zone.lift',
  'import.apply',
  'import.undo',
  'ruleset.publish',
  'ruleset.call_off',
  'case.open',
  'case.expose',
  'case.undo',
  'exposure.drop',
  'announcement.release',
  'services.release',
  'lookup_norm.change',
] as const
export type ProposalKind = (typeof PROPOSAL_KINDS)[number]

export const PROPOSAL_STATES = ['open', 'approved', 'rejected', 'expired', 'withdrawn'] as const
export type ProposalState = (typeof PROPOSAL_STATES)[number]

/** What somebody may do with a proposal. */
export const PROPOSAL_ACTS = ['approve', 'reject', 'withdraw'] as const
export type ProposalAct = (typeof PROPOSAL_ACTS)[number]

/** What a second person decides. */
export const VERDICTS = ['approve', 'reject'] as const
export type Verdict = (typeof VERDICTS)[number]

/** What became of what a second person decided. */
export const DECIDED = ['approved', 'rejected'] as const
export type Decided = (typeof DECIDED)[number]

/** By what a proposal is large or unusual. */
export const ALARM_KINDS = [
  'many_persons',
  'many_better',
  'many_by_operator',
  'many_by_division',
  'shared_venue',
  'shared_workplace',
  'category_misfit',
  'outside_division',
  'account_new',
  'made_by_decider',
  'shared_browser',
  'shared_address',
] as const
export type AlarmKind = (typeof ALARM_KINDS)[number]

/**
 * By what two accounts may be in one hand, or a decision too early: a new account decides, the decider made the proposer, both
 * used one browser, both one address.
 */
export const DECISION_ALARMS = ['account_new', 'made_by_decider', 'shared_browser', 'shared_address'] as const
export type DecisionAlarm = (typeof DECISION_ALARMS)[number]
