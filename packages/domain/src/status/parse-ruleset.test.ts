import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkSchema, type JsonSchema } from './json-schema.ts'
import { parseRuleset } from './parse-ruleset.ts'
import { listCategoryColours, listCategoryEnds, listEndKinds } from './ruleset.ts'
import { RULESET_SCHEMA } from './ruleset-schema.ts'
import { MARCH_2022 } from './rulesets/march-2022.ts'
import { NINTH_EDITION } from './rulesets/ninth-edition.ts'

type Draft = { [name: string]: unknown }

/** A copy of the default ruleset with one place replaced (`undefined` removes it). */
function withPlace(pointer: string, value: unknown): unknown {
  const copy: Draft = JSON.parse(JSON.stringify(MARCH_2022))
  const names = pointer.split('/').slice(1)
  const last = names.pop() ?? ''
  let at = copy
  for (const name of names) at = at[name] as Draft
  if (value === undefined) delete at[last]
  else at[last] = value
  return copy
}

describe('parseRuleset', () => {
  it.each([MARCH_2022, NINTH_EDITION])('accepts $id as JSON', (ruleset) => {
    const parsed = parseRuleset(JSON.parse(JSON.stringify(ruleset)))
    expect(parsed).toEqual({ ok: true, ruleset })
  })

  it.each([
    ['/id', 'Not An Id', '/id'],
    ['/version', 1.5, '/version'],
    ['/effectiveFrom', '2022-03-01', '/effectiveFrom'],
    ['/title/en', undefined, '/title/en'],
    ['/extra', 1, '/extra'],
    ['/declarations/symptom', 'unheard_of', '/declarations/symptom'],
    ['/declarations/fromAbroad', 'departure_pass', '/declarations/fromAbroad'],
    ['/declarations/riskAreaStay/low', 'unheard_of', '/declarations/riskAreaStay/low'],
    ['/declarations/stayDays', 0, '/declarations/stayDays'],
    ['/dayCounting', { mode: 'calendar', anchorDay: 2 }, '/dayCounting/anchorDay'],
    ['/dayCounting', { mode: 'lunar' }, '/dayCounting/mode'],
    ['/categories', {}, '/categories'],
    ['/categories/symptom', null, '/categories/symptom'],
    ['/categories/symptom/kind', 'whatever', '/categories/symptom/kind'],
    ['/categories/symptom/phases', [], '/categories/symptom/phases'],
    ['/categories/symptom/phases/0/colour', 'green', '/categories/symptom/phases/0/colour'],
    ['/categories/symptom/phases/0/end', { type: 'never' }, '/categories/symptom/phases/0/end/type'],
    ['/categories/symptom/phases/0/tests', undefined, '/categories/symptom/phases/0/tests'],
    ['/categories/symptom/phases/0/tests/count', 0, '/categories/symptom/phases/0/tests'],
    ['/categories/symptom/phases/0/tests/count', -1, '/categories/symptom/phases/0/tests/count'],
    ['/categories/close_contact/phases/0/end/days', 0, '/categories/close_contact/phases/0/end/days'],
    [
      '/categories/close_contact/phases/0/end/from',
      'previous',
      '/categories/close_contact/phases/0/end/from',
    ],
    [
      '/categories/secondary_contact/whenContactPositive',
      'x',
      '/categories/secondary_contact/whenContactPositive',
    ],
    [
      '/categories/secondary_contact/whenContactPositive',
      'secondary_contact',
      '/categories/secondary_contact/whenContactPositive',
    ],
    ['/categories/departure_pass/suspends', 'everything', '/categories/departure_pass/suspends'],
    ['/categories/Bad~Key', MARCH_2022.categories.symptom, '/categories/Bad~0Key'],
    ['/requiredTests/cold_chain/everyDays', 0, '/requiredTests/cold_chain/everyDays'],
    ['/requiredTests/cold_chain/who/type', 'planet', '/requiredTests/cold_chain/who/type'],
    ['/requiredTests/rated_area/who/zones', [], '/requiredTests/rated_area/who/zones'],
    ['/requiredTests/rated_area/who/part', 'dreaming', '/requiredTests/rated_area/who/part'],
    ['/requiredTests/Cold Chain', MARCH_2022.requiredTests?.cold_chain, '/requiredTests/Cold Chain'],
    ['/standingPositiveCategory', 'provincial', '/standingPositiveCategory'],
    ['/admissionPolicies/base/onRed', 'admit', '/admissionPolicies/base/onRed'],
    ['/admissionPolicies/base/onNone', 'admit', '/admissionPolicies/base/onNone'],
    ['/admissionPolicies/base/onYellow', 'admit', '/admissionPolicies/base/onYellow'],
    ['/admissionPolicies/byKind/castle', {}, '/admissionPolicies/byKind/castle'],
    [
      '/admissionPolicies/byKind/mall',
      { testMaxAgeHours: 36 },
      '/admissionPolicies/byKind/mall/testMaxAgeHours',
    ],
  ])('refuses %s = %j at %s', (pointer, value, path) => {
    const parsed = parseRuleset(withPlace(pointer, value))
    expect(parsed.ok).toBe(false)
    if (!parsed.ok) expect(parsed.errors.map((error) => error.path)).toEqual([path])
  })

  it('answers any value at all without throwing', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        expect(parseRuleset(value).ok).toBe(false)
      }),
    )
  })

  it('refuses a __proto__ category that JSON can carry', () => {
    const text = JSON.stringify(MARCH_2022).replace('"symptom":', '"__proto__":')
    expect(parseRuleset(JSON.parse(text)).ok).toBe(false)
  })

  it('publishes a schema of known keywords only, as plain JSON', () => {
    expect(JSON.parse(JSON.stringify(RULESET_SCHEMA))).toEqual(RULESET_SCHEMA)
  })
})

