import type { FieldError } from '@jiankangbao/contracts/error-codes'
import {
  DATE_PATTERN,
  ID_PATTERN,
  INSTANT_PATTERN,
  LINE_PATTERN,
  LINES_PATTERN,
  NAMING_LINE_PATTERN,
} from '@jiankangbao/domain/bounds'
import { readCountry } from '@jiankangbao/domain/place/countries'
import {
  lookupPurposeWords,
  parseLookupPurpose,
  readLookupPurpose,
} from '@jiankangbao/domain/vocabulary/lookups'
import { readDivisionCode } from '@jiankangbao/domain/written/division-code'
import { readOneTimeCode } from '@jiankangbao/domain/written/one-time-code'
import { Ajv, type ErrorObject, type FuncKeywordDefinition, type ValidateFunction } from 'ajv'
import type { FastifyInstance } from 'fastify'
import type { HiddenIds } from '../keys/hidden-ids.ts'
import { AppError } from './app-error.ts'
import { planHiddenIds } from './hidden-id-plan.ts'

// Bodies are taken as they are: no coercion, unknown fields refused by the schemas. Query and path are text by
// nature, so numbers in them are read. Every error of a request is told at once; bodies are small and bounded.
const bodies = new Ajv({
  coerceTypes: false,
  useDefaults: true,
  allErrors: true,
  verbose: true,
  strict: false,
  removeAdditional: false,
})
const texts = new Ajv({
  coerceTypes: true,
  useDefaults: true,
  allErrors: true,
  verbose: true,
  strict: false,
  removeAdditional: false,
})

// One place, one form: whatever way a division is written, what a handler sees, stores and compares is the plain code.
const forms: Record<string, (text: string) => string | undefined> = {
  division: readDivisionCode,
  place: (text) => readDivisionCode(text) ?? readCountry(text),
  one_time_code: readOneTimeCode,
  lookup_purpose: (text) => {
    const purpose = parseLookupPurpose(text)
    return purpose && lookupPurposeWords(purpose)
  },
}
const readsAs: FuncKeywordDefinition = {
  keyword: 'x-reads-as',
  type: 'string',
  modifying: true,
  errors: false,
  validate: (form: string, text: string, _schema, place) => {
    const read = forms[form]?.(text)
    if (read === undefined || !place) return false
    place.parentData[place.parentDataProperty] = read
    return true
  },
}
for (const ajv of [bodies, texts]) ajv.addKeyword(readsAs)

const reasons: Record<string, string> = {
  required: 'required',
  additionalProperties: 'unknown_field',
  type: 'wrong_type',
  pattern: 'format',
  'x-reads-as': 'format',
  minLength: 'too_short',
  maxLength: 'too_long',
  minimum: 'too_small',
  maximum: 'too_large',
  minItems: 'too_few',
  maxItems: 'too_many',
  uniqueItems: 'repeated',
  const: 'not_allowed',
  enum: 'not_allowed',
  anyOf: 'not_allowed',
}

const pathOf = (error: ErrorObject): string => {
  const base = error.instancePath.slice(1).replaceAll('/', '.')
  const inner = (error.params.missingProperty ?? error.params.additionalProperty) as string | undefined
  return [base, inner].filter(Boolean).join('.')
}

const textPatterns = new Set<unknown>([LINE_PATTERN, LINES_PATTERN, NAMING_LINE_PATTERN])
const datePatterns = new Set<unknown>([DATE_PATTERN, INSTANT_PATTERN])
const idPatterns = new Set<unknown>(Object.values(ID_PATTERN))

/** What is wrong with a text that looks right: a name with a NUL, the 30th of February, an id past its column. */
const reasonOf = ({ keyword, schema, params: { pattern }, data }: ErrorObject): string => {
  if (schema === 'lookup_purpose') {
    const read = readLookupPurpose(String(data))
    return read.ok ? 'not_allowed' : read.reason
  }
  if (keyword !== 'pattern') return reasons[keyword] ?? 'invalid'
  if (textPatterns.has(pattern)) return 'characters'
  if (datePatterns.has(pattern) && /^\d{4}-\d\d-\d\d/.test(String(data))) return 'no_such_date'
  return idPatterns.has(pattern) && /^[1-9]\d*$/.test(String(data)) ? 'too_large' : 'format'
}

/** One entry per field: the alternatives of a union collapse into `not_allowed`. */
export const toFieldErrors = (errors: readonly ErrorObject[]): FieldError[] => {
  const byField = new Map<string, string>()
  for (const error of errors) {
    const field = pathOf(error) || '(body)'
    const reason = reasonOf(error)
    if (!byField.has(field) || reason === 'not_allowed') byField.set(field, reason)
  }
  return [...byField].map(([field, reason]) => ({ field, reason }))
}

const isOfHiddenId = ({ parentSchema }: ErrorObject): boolean => parentSchema?.['x-id-of'] !== undefined

/** @returns what tells whether a part of a request fits; the same object is compiled once for all servers of the process */
export const validatorOf = (schema: object, httpPart: string | undefined): ValidateFunction =>
  (httpPart === 'body' ? bodies : texts).compile(schema)

/**
 * Compiles request schemas when they are first needed; refusals become VALIDATION_FAILED with the fields. An address that names nothing by a hidden id is
 * NOT_FOUND, whether it is a number, made up, of another kind of thing, or of something that is gone.
 */
export const useValidation = (app: FastifyInstance, ids: HiddenIds): void => {
  app.setValidatorCompiler(({ schema, httpPart }) => {
    let validate: ValidateFunction | undefined
    const plan = planHiddenIds(schema)
    const refuse = (fields: FieldError[], namesNothing: boolean) => ({
      error: namesNothing ? new AppError('NOT_FOUND') : new AppError('VALIDATION_FAILED', { fields }),
    })
    return (value: unknown) => {
      validate ??= validatorOf(schema as object, httpPart)
      if (!validate(value)) {
        const errors = validate.errors ?? []
        return refuse(toFieldErrors(errors), httpPart === 'params' && errors.some(isOfHiddenId))
      }
      if (!plan) return { value }
      const read = plan.read(value, ids)
      return read.wrong.length === 0 ? { value: read.value } : refuse(read.wrong, httpPart === 'params')
    }
  })
}
