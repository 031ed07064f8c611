import * as atoms from '@jiankangbao/contracts/atoms'
import * as reasons from '@jiankangbao/contracts/reasons'
import { subjects } from '@jiankangbao/contracts/schemas'
import { exampleOf, type JsonSchema } from './example.ts'

const toJson = (schema: unknown): JsonSchema => JSON.parse(JSON.stringify(schema))

const isSchema = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && ['type', 'anyOf'].some((key) => key in value)

/** Names of the exported schemas by their text. Where several are the same, each subject calls it by its own name. */
const collectNames = (): Map<string, { subject: string; name: string }[]> => {
  const names = new Map<string, { subject: string; name: string }[]>()
  for (const [subject, module] of Object.entries({ atoms, reasons, ...subjects }))
    for (const [name, value] of Object.entries(module)) {
      if (!isSchema(value)) continue
      const text = JSON.stringify(value)
      names.set(text, [...(names.get(text) ?? []), { subject, name }])
    }
  return names
}

/**
 * Puts the schemas of the contracts into components, under the names by which they are exported there, and refers to
 * them. The contracts stay free of names within their schemas, so validation and serialisation see plain ones.
 */
export const createNamedSchemas = () => {
  const names = collectNames()
  const components: Record<string, JsonSchema> = {}

  const add = (name: string, schema: JsonSchema, subject: string): JsonSchema => {
    if (!(name in components)) {
      components[name] = {}
      components[name] = { ...describeParts(schema, subject), examples: [exampleOf(schema)] }
    }
    return { $ref: `#/components/schemas/${name}` }
  }

  const describeAll = (parts: Record<string, JsonSchema>, subject: string): Record<string, JsonSchema> =>
    Object.fromEntries(Object.entries(parts).map(([key, part]) => [key, describe(part, subject)]))

  const describeParts = (schema: JsonSchema, subject: string): JsonSchema => ({
    ...schema,
    ...(schema.properties ? { properties: describeAll(schema.properties, subject) } : {}),
    ...(schema.patternProperties
      ? { patternProperties: describeAll(schema.patternProperties, subject) }
      : {}),
    ...(schema.items ? { items: describe(schema.items, subject) } : {}),
    ...(schema.anyOf ? { anyOf: schema.anyOf.map((part) => describe(part, subject)) } : {}),
  })

  const describe = (schema: JsonSchema, subject: string): JsonSchema => {
    const found = names.get(JSON.stringify(schema))
    const known = found?.find((each) => each.subject === subject) ?? found?.[0]
    return known ? add(known.name, schema, known.subject) : describeParts(schema, subject)
  }

  return {
    components,
    /** The schema as the contract has it, referring to named ones. */
    describe: (schema: unknown, subject: string): JsonSchema => describe(toJson(schema), subject),
    /** The same as a reference: what has no name of its own gets the given one. */
    refer: (schema: unknown, subject: string, name: string): JsonSchema => {
      const described = describe(toJson(schema), subject)
      return described.$ref ? described : add(name, toJson(schema), subject)
    },
  }
}
export type NamedSchemas = ReturnType<typeof createNamedSchemas>