describe('checkSchema', () => {
  it('stops at a schema that refers to itself without end', () => {
    const loop: JsonSchema = { $defs: { a: { $ref: '#/$defs/a' } }, $ref: '#/$defs/a' }
    expect(checkSchema(loop, 1)).toEqual([
      { path: '', fault: 'too_deep', values: [], reason: 'nested too deeply' },
    ])
  })

  it('explains the alternative that was meant', () => {
    const errors = checkSchema(RULESET_SCHEMA, withPlace('/categories/departure_pass/hours', 'two days'))
    expect(errors).toEqual([
      {
        path: '/categories/departure_pass/hours',
        fault: 'type',
        values: ['integer'],
        reason: 'must be integer',
      },
    ])
  })
})

it('lists what a category gives and what ends it', () => {
  const { confirmed, symptom, departure_pass, provincial } = MARCH_2022.categories
  if (!confirmed || !symptom || !departure_pass || !provincial) throw new Error('category missing')
  expect(listCategoryColours(confirmed)).toEqual(['red', 'yellow'])
  expect(listCategoryEnds(confirmed)).toEqual(['days', 'discharge', 'negative_tests'])
  expect(listCategoryEnds(symptom)).toEqual(['negative_tests'])
  expect(listCategoryColours(departure_pass)).toEqual(['green'])
  expect(listCategoryEnds(provincial)).toEqual(['provincial_change'])
})

it('lets people end what waits for a fact, withdraw what they entered, and nothing that is given', () => {
  const endable = [
    'confirmed',
    'risk_area_resident',
    'control_zone',
    'high_risk_post',
    'departure_pass',
    'nonsense',
  ]
  for (const category of endable) expect(listEndKinds(MARCH_2022, category)).toEqual(['ended', 'withdrawn'])
  for (const category of ['close_contact', 'secondary_contact', 'co_presence', 'symptom', 'home_monitoring'])
    expect(listEndKinds(MARCH_2022, category)).toEqual(['withdrawn'])
  expect(listEndKinds(MARCH_2022, 'provincial')).toEqual([])
})
