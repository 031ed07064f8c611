/** What set off a change of colour, as it is told to the person. */
export const COLOUR_CHANGE_CAUSES = [
  'registration',
  'decision',
  'test',
  'time',
  'declaration',
  'area',
  'provincial',
  'ruleset',
  'identity',
  'other',
] as const
export type ColourChangeCause = (typeof COLOUR_CHANGE_CAUSES)[number]

/** Which samples a rule counts; `single`: a sample in a pool does not count. */
export const COUNTED_TEST_KINDS = ['any', 'single'] as const

export const FINDING_STATES = ['active', 'withdrawn'] as const
export type FindingState = (typeof FINDING_STATES)[number]

/** How people end a finding. `ended`: discharge, zone lifted, loop ended; `withdrawn`: it was never right. */
export const FINDING_END_KINDS = ['ended', 'withdrawn'] as const
export type FindingEndKind = (typeof FINDING_END_KINDS)[number]
