import { ErrorBody } from '@jiankangbao/contracts/atoms'
import type { OperationSchemas } from '@jiankangbao/contracts/operation-schemas'
import { type OperationName, operations } from '@jiankangbao/contracts/operations'
import { schemas } from '@jiankangbao/contracts/schemas'
import { expect, it } from 'vitest'
import { serializerOf } from './serialization.ts'

const responsesOf = (name: OperationName) => Object.entries((schemas[name] as OperationSchemas).responses)

it('can write the answers of every operation, though a server compiles them late', () => {
  const wrong: string[] = []
  for (const name of Object.keys(operations) as OperationName[])
    for (const [status, schema] of responsesOf(name))
      try {
        serializerOf(schema as object)
      } catch (error) {
        wrong.push(`${name} ${status}: ${(error as Error).message}`)
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
