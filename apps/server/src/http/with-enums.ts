type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

const constantsOf = (alternatives: Json | undefined): string[] | undefined => {
  if (!Array.isArray(alternatives) || alternatives.length === 0) return undefined
  const constants = alternatives.map((each) =>
    typeof each === 'object' && each && !Array.isArray(each) ? each.const : undefined,
  )
  return constants.every((each): each is string => typeof each === 'string') ? constants : undefined
}

const convert = (schema: Json): Json => {
  if (Array.isArray(schema)) return schema.map(convert)
  if (typeof schema !== 'object' || schema === null) return schema
  const { anyOf, ...rest } = schema
  const constants = constantsOf(anyOf)
  if (constants) return { ...rest, type: 'string', enum: constants }
  return Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, convert(value)]))
}

/**
 * The same schemas with `anyOf` of constants written as `enum`: the serialiser writes an enum as the string it is,
 * whereas it runs a validator for every alternative of a union.
 */
export const withEnums = <Schemas>(schemas: Schemas): Schemas => convert(schemas as Json) as Schemas
