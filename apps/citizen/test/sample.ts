import { DATE_PATTERN, INSTANT_PATTERN } from '@jiankangbao/domain/bounds'

/** A JSON schema as the contracts write them. */
interface Schema {
  type?: string
  const?: unknown
  enum?: unknown[]
  anyOf?: Schema[]
  properties?: Record<string, Schema>
  patternProperties?: Record<string, Schema>
  items?: Schema
  minimum?: number
  maximum?: number
  pattern?: string
}

const inHours = (hours: number): string => new Date(Date.now() + hours * 3_600_000).toISOString()

const sampleText = ({ pattern }: Schema, pick: number, name: string): string => {
  if (pattern === INSTANT_PATTERN) return inHours(pick % 2 === 0 ? -pick - 1 : pick + 1)
  if (pattern === DATE_PATTERN) return inHours(-24 * pick).slice(0, 10)
  if (pattern === '^[A-Z]{3}$') return 'USA'
  // Digits are no language: a text with letters on a screen is one of the app's own. No two fields of a thing are alike,
  // so that nothing is its own parent.
  return String(1000 + 10 * name.length + pick)
}

/** What a notice may tell beside its kind: the contract leaves the names open. */
const freeDetails = { name: '1', place: '2', by: '3', deviceName: '4' }

/**
 * An answer of the server, with everything in it that it may have. Of alternatives it takes number `pick`, so that a few
 * numbers show all of them.
 */
export const sample = (schema: Schema, pick: number, name = ''): unknown => {
  if ('const' in schema) return schema.const
  const choices = schema.enum ?? schema.anyOf
  if (schema.enum) return schema.enum[pick % schema.enum.length]
  if (schema.anyOf && choices) return sample(schema.anyOf[pick % choices.length] ?? {}, pick, name)
  switch (schema.type) {
    case 'object':
      if (!schema.properties) return freeDetails
      return Object.fromEntries(
        Object.entries(schema.properties ?? {})
          // Every list ends with its first page.
          .filter(([part]) => part !== 'nextCursor')
          .map(([part, inner]) => [part, sample(inner, pick, part)]),
      )
    case 'array':
      return [0, 1].map((more) => sample(schema.items ?? {}, pick + more, name))
    case 'integer':
    case 'number':
      return Math.min(schema.maximum ?? pick + 1, Math.max(schema.minimum ?? 0, pick + 1))
    case 'boolean':
      return pick % 2 === 0
    case 'string':
      return sampleText(schema, pick, name)
    default:
      return null
  }
}
