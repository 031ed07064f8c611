import { toAccessText } from '@jiankangbao/contracts/access'
import { type OperationName, operations } from '@jiankangbao/contracts/operations'
import { OPERATOR_ROLES } from '@jiankangbao/domain/vocabulary/people'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createDivisions, registerCitizen } from '../../test/factories.ts'
import { createOperator } from '../../test/operators.ts'
import { startTestApp, type TestApp } from '../../test/test-app.ts'

/** What anybody on the way may keep: the same for everybody, about nobody. */
const PUBLIC: Partial<Record<OperationName, string>> = {
  listRegions: 'public, max-age=86400',
  listVerificationKeys: 'public, max-age=30',
  listAuditKeys: 'public, max-age=300',
  getAuditHead: 'public, max-age=5',
}

let app: TestApp
const callers = new Map<string, Record<string, string>>()
beforeAll(async () => {
  app = await startTestApp()
  await createDivisions(app)
  callers.set('citizen', { ...(await registerCitizen(app)).headers })
  for (const role of OPERATOR_ROLES)
    callers.set(role, { ...(await createOperator(app, { roles: [role] })).headers })
})
afterAll(() => app.close())

const entries = Object.entries(operations) as [OperationName, (typeof operations)[OperationName]][]
const readable = entries.filter(([, { method, path }]) => method === 'GET' && !path.includes(':'))

describe('nobody keeps an answer that is somebody’s', () => {
  it.each(readable)('%s', async (name, { method, path, access }) => {
    const wanted = PUBLIC[name] ?? 'no-store'
    const headers =
      access.kind === 'public'
        ? [{}]
        : [...callers]
            .filter(([kind]) => new RegExp(`\\b(operator$|${kind}\\b)`).test(toAccessText(access)))
            .map(([, one]) => one)
    expect(headers.length).toBeGreaterThan(0)
    for (const one of headers) {
      const answer = await app.http.inject({ method, url: path, headers: one })
      const isKept = answer.statusCode === 200
      expect([answer.statusCode, answer.headers['cache-control']]).toEqual([
        answer.statusCode,
        isKept ? wanted : 'no-store',
      ])
    }
  })

  it.each(entries)('%s, refused or done, with whatever is in its path', async (name, { method, path }) => {
    for (const headers of [{}, ...callers.values()]) {
      const url = path.replaceAll(/:[a-zA-Z]+/g, '1')
      const answer = await app.http.inject({ method, url, headers })
      const mayBeKept = answer.statusCode === 200 && name in PUBLIC
      if (!mayBeKept) expect([url, answer.headers['cache-control']]).toEqual([url, 'no-store'])
    }
  })

  it.each(['/healthz', '/readyz', '/openapi.json', '/metrics', '/api/v1/nothing', '//', '/api/v1/me/live'])(
    '%s, which is no operation',
    async (url) => {
      expect((await app.http.inject(url)).headers['cache-control']).toBe('no-store')
    },
  )
})

it('has no figures on the public port', async () => {
  for (const url of ['/metrics', '/metrics?x=1', '/metrics/', '//metrics'])
    expect((await app.http.inject(url)).statusCode, url).toBe(404)
})
