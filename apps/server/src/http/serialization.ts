import fastJson from 'fast-json-stringify'
import type { FastifyInstance } from 'fastify'

type Serialize = (answer: unknown) => string

const compiled = new WeakMap<object, Serialize>()

/** @returns how an answer of this schema is written; the same object is compiled once for all routes and servers of the process */
export const serializerOf = (schema: object): Serialize => {
  const known = compiled.get(schema)
  if (known) return known
  const made: Serialize = fastJson(schema as Parameters<typeof fastJson>[0])
  compiled.set(schema, made)
  return made
}

/**
 * Compiles a response schema when its first answer is given. A server has about a thousand of them, most are not met for
 * hours, and compiling all took a second of processor time at each start.
 */
export const useSerialization = (app: FastifyInstance): void => {
  app.setSerializerCompiler(({ schema }) => {
    let serialize: Serialize | undefined
    return (answer) => {
      serialize ??= serializerOf(schema as object)
      return serialize(answer)
    }
  })
}
