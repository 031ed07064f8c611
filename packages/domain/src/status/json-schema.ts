/**
 * The part of JSON Schema that the ruleset needs, interpreted directly: schema compilers generate code, which mini
 * programs forbid. A schema for this interpreter uses no keyword beyond these.
 */
export type JsonSchema = {
  $schema?: string
  $id?: string
  title?: string
  description?: string
  $defs?: { readonly [name: string]: JsonSchema }
  $ref?: string
  type?: 'object' | 'array' | 'string' | 'integer' | 'number' | 'boolean' | 'null'
  const?: string | number | boolean | null
  enum?: readonly (string | number | boolean | null)[]
  properties?: { readonly [name: string]: JsonSchema }
  required?: readonly string[]
  additionalProperties?: boolean | JsonSchema
  propertyNames?: JsonSchema
  minProperties?: number
  maxProperties?: number
  items?: JsonSchema
  minItems?: number
  maxItems?: number
  minLength?: number
  maxLength?: number
  pattern?: string
  minimum?: number
  maximum?: number
  /** Alternatives told apart by constants (`kind`, `type`, `from`): the best match explains what is wrong. */
  oneOf?: readonly JsonSchema[]
}

const words = {
  type: ([type]: string[]) => `must be ${type}`,
  exactly: ([value]: string[]) => `must be exactly ${value}`,
  one_of: ([values]: string[]) => `must be one of ${values}`,
  length: ([least, most]: string[]) => `must have ${least} to ${most} characters`,
  form: ([pattern]: string[]) => `must match ${pattern}`,
  range: ([least, most]: string[]) => `must be ${least} to ${most}`,
  entries: ([least, most]: string[]) => `must have ${least} to ${most} entries`,
  properties: ([least, most]: string[]) => `must have ${least} to ${most} properties`,
  missing: () => 'is missing',
  unknown: () => 'is not known',
  too_deep: () => 'nested too deeply',
  needs_phases: () => 'must name a category with phases',
  needs_other_phases: () => 'must name another category with phases',
  word_twice: () => 'is empty, or means two things in one column',
  unknown_category: () => 'is no category of this ruleset',
  no_division_code: () => 'must be the six digits of a division',
  division_twice: () => 'stands there twice',
  parent_unknown: () => 'lies in a city or province that is not known',
  division_unknown: () => 'never was a division',
  heir_unknown: () => 'is no division of today',
  has_divisions_below: () => 'still has divisions below it',
  needs_test: () => 'must ask for a test: nothing else ends this phase',
  first_phase: () => 'must not be previous: this is the first phase',
  characters: () => 'must not contain characters that no text has',
  published: () => 'is published already',
}
export type SchemaFault = keyof typeof words

/**
 * Where a document is wrong (`/categories/close_contact/phases/0/colour`; empty for the whole) and in what way: a code
 * and the values it speaks of for clients, and the same in English words.
 */
export type SchemaError = { path: string; fault: SchemaFault; values: string[]; reason: string }

/** An error with its English words. */
export function schemaError(path: string, fault: SchemaFault, ...values: (string | number)[]): SchemaError {
  const texts = values.map(String)
  return { path, fault, values: texts, reason: words[fault](texts) }
}

type JsonObject = { readonly [name: string]: unknown }

/** Every place where `value` does not fit `schema`; empty when it fits. `$ref` resolves within `root`. */
export function checkSchema(schema: JsonSchema, value: unknown, root: JsonSchema = schema): SchemaError[] {
  const errors: SchemaError[] = []
  visit(schema, value, '', { root, errors, depth: 0 })
  return errors
}

type Visit = { root: JsonSchema; errors: SchemaError[]; depth: number }

// Far deeper than any ruleset; stops a schema that refers to itself without end.
const MAX_DEPTH = 40

function visit(schema: JsonSchema, value: unknown, path: string, state: Visit): void {
  if (state.depth > MAX_DEPTH) {
    state.errors.push(schemaError(path, 'too_deep'))
    return
  }
  const deeper = { ...state, depth: state.depth + 1 }
  if (schema.$ref !== undefined) visit(resolve(schema.$ref, state.root), value, path, deeper)
  if (schema.oneOf) visitAlternatives(schema.oneOf, value, path, deeper)
  if (!hasType(schema.type, value)) {
    state.errors.push(schemaError(path, 'type', schema.type ?? ''))
    return
  }
  visitConstants(schema, value, path, state.errors)
  if (typeof value === 'string') visitText(schema, value, path, state.errors)
  if (typeof value === 'number') visitNumber(schema, value, path, state.errors)
  if (Array.isArray(value)) visitArray(schema, value, path, deeper)
  else if (isObject(value)) visitObject(schema, value, path, deeper)
}

