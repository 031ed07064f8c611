import type { FindingCategory } from '../status/finding.ts'

/**
 * What declared facts mean, as part of a ruleset. A category: the finding is there at once when a person declares it of
 * themself. Null: an office looks at it and proposes, or not.
 */
export type DeclarationRules = {
  symptom: FindingCategory | null
  /** A stay in an area that is rated now, by the level of the area; a level that is absent means nothing. */
  riskAreaStay: { high?: FindingCategory; medium?: FindingCategory; low?: FindingCategory }
  /** How many days ago a stay may have ended and still count. */
  stayDays: number
  /** A stay that the person calls a risk area, but no current area confirms. */
  claimedRiskArea: FindingCategory | null
  toldContact: FindingCategory | null
  /** Came from abroad, or stayed abroad in the days asked for; the finding counts from the day of entering. */
  fromAbroad: FindingCategory | null
  /** Persons with an active reason of these categories are asked for a health declaration every day. */
  dailyDeclaration: FindingCategory[]
}

/** What an office would propose where a rule is null. */
export const PROPOSED_CATEGORIES = {
  symptom: 'symptom',
  claimedRiskArea: 'risk_area_travel',
  toldContact: 'close_contact',
  fromAbroad: 'inbound_abroad',
} as const

/** For rulesets published without a section of their own. */
export const DEFAULT_DECLARATION_RULES: DeclarationRules = {
  symptom: 'symptom',
  riskAreaStay: { high: 'risk_area_travel', medium: 'risk_area_travel' },
  stayDays: 14,
  claimedRiskArea: null,
  toldContact: null,
  fromAbroad: 'inbound_abroad',
  dailyDeclaration: [
    'high_risk_post',
    'close_contact',
    'secondary_contact',
    'inbound_abroad',
    'risk_area_travel',
    'risk_area_resident',
  ],
}
