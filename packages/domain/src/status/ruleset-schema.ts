import { VENUE_KINDS } from '../decision/venue-kind.ts'
import { REQUIRED_ZONE_KINDS, ZONE_PARTS } from '../testing/required-test.ts'
import { SYNONYM_FIELDS } from '../written/list-synonyms.ts'
import type { JsonSchema } from './json-schema.ts'
import { EXPECTATIONS } from './ruleset.ts'

const TEXT: JsonSchema = { type: 'string', minLength: 1, maxLength: 200 }
const CATEGORY: JsonSchema = { $ref: '#/$defs/key' }
const CATEGORY_OR_OFFICE: JsonSchema = { oneOf: [CATEGORY, { type: 'null' }] }
const DIVISION: JsonSchema = { type: 'string', minLength: 6, maxLength: 6 }
const DAYS: JsonSchema = { type: 'integer', minimum: 1, maximum: 366 }

const POLICY_FIELDS: { readonly [name: string]: JsonSchema } = {
  onGreen: { enum: ['admit', 'review'] },
  onYellow: { enum: ['deny', 'review'] },
  onNone: { const: 'review' },
  onRed: { enum: ['deny', 'review'] },
  testMaxAgeHours: { enum: [24, 48, 72, null] },
  requiresEntryRegistration: { type: 'boolean' },
  asksPosition: { type: 'boolean' },
  maxEvaluationAgeHours: { type: 'integer', minimum: 1, maximum: 8784 },
}

const CATEGORY_BASICS: { readonly [name: string]: JsonSchema } = {
  title: { $ref: '#/$defs/localText' },
  wording: { $ref: '#/$defs/key' },
  appealable: { type: 'boolean' },
  manual: { type: 'boolean' },
  expects: { type: 'array', maxItems: 10, items: { enum: EXPECTATIONS } },
}
const CATEGORY_REQUIRED = ['kind', 'title', 'wording', 'appealable', 'manual']

function closed(properties: { readonly [name: string]: JsonSchema }, optional: string[] = []): JsonSchema {
  const required = Object.keys(properties).filter((name) => !optional.includes(name))
  return { type: 'object', properties, required, additionalProperties: false }
}

