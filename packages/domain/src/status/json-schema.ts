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

/** Where a document is wrong (`/categories/close_contact/phases/0/colour`; empty for the whole) and in what way. */
export type SchemaError = { path: string; reason: string }

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
    state.errors.push({ path, reason: 'nested too deeply' })
    return
  }
  const deeper = { ...state, depth: state.depth + 1 }
  if (schema.$ref !== undefined) visit(resolve(schema.$ref, state.root), value, path, deeper)
  if (schema.oneOf) visitAlternatives(schema.oneOf, value, path, deeper)
  if (!hasType(schema.type, value)) {
    state.errors.push({ path, reason: `must be ${schema.type}` })
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
    const score =
      errors.filter((error) => error.reason.startsWith('must be exactly')).length * 1000 + errors.length
    if (score < bestScore) {
      best = errors
      bestScore = score
    }
  }
  if (best) state.errors.push(...best)
}

function visitConstants(schema: JsonSchema, value: unknown, path: string, errors: SchemaError[]): void {
  if (schema.const !== undefined && value !== schema.const) {
    errors.push({ path, reason: `must be exactly ${JSON.stringify(schema.const)}` })
  }
  if (schema.enum && !schema.enum.some((allowed) => allowed === value)) {
    errors.push({
      path,
      reason: `must be one of ${schema.enum.map((allowed) => String(allowed)).join(', ')}`,
    })
  }
}

function visitText(schema: JsonSchema, value: string, path: string, errors: SchemaError[]): void {
  const { minLength = 0, maxLength = Number.POSITIVE_INFINITY } = schema
  if (value.length < minLength || value.length > maxLength) {
    errors.push({ path, reason: `must have ${minLength} to ${maxLength} characters` })
  }
  if (schema.pattern !== undefined && !new RegExp(schema.pattern).test(value)) {
    errors.push({ path, reason: `must match ${schema.pattern}` })
  }
}

function visitNumber(schema: JsonSchema, value: number, path: string, errors: SchemaError[]): void {
  const { minimum = Number.NEGATIVE_INFINITY, maximum = Number.POSITIVE_INFINITY } = schema
  if (value < minimum || value > maximum) errors.push({ path, reason: `must be ${minimum} to ${maximum}` })
}

function visitArray(schema: JsonSchema, value: readonly unknown[], path: string, state: Visit): void {
  const { minItems = 0, maxItems = Number.POSITIVE_INFINITY } = schema
  if (value.length < minItems || value.length > maxItems) {
    state.errors.push({ path, reason: `must have ${minItems} to ${maxItems} entries` })
    return
  }
  if (!schema.items) return
  for (let i = 0; i < value.length; i++) visit(schema.items, value[i], `${path}/${i}`, state)
}

function visitObject(schema: JsonSchema, value: JsonObject, path: string, state: Visit): void {
  const { minProperties = 0, maxProperties = Number.POSITIVE_INFINITY } = schema
  const names = Object.keys(value)
  if (names.length < minProperties || names.length > maxProperties) {
    state.errors.push({ path, reason: `must have ${minProperties} to ${maxProperties} properties` })
    return
  }
  for (const name of schema.required ?? []) {
    if (!has(value, name)) state.errors.push({ path: `${path}/${name}`, reason: 'is missing' })
  }
  for (const name of names) {
    const below = `${path}/${name.replace(/~/g, '~0').replace(/\//g, '~1')}`
    if (schema.propertyNames) visit(schema.propertyNames, name, below, state)
    const own = schema.properties && has(schema.properties, name) ? schema.properties[name] : undefined
    if (own) visit(own, value[name], below, state)
    else if (schema.additionalProperties === false) state.errors.push({ path: below, reason: 'is not known' })
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
