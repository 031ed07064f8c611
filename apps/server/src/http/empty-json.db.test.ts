import { isForOperators } from '@jiankangbao/contracts/access'
import type { OperationSchemas } from '@jiankangbao/contracts/operation-schemas'
import { type OperationName, operations } from '@jiankangbao/contracts/operations'
import { schemas } from '@jiankangbao/contracts/schemas'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addMember, registerCitizen, signInCitizen } from '../../test/factories.ts'
import { createOperator } from '../../test/operators.ts'
import { startTestApp, type TestApp } from '../../test/test-app.ts'

const withoutBody = (Object.keys(operations) as OperationName[]).filter(
  (name) =>
    operations[name].method !== 'GET' &&
    name !== 'createFaceCheck' &&
    (schemas[name] as OperationSchemas).body === undefined,
)

/** What the hosts make of a call without a body: WeChat and Alipay name every request JSON. */
const bodies = ['', '{}']

describe('a call without a body that is named JSON', () => {
  let app: TestApp
  beforeAll(async () => {
    app = await startTestApp()
  })
  afterAll(() => app.close())
  const call = (name: OperationName, headers: Record<string, string>, payload: string, path?: string) =>
    app.http.inject({
      method: operations[name].method,
      url: path ?? operations[name].path.replace(/:[a-zA-Z]+/g, '999999'),
      headers: { ...headers, 'content-type': 'application/json' },
      payload,
    })

  it.each(bodies)('ends a session: %o', async (payload) => {
    const citizen = await signInCitizen(app)
    expect((await call('endSession', citizen.headers, payload)).statusCode).toBe(204)
    const after = await app.http.inject({ url: '/api/v1/sessions', headers: citizen.headers })
    expect([after.statusCode, after.json().code]).toEqual([401, 'SESSION_REVOKED'])
  })

  it.each(bodies)('removes a member of the family: %o', async (payload) => {
    const citizen = await registerCitizen(app)
    const { memberId } = await addMember(app, citizen)
    const removed = await call('removeMember', citizen.headers, payload, `/api/v1/me/members/${memberId}`)
    expect(removed.statusCode).toBe(204)
  })

  it.each(withoutBody.flatMap((name) => bodies.map((payload) => [name, payload] as const)))(
    'is read for what it is: %s %o',
    async (name, payload) => {
      const headers = isForOperators(operations[name].access)
        ? (await createOperator(app, { roles: ['hq'] })).headers
        : (await registerCitizen(app)).headers
      const answer = await call(name, headers, payload)
      const code = answer.body === '' ? undefined : answer.json().code
      expect(['MALFORMED_JSON', 'UNSUPPORTED_MEDIA_TYPE', 'INTERNAL']).not.toContain(code)
    },
  )

  it('is broken JSON where something has to be said', async () => {
    const citizen = await registerCitizen(app)
    for (const name of ['readNotices', 'recordVisit'] as const) {
      const answer = await call(name, citizen.headers, '')
      expect([answer.statusCode, answer.json().code]).toEqual([400, 'MALFORMED_JSON'])
    }
  })
})
