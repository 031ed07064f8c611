import { findDoubleSynonyms } from '../written/list-synonyms.ts'
import { checkSchema, type SchemaError, schemaError } from './json-schema.ts'
import { type CategoryRule, findCategoryRule, type PhasedRule, type Ruleset } from './ruleset.ts'
import { RULESET_SCHEMA } from './ruleset-schema.ts'

export type ParsedRuleset = { ok: true; ruleset: Ruleset } | { ok: false; errors: SchemaError[] }

/**
 * Takes an unknown document (from the database, a file, a form) to a ruleset. First the shape by `RULESET_SCHEMA`,
 * then what a schema cannot say. Errors name their place as a JSON pointer: `/categories/symptom/phases/0/tests`.
 */
export function parseRuleset(document: unknown): ParsedRuleset {
  const shape = checkSchema(RULESET_SCHEMA, document)
  if (shape.length > 0) return { ok: false, errors: shape }
  // The schema has just proved the shape, field by field.
  const ruleset = document as Ruleset
  const errors = checkMeaning(ruleset)
  return errors.length > 0 ? { ok: false, errors } : { ok: true, ruleset }
}

function checkMeaning(ruleset: Ruleset): SchemaError[] {
  const errors: SchemaError[] = []
  for (const category of Object.keys(ruleset.categories)) {
    const rule = findCategoryRule(ruleset, category)
    if (rule?.kind === 'phases') checkPhases(ruleset, category, rule, errors)
  }
  const standing = ruleset.standingPositiveCategory
  if (standing !== null && kindOf(ruleset, standing) !== 'phases') {
    errors.push(schemaError('/standingPositiveCategory', 'needs_phases'))
  }
  checkDeclarations(ruleset, errors)
  checkListWords(ruleset, errors)
  return errors
}

function checkListWords(ruleset: Ruleset, errors: SchemaError[]): void {
  const words = ruleset.listWords
  if (!words) return
  for (const path of findDoubleSynonyms(words)) errors.push(schemaError(`/listWords${path}`, 'word_twice'))
  for (const category of Object.keys(words.category ?? {}))
    if (kindOf(ruleset, category) === undefined)
      errors.push(schemaError(`/listWords/category/${category}`, 'unknown_category'))
}

const DECLARED = ['symptom', 'claimedRiskArea', 'toldContact', 'fromAbroad'] as const
const AREA_LEVELS = ['high', 'medium', 'low'] as const

function checkDeclarations(ruleset: Ruleset, errors: SchemaError[]): void {
  const rules = ruleset.declarations
  if (!rules) return
  const check = (path: string, category: string | null | undefined) => {
    if (category != null && kindOf(ruleset, category) !== 'phases')
      errors.push(schemaError(`/declarations/${path}`, 'needs_phases'))
  }
  for (const name of DECLARED) check(name, rules[name])
  for (const level of AREA_LEVELS) check(`riskAreaStay/${level}`, rules.riskAreaStay[level])
}

function checkPhases(ruleset: Ruleset, category: string, rule: PhasedRule, errors: SchemaError[]): void {
  const path = `/categories/${category}`
  const target = rule.whenContactPositive
  if (target !== undefined && (target === category || kindOf(ruleset, target) !== 'phases')) {
    errors.push(schemaError(`${path}/whenContactPositive`, 'needs_other_phases'))
  }
  rule.phases.forEach((phase, index) => {
    const at = `${path}/phases/${index}`
    if (phase.end.type === 'tests' && (phase.tests?.count ?? 0) === 0) {
      errors.push(schemaError(`${at}/tests`, 'needs_test'))
    }
    if (index === 0 && phase.end.type === 'days' && phase.end.from === 'previous') {
      errors.push(schemaError(`${at}/end/from`, 'first_phase'))
    }
  })
}

function kindOf(ruleset: Ruleset, category: string): CategoryRule['kind'] | undefined {
  return findCategoryRule(ruleset, category)?.kind
}
