import type { FastifyInstance } from 'fastify'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { buildSandbox } from '../app.ts'

let app: FastifyInstance

beforeEach(() => {
  app = buildSandbox()
})
afterEach(() => app.close())

const person = {
  transactionId: 't-1',
  name: '𬱖㐱',
  documentType: 'resident_id',
  documentNumber: '32030119900101001X',
}

function verify(change: object = {}, authorization = 'Bearer sandbox-identity') {
  const headers = { authorization }
  return app.inject({
    method: 'POST',
    url: '/identity/verifications',
    headers,
    payload: { ...person, ...change },
  })
}
const verdict = async (change?: object) => (await verify(change)).json().verdict
const steer = (identity: object) => app.inject({ method: 'PUT', url: '/steering', payload: { identity } })

describe('identity authority', () => {
  it('matches by default and gives the transaction back', async () => {
    const answer = await verify()
    expect([answer.statusCode, answer.json()]).toEqual([200, { transactionId: 't-1', verdict: 'match' }])
  })

  it('lets the document win over the name, and the name over everyone', async () => {
    await steer({
      verdict: 'unknown',
      byName: { [person.name]: 'mismatch' },
      byDocument: { '32030119900101001x': 'unavailable' },
    })
    expect(await verdict()).toBe('unavailable')
    expect(await verdict({ documentNumber: '320301199001010028' })).toBe('mismatch')
    expect(await verdict({ documentNumber: '320301199001010028', name: '李四' })).toBe('unknown')
    expect(await verdict({ documentNumber: 'constructor', name: 'toString' })).toBe('unknown')
  })

  it('refuses a missing token, a missing field and an unknown one', async () => {
    expect((await verify({}, 'Bearer sandbox-sms')).statusCode).toBe(401)
    expect((await verify({ name: undefined })).json().fields).toEqual([
      { field: 'name', reason: 'is required' },
    ])
    expect((await verify({ photo: 'x' })).json().fields).toEqual([
      { field: 'photo', reason: 'is not a known field' },
    ])
  })
})
