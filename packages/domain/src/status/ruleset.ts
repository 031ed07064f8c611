import type { AdmissionPolicies } from '../decision/policy.ts'
import type { DeclarationRules } from '../declaration/declaration-rules.ts'
import type { DivisionChanges } from '../place/division-changes.ts'
import type { RequiredTestRules } from '../testing/required-test.ts'
import type { ListSynonyms } from '../written/list-synonyms.ts'
import type { Colour } from './colour.ts'
import type { FindingCategory } from './finding.ts'

/**
 * A ruleset: what each category of finding means, for how long and how it ends. Plain JSON, published as data; the
 * shape is `RULESET_SCHEMA`, unknown input goes through `parseRuleset`.
 */
export type Ruleset = {
  /** For example `march-2022`. */
  id: string
  version: number
  title: LocalText
  /** Epoch milliseconds from which the ruleset applies. */
  effectiveFrom: number
  dayCounting: DayCounting
  categories: { [category: FindingCategory]: CategoryRule }
  /**
   * Category by which a positive single test counts until a human has decided on the `confirmed` draft, as if it
   * were a finding anchored at the sampling. Null: positives change no colour until somebody approves.
   */
  standingPositiveCategory: FindingCategory | null
  /** A provincial colour observed longer ago than this counts as `none`. */
  provincialMaxAgeHours: number
  /** True: a person without any provincial colour is `none`. */
  unknownWhenProvincialMissing: boolean
  admissionPolicies: AdmissionPolicies
  /** Absent: `DEFAULT_DECLARATION_RULES`. */
  declarations?: DeclarationRules
  /** What lists may write besides the words that the programme knows. Changes no colour of anybody by itself. */
  listWords?: ListSynonyms
  /** What became of divisions since the data that comes with the programme; stays known when a later ruleset is silent. */
  divisions?: DivisionChanges
  /** Who has to be tested every so many days. Changes no colour by itself: who misses a deadline is proposed to their division. */
  requiredTests?: RequiredTestRules
}

/**
 * A ruleset, and the rules by which findings go on whose category it has retired: of each such category the last ruleset
 * that knew it. Never published: `withRetired` makes it of published ones.
 */
export type RulesInForce = Ruleset & { retired: { readonly [category: FindingCategory]: Ruleset } }

export type LocalText = { zh: string; en: string }

/**
 * `calendar`: days end at midnight in Asia/Shanghai. With the anchor day as day 0 (how the health authorities
 * count), 14 days from any time on 1 March end as 15 March ends; with the anchor day as day 1, as 14 March ends.
 * `exact`: a day is 24 hours from the instant.
 */
export type DayCounting = { mode: 'calendar'; anchorDay: 0 | 1 } | { mode: 'exact' }

export type CategoryRule = PhasedRule | AsGivenRule | PassRule

type CategoryBasics = {
  title: LocalText
  /** Key under which clients keep their own wording; they fall back to `title` for a category they do not know. */
  wording: string
  /** Whether the status page offers an appeal against this reason. */
  appealable: boolean
  /** Whether operators may propose such a finding; false for what only systems report. */
  manual: boolean
  /** What the data of somebody with such a finding should show; a proposal that contradicts it raises an alarm. */
  expects?: Expectation[]
}

/**
 * `away_before_anchor`: not scanned in the city on the day before the anchor. `rated_area_in_city`: some area of the city is
 * rated medium or high. `positive_test`: a positive result of the 14 days before the anchor, or later.
 */
export type Expectation = (typeof EXPECTATIONS)[number]
export const EXPECTATIONS = ['away_before_anchor', 'rated_area_in_city', 'positive_test'] as const

/** A category that runs through phases; it is over when the last phase has ended. */
export type PhasedRule = CategoryBasics & {
  kind: 'phases'
  phases: Phase[]
  /** Counts as this category too from `finding.contactPositiveAt` on, with the same anchor; the worse colour wins. */
  whenContactPositive?: FindingCategory
}

/** The colour stands in the finding (provincial code). */
export type AsGivenRule = CategoryBasics & { kind: 'as_given'; actions: ActionKey[] }

/** Green for some hours: hides findings whose red phase is over, and nothing else. */
export type PassRule = CategoryBasics & {
  kind: 'pass'
  hours: number
  suspends: 'finished_red'
  actions: ActionKey[]
}

export type Phase = {
  colour: Exclude<Colour, 'green'>
  end: PhaseEnd
  /** Tests needed to leave the phase, besides its end. */
  tests?: TestRequirement
  actions: ActionKey[]
}

export type PhaseEnd =
  /** Days from the anchor, from the end of the previous phase, or from `finding.endedAt` (open until that is known). */
  | { type: 'days'; days: number; from: 'anchor' | 'previous' }
  | { type: 'days'; days: number; from: 'ended'; awaits: string }
  /** As long as the fact stands: until `finding.endedAt`. `awaits` names what it waits for: `area_lifted` … */
  | { type: 'ended'; awaits: string }
  /** No clock: only the tests end it; where only `single` ones count, an approved positive ends it as well. */
  | { type: 'tests' }

/**
 * Negative tests, sampled after a reference instant. A positive single test after the reference starts the count
 * anew and asks for `countAfterPositive`.
 */
