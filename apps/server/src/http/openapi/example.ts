/** A schema as plain JSON: what TypeBox keeps beside it is gone. */
export type JsonSchema = {
  type?: string
  properties?: Record<string, JsonSchema>
  patternProperties?: Record<string, JsonSchema>
  required?: string[]
  additionalProperties?: boolean
  items?: JsonSchema
  anyOf?: JsonSchema[]
  enum?: unknown[]
  const?: unknown
  examples?: unknown[]
  default?: unknown
  minimum?: number
  maximum?: number
  minLength?: number
  maxLength?: number
  description?: string
  $ref?: string
}

const exampleOfText = ({ minLength = 1, maxLength = 40 }: JsonSchema): string =>
  '示例'.repeat(minLength).slice(0, Math.min(Math.max(minLength, 2), maxLength))

const exampleOfNumber = ({ minimum, maximum }: JsonSchema): number =>
  Math.min(Math.max(1, minimum ?? 1), maximum ?? 1_000_000)

/** A request shows what it must carry, an answer everything that it may. */
const exampleOfObject = (schema: JsonSchema): Record<string, unknown> => {
  const properties = Object.entries(schema.properties ?? {})
  const isRequest = schema.additionalProperties === false
  const shown = properties.filter(([name]) => !isRequest || schema.required?.includes(name))
  return Object.fromEntries(
    (shown.length > 0 ? shown : properties.slice(0, 1)).map(([name, child]) => [name, exampleOf(child)]),
  )
}

/** A value that the schema admits: its own first example, or one put together of the examples of its parts. */
export const exampleOf = (schema: JsonSchema): unknown => {
  if (schema.examples) return schema.examples[0]
  if ('const' in schema) return schema.const
  if ('default' in schema) return schema.default
  if (schema.enum) return schema.enum[0]
  if (schema.anyOf?.[0]) return exampleOf(schema.anyOf[0])
  switch (schema.type) {
    case 'object':
      return exampleOfObject(schema)
    case 'array':
      return schema.items ? [exampleOf(schema.items)] : []
    case 'string':
      return exampleOfText(schema)
    case 'integer':
    case 'number':
      return exampleOfNumber(schema)
    case 'boolean':
      return true
    default:
      return {}
  }
}