function resolve(ref: string, root: JsonSchema): JsonSchema {
  const name = ref.replace('#/$defs/', '')
  const found = root.$defs?.[name]
  if (!found) throw new Error(`schema has no definition ${ref}`)
  return found
}

function visitAlternatives(
  alternatives: readonly JsonSchema[],
  value: unknown,
  path: string,
  state: Visit,
): void {
  let best: SchemaError[] | undefined
  let bestScore = Number.POSITIVE_INFINITY
  for (const alternative of alternatives) {
    const errors: SchemaError[] = []
    visit(alternative, value, path, { ...state, errors })
    if (errors.length === 0) return
    // The alternative whose constants fit is the one that was meant, however much else is wrong with it.
    const score = errors.filter((error) => error.fault === 'exactly').length * 1000 + errors.length
    if (score < bestScore) {
      best = errors
      bestScore = score
    }
  }
  if (best) state.errors.push(...best)
}

function visitConstants(schema: JsonSchema, value: unknown, path: string, errors: SchemaError[]): void {
  if (schema.const !== undefined && value !== schema.const) {
    errors.push(schemaError(path, 'exactly', JSON.stringify(schema.const)))
  }
  if (schema.enum && !schema.enum.some((allowed) => allowed === value)) {
    errors.push(schemaError(path, 'one_of', schema.enum.map((allowed) => String(allowed)).join(', ')))
  }
}

function visitText(schema: JsonSchema, value: string, path: string, errors: SchemaError[]): void {
  const { minLength = 0, maxLength = Number.POSITIVE_INFINITY } = schema
  if (value.length < minLength || value.length > maxLength) {
    errors.push(schemaError(path, 'length', minLength, maxLength))
  }
  if (schema.pattern !== undefined && !new RegExp(schema.pattern).test(value)) {
    errors.push(schemaError(path, 'form', schema.pattern))
  }
}

function visitNumber(schema: JsonSchema, value: number, path: string, errors: SchemaError[]): void {
  const { minimum = Number.NEGATIVE_INFINITY, maximum = Number.POSITIVE_INFINITY } = schema
  if (value < minimum || value > maximum) errors.push(schemaError(path, 'range', minimum, maximum))
}

function visitArray(schema: JsonSchema, value: readonly unknown[], path: string, state: Visit): void {
  const { minItems = 0, maxItems = Number.POSITIVE_INFINITY } = schema
  if (value.length < minItems || value.length > maxItems) {
    state.errors.push(schemaError(path, 'entries', minItems, maxItems))
    return
  }
  if (!schema.items) return
  for (let i = 0; i < value.length; i++) visit(schema.items, value[i], `${path}/${i}`, state)
}

function visitObject(schema: JsonSchema, value: JsonObject, path: string, state: Visit): void {
  const { minProperties = 0, maxProperties = Number.POSITIVE_INFINITY } = schema
  const names = Object.keys(value)
  if (names.length < minProperties || names.length > maxProperties) {
    state.errors.push(schemaError(path, 'properties', minProperties, maxProperties))
    return
  }
  for (const name of schema.required ?? []) {
    if (!has(value, name)) state.errors.push(schemaError(`${path}/${name}`, 'missing'))
  }
  for (const name of names) {
    const below = `${path}/${name.replace(/~/g, '~0').replace(/\//g, '~1')}`
    if (schema.propertyNames) visit(schema.propertyNames, name, below, state)
    const own = schema.properties && has(schema.properties, name) ? schema.properties[name] : undefined
    if (own) visit(own, value[name], below, state)
    else if (schema.additionalProperties === false) state.errors.push(schemaError(below, 'unknown'))
    else if (typeof schema.additionalProperties === 'object') {
      visit(schema.additionalProperties, value[name], below, state)
    }
  }
}

function hasType(type: JsonSchema['type'], value: unknown): boolean {
  if (type === undefined) return true
  if (type === 'null') return value === null
  if (type === 'array') return Array.isArray(value)
  if (type === 'object') return isObject(value)
  if (type === 'integer') return Number.isSafeInteger(value)
  if (type === 'number') return Number.isFinite(value)
  return typeof value === type
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function has(object: object, name: string): boolean {
  return Object.hasOwn(object, name)
}
