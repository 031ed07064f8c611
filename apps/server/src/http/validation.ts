import type { FieldError } from '@jiankangbao/contracts/error-codes'
import { readDivisionCode } from '@jiankangbao/domain/place/division-code'
import { Ajv, type ErrorObject, type FuncKeywordDefinition } from 'ajv'
import type { FastifyInstance } from 'fastify'
import { AppError } from '../errors/app-error.ts'

// Bodies are taken as they are: no coercion, unknown fields refused by the schemas. Query and path are text by
// nature, so numbers in them are read. Every error of a request is told at once; bodies are small and bounded.
const bodies = new Ajv({
  coerceTypes: false,
  useDefaults: true,
  allErrors: true,
  strict: false,
  removeAdditional: false,
})
const texts = new Ajv({
  coerceTypes: true,
  useDefaults: true,
  allErrors: true,
  strict: false,
  removeAdditional: false,
})

// One place, one form: whatever way a division is written, what a handler sees, stores and compares is the plain code.
const forms: Record<string, (text: string) => string | undefined> = { division: readDivisionCode }
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

/** One entry per field: the alternatives of a union collapse into `not_allowed`. */
export const toFieldErrors = (errors: readonly ErrorObject[]): FieldError[] => {
  const byField = new Map<string, string>()
  for (const error of errors) {
    const field = pathOf(error) || '(body)'
    const reason = reasons[error.keyword] ?? 'invalid'
    if (!byField.has(field) || reason === 'not_allowed') byField.set(field, reason)
  }
  return [...byField].map(([field, reason]) => ({ field, reason }))
}

/** Compiles request schemas; refusals become VALIDATION_FAILED with the fields. */
export const useValidation = (app: FastifyInstance): void => {
  app.setValidatorCompiler(({ schema, httpPart }) => {
    const validate = (httpPart === 'body' ? bodies : texts).compile(schema as object)
    return (value: unknown) => {
      if (validate(value)) return { value }
      return { error: new AppError('VALIDATION_FAILED', { fields: toFieldErrors(validate.errors ?? []) }) }
    }
  })
}