export type TestRequirement = {
  /** 0: no test needed as long as none is positive. */
  count: number
  countAfterPositive: number
  /** Least distance between two samples that both count. */
  minimumHoursApart: number
  sampledAfter: 'anchor' | 'ended' | 'phase_start' | 'phase_end'
  /** `single`: negatives of a pool do not count. */
  kinds: 'any' | 'single'
}

/** What a person should do: keys for the clients' wording. */
export type ActionKey = string

/**
 * The rule of a category; undefined for one that the ruleset does not know (also `constructor` and the like), or no longer:
 * no new finding may be of it.
 */
export function findCategoryRule(ruleset: Ruleset, category: FindingCategory): CategoryRule | undefined {
  return Object.hasOwn(ruleset.categories, category) ? ruleset.categories[category] : undefined
}

/**
 * The ruleset by which findings of a category count: the one given, or for a retired category the last that knew it, with
 * all that belongs to its rule (how days count, what a positive contact means). The one given where none ever knew it.
 */
export function rulesetOfCategory(ruleset: Ruleset | RulesInForce, category: FindingCategory): Ruleset {
  if (!('retired' in ruleset) || Object.hasOwn(ruleset.categories, category)) return ruleset
  return (Object.hasOwn(ruleset.retired, category) ? ruleset.retired[category] : undefined) ?? ruleset
}

/** Whether an earlier ruleset knew the category and this one does not. */
export function isRetired(ruleset: RulesInForce, category: FindingCategory): boolean {
  return rulesetOfCategory(ruleset, category) !== ruleset
}

/** The rule by which findings of a category count, also of a retired one; undefined where no ruleset ever knew it. */
export function findStandingRule(
  ruleset: Ruleset | RulesInForce,
  category: FindingCategory,
): CategoryRule | undefined {
  return findCategoryRule(rulesetOfCategory(ruleset, category), category)
}

/** The colours that findings of a category can give, in the order of its phases. */
export function listCategoryColours(rule: CategoryRule): Colour[] {
  if (rule.kind === 'as_given') return ['green', 'yellow', 'red', 'none']
  if (rule.kind === 'pass') return ['green']
  return rule.phases.map((phase) => phase.colour).filter((colour, at, all) => all.indexOf(colour) === at)
}

/** Whether a finding of the category can turn somebody red. One that no ruleset knows might. */
export function canTurnRed(ruleset: Ruleset | RulesInForce, category: FindingCategory): boolean {
  const rule = findStandingRule(ruleset, category)
  return !rule || listCategoryColours(rule).includes('red')
}

/**
 * What ends a category, as keys: `days`, `negative_tests`, and the facts it waits for (`discharge`, `area_lifted` …).
 * Only with such a fact does an `endedAt` mean anything to a phased category.
 */
export function listCategoryEnds(rule: CategoryRule): string[] {
  if (rule.kind === 'as_given') return ['provincial_change']
  if (rule.kind === 'pass') return ['days']
  const ends: string[] = []
  for (const phase of rule.phases) {
    if (phase.end.type === 'days') ends.push('days')
    if ('awaits' in phase.end) ends.push(phase.end.awaits)
    if ((phase.tests?.count ?? 0) > 0) ends.push('negative_tests')
  }
  return ends.filter((end, at) => ends.indexOf(end) === at)
}

/** How people may bring a finding to its end: the fact is over (`ended`), or it was never right (`withdrawn`). */
export type EndKind = 'ended' | 'withdrawn'

/**
 * The ends that mean something for a category. None where the colour is given from outside: it must not be softened
 * here. Not `ended` where nothing waits for a fact: it would be written down and change nothing. A category that no
 * ruleset knows, and a pass, are over when their finding is.
 */
export function listEndKinds(rules: Ruleset | RulesInForce, category: FindingCategory): EndKind[] {
  const ruleset = rulesetOfCategory(rules, category)
  const rule = findCategoryRule(ruleset, category)
  if (rule?.kind === 'as_given') return []
  if (rule?.kind !== 'phases' || awaitsFact(rule)) return ['ended', 'withdrawn']
  const escalated = rule.whenContactPositive && findCategoryRule(ruleset, rule.whenContactPositive)
  return escalated && awaitsFact(escalated) ? ['ended', 'withdrawn'] : ['withdrawn']
}

function awaitsFact(rule: CategoryRule): boolean {
  return rule.kind === 'phases' && rule.phases.some(({ end }) => 'awaits' in end)
}

/** The categories of which a ruleset expects this. */
export function listCategoriesExpecting(ruleset: Ruleset, expectation: Expectation): FindingCategory[] {
  return Object.entries(ruleset.categories)
    .filter(([, rule]) => rule.expects?.includes(expectation))
    .map(([category]) => category)
}

const PLACE_FACTS = ['area_lifted', 'zone_lifted']

/** Whether findings of the category wait for what happens to a place: they can be grouped by it and lifted together. */
export function awaitsPlace(rule: CategoryRule): boolean {
  return listCategoryEnds(rule).some((end) => PLACE_FACTS.includes(end))
}

/** Whether findings of the category hang on somebody else, and turn worse when that person turns positive. */
export function hangsOnContact(rule: CategoryRule): boolean {
  return rule.kind === 'phases' && rule.whenContactPositive !== undefined
}
