import { ErrorBody } from '@jiankangbao/contracts/atoms'
import type { OperationSchemas } from '@jiankangbao/contracts/operation-schemas'
import { type OperationName, operations } from '@jiankangbao/contracts/operations'
import { schemas } from '@jiankangbao/contracts/schemas'
import { expect, it } from 'vitest'
import { serializerOf } from './serialization.ts'
import { validatorOf } from './validation.ts'

it('every schema of every operation can be compiled, though a server does so late', () => {
  const wrong: string[] = []
  const attempt = (what: string, compile: () => unknown) => {
    try {
      compile()
    } catch (error) {
      wrong.push(`${what}: ${(error as Error).message}`)
    }
  }
  for (const name of Object.keys(operations) as OperationName[]) {
    const { body, params, query, responses } = schemas[name] as OperationSchemas
    for (const [status, schema] of Object.entries(responses))
      attempt(`${name} ${status}`, () => serializerOf(schema as object))
    for (const [part, schema] of Object.entries({ body, params, querystring: query }))
      if (schema) attempt(`${name} ${part}`, () => validatorOf(schema, part))
  }
  expect(wrong).toEqual([])
})

it('compiles a schema once and writes no field that it does not name', () => {
  const serialize = serializerOf(ErrorBody)
  expect(serializerOf(ErrorBody)).toBe(serialize)
  const written = serialize({ code: 'NOT_FOUND', message: 'm', requestId: 'r', secret: 'x' })
  expect(written).toContain('NOT_FOUND')
  expect(written).not.toContain('secret')
})
