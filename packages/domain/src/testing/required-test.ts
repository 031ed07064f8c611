// Who has to be tested again and again, as data of the ruleset: people of a post (cold chain, couriers), and people of zones.

/** Of what kind a zone is: by the level of the area that it is, or a zone that an office drew (封控区、管控区). */
export const REQUIRED_ZONE_KINDS = ['high', 'medium', 'low', 'control'] as const
export type RequiredZoneKind = (typeof REQUIRED_ZONE_KINDS)[number]

/** `living`: lives there, stays there, or has a finding there. `working`: stands on a list of a workplace or a class there. */
export const ZONE_PARTS = ['living', 'working', 'both'] as const
export type ZonePart = (typeof ZONE_PARTS)[number]

export interface RequiredTestRule {
  title: { zh: string; en: string }
  /** From a swab, or from the day on which the rule reaches somebody, to the midnight of the deadline. */
  everyDays: number
  /** `single`: a sample in a pool does not count. */
  kinds: 'any' | 'single'
  who: { type: 'post' } | { type: 'zone'; zones: RequiredZoneKind[]; part: ZonePart }
}

/** By key; the key of a post is what a list of people says of itself. */
export type RequiredTestRules = { [rule: string]: RequiredTestRule }

/** Required tests as they are listed: `overdue` is not proposed yet, `soon` is due until the end of tomorrow. */
export const REQUIRED_TEST_VIEWS = ['overdue', 'soon', 'open', 'proposed'] as const
export type RequiredTestView = (typeof REQUIRED_TEST_VIEWS)[number]

/** Why a row of a proposal about many was left as it is. */
export const REQUIRED_TEST_SKIPS = ['not_found', 'tested', 'ended', 'not_due', 'proposed'] as const
export type RequiredTestSkip = (typeof REQUIRED_TEST_SKIPS)[number]