/** JSON Schema (2020-12, the keywords of `json-schema.ts`) of a ruleset document. */
export const RULESET_SCHEMA: JsonSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Ruleset',
  ...closed(
    {
      id: { type: 'string', pattern: '^[a-z0-9][a-z0-9-]{1,60}$' },
      version: { type: 'integer', minimum: 1, maximum: 1_000_000 },
      title: { $ref: '#/$defs/localText' },
      effectiveFrom: {
        type: 'integer',
        minimum: 0,
        maximum: 253_402_300_799_999,
        description: 'epoch milliseconds',
      },
      dayCounting: {
        oneOf: [
          closed({ mode: { const: 'calendar' }, anchorDay: { enum: [0, 1] } }),
          closed({ mode: { const: 'exact' } }),
        ],
      },
      categories: {
        type: 'object',
        minProperties: 1,
        maxProperties: 200,
        propertyNames: { $ref: '#/$defs/key' },
        additionalProperties: { $ref: '#/$defs/category' },
      },
      standingPositiveCategory: { oneOf: [{ $ref: '#/$defs/key' }, { type: 'null' }] },
      provincialMaxAgeHours: { type: 'integer', minimum: 1, maximum: 8784 },
      unknownWhenProvincialMissing: { type: 'boolean' },
      admissionPolicies: closed({
        base: closed(POLICY_FIELDS, ['asksPosition']),
        byKind: {
          type: 'object',
          propertyNames: { enum: VENUE_KINDS },
          additionalProperties: closed(POLICY_FIELDS, Object.keys(POLICY_FIELDS)),
        },
      }),
      declarations: closed({
        symptom: CATEGORY_OR_OFFICE,
        riskAreaStay: closed({ high: CATEGORY, medium: CATEGORY, low: CATEGORY }, ['high', 'medium', 'low']),
        stayDays: { type: 'integer', minimum: 1, maximum: 28 },
        claimedRiskArea: CATEGORY_OR_OFFICE,
        toldContact: CATEGORY_OR_OFFICE,
        fromAbroad: CATEGORY_OR_OFFICE,
        dailyDeclaration: { type: 'array', maxItems: 200, items: { $ref: '#/$defs/key' } },
      }),
      listWords: {
        type: 'object',
        propertyNames: { enum: SYNONYM_FIELDS },
        additionalProperties: {
          type: 'object',
          maxProperties: 200,
          propertyNames: { type: 'string', pattern: '^[A-Za-z_]{2,40}$' },
          additionalProperties: {
            type: 'array',
            minItems: 1,
            maxItems: 100,
            items: { type: 'string', minLength: 1, maxLength: 60 },
          },
        },
      },
      divisions: closed(
        {
          made: {
            type: 'array',
            maxItems: 500,
            items: closed({ code: DIVISION, name: TEXT, nameEn: TEXT }, ['nameEn']),
          },
          ended: {
            type: 'array',
            maxItems: 500,
            items: closed({
              code: DIVISION,
              heirs: {
                type: 'array',
                minItems: 1,
                maxItems: 20,
                items: closed({ code: DIVISION, within: { type: 'boolean' } }),
              },
            }),
          },
        },
        ['made', 'ended'],
      ),
      requiredTests: {
        type: 'object',
        maxProperties: 50,
        propertyNames: { $ref: '#/$defs/key' },
        additionalProperties: { $ref: '#/$defs/requiredTest' },
      },
    },
    ['declarations', 'listWords', 'divisions', 'requiredTests'],
  ),
  $defs: {
    key: { type: 'string', pattern: '^[a-z][a-z_]{1,39}$' },
    localText: closed({ zh: TEXT, en: TEXT }),
    actions: { type: 'array', maxItems: 20, items: { $ref: '#/$defs/key' } },
    category: {
      oneOf: [
        {
          type: 'object',
          properties: {
            kind: { const: 'phases' },
            ...CATEGORY_BASICS,
            phases: { type: 'array', minItems: 1, maxItems: 10, items: { $ref: '#/$defs/phase' } },
            whenContactPositive: { $ref: '#/$defs/key' },
          },
          required: [...CATEGORY_REQUIRED, 'phases'],
          additionalProperties: false,
        },
        {
          type: 'object',
          properties: {
            kind: { const: 'as_given' },
            ...CATEGORY_BASICS,
            actions: { $ref: '#/$defs/actions' },
          },
          required: [...CATEGORY_REQUIRED, 'actions'],
          additionalProperties: false,
        },
        {
          type: 'object',
          properties: {
            kind: { const: 'pass' },
            ...CATEGORY_BASICS,
            hours: { type: 'integer', minimum: 1, maximum: 336 },
            suspends: { const: 'finished_red' },
            actions: { $ref: '#/$defs/actions' },
          },
          required: [...CATEGORY_REQUIRED, 'hours', 'suspends', 'actions'],
          additionalProperties: false,
        },
      ],
    },
    phase: closed(
      {
        colour: { enum: ['yellow', 'red', 'none'] },
        end: { $ref: '#/$defs/phaseEnd' },
        tests: { $ref: '#/$defs/tests' },
        actions: { $ref: '#/$defs/actions' },
      },
      ['tests'],
    ),
    phaseEnd: {
      oneOf: [
        closed({ type: { const: 'days' }, days: DAYS, from: { enum: ['anchor', 'previous'] } }),
        closed({
          type: { const: 'days' },
          days: DAYS,
          from: { const: 'ended' },
          awaits: { $ref: '#/$defs/key' },
        }),
        closed({ type: { const: 'ended' }, awaits: { $ref: '#/$defs/key' } }),
        closed({ type: { const: 'tests' } }),
      ],
    },
    requiredTest: closed({
      title: { $ref: '#/$defs/localText' },
      everyDays: { type: 'integer', minimum: 1, maximum: 30 },
      kinds: { enum: ['any', 'single'] },
      who: {
        oneOf: [
          closed({ type: { const: 'post' } }),
          closed({
            type: { const: 'zone' },
            zones: { type: 'array', minItems: 1, maxItems: 4, items: { enum: REQUIRED_ZONE_KINDS } },
            part: { enum: ZONE_PARTS },
          }),
        ],
      },
    }),
    tests: closed({
      count: { type: 'integer', minimum: 0, maximum: 20 },
      countAfterPositive: { type: 'integer', minimum: 1, maximum: 20 },
      minimumHoursApart: { type: 'integer', minimum: 0, maximum: 720 },
      sampledAfter: { enum: ['anchor', 'ended', 'phase_start', 'phase_end'] },
      kinds: { enum: ['any', 'single'] },
    }),
  },
}
