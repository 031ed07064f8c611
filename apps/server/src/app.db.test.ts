import { toAccessText } from '@jiankangbao/contracts/access'
import { operations } from '@jiankangbao/contracts/operations'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readMetrics } from '../test/metrics.ts'
import { startTestApp, type TestApp } from '../test/test-app.ts'

describe('the whole interface', () => {
  let app: TestApp
  beforeAll(async () => {
    app = await startTestApp()
  })
  afterAll(() => app.close())

  it('has a route for every operation, and every route a declared caller', async () => {
    const lines = app.routes
      .filter(({ method }) => method !== 'HEAD')
      .map(({ method, url, access }) => `${method} ${url} — ${toAccessText(access)}`)
    for (const { method, path, access } of Object.values(operations))
      expect(lines).toContain(`${method} ${path} — ${toAccessText(access)}`)
    await expect(`${lines.sort().join('\n')}\n`).toMatchFileSnapshot('./route-access.snapshot.txt')
  })

  it.each(Object.entries(operations).filter(([, { access }]) => access.kind !== 'public'))(
    '%s answers 401 without a caller',
    async (_, { method, path }) => {
      const url = path.replaceAll(/:[a-zA-Z]+/g, '1')
      const answer = await app.http.inject({ method, url })
      expect(answer.statusCode).toBe(401)
      expect(answer.json()).toMatchObject({ code: 'NOT_SIGNED_IN', requestId: expect.any(String) })
    },
  )

  it('answers 405 with Allow for another method, 404 for another path, 413 for a body too large, 400 for broken JSON', async () => {
    const wrongMethod = await app.http.inject({ method: 'PUT', url: '/api/v1/visits' })
    expect([wrongMethod.statusCode, wrongMethod.headers.allow, wrongMethod.json().code]).toEqual([
      405,
      'POST',
      'METHOD_NOT_ALLOWED',
    ])
    const nothing = await app.http.inject({ method: 'GET', url: '/api/v1/nothing' })
    expect([nothing.statusCode, nothing.json().code]).toEqual([404, 'NOT_FOUND'])
    const large = await app.http.inject({
      method: 'POST',
      url: '/api/v1/sms-codes',
      payload: { phone: 'x'.repeat(70_000), purpose: 'sign-in' },
    })
    expect([large.statusCode, large.json().code]).toEqual([413, 'BODY_TOO_LARGE'])
    const broken = await app.http.inject({
      method: 'POST',
      url: '/api/v1/sms-codes',
      headers: { 'content-type': 'application/json' },
      payload: '{"phone":',
    })
    expect([broken.statusCode, broken.json().code]).toEqual([400, 'MALFORMED_JSON'])
    const text = await app.http.inject({
      method: 'POST',
      url: '/api/v1/sms-codes',
      headers: { 'content-type': 'text/plain' },
      payload: 'x',
    })
    expect([text.statusCode, text.json().code]).toEqual([415, 'UNSUPPORTED_MEDIA_TYPE'])
  })

  it('names every refused field at once, refuses unknown fields and coerces nothing', async () => {
    const answer = await app.http.inject({
      method: 'POST',
      url: '/api/v1/sms-codes',
      payload: { phone: 13800000000, extra: 1 },
    })
    expect(answer.statusCode).toBe(400)
    expect(
      answer
        .json()
        .fields.sort((a: { field: string }, b: { field: string }) => a.field.localeCompare(b.field)),
    ).toEqual([
      { field: 'extra', reason: 'unknown_field' },
      { field: 'phone', reason: 'wrong_type' },
      { field: 'purpose', reason: 'required' },
    ])
  })

  it('describes itself, is ready and measures', async () => {
    const openapi = (await app.http.inject('/openapi.json')).json()
    expect(Object.keys(openapi.paths)).toContain('/api/v1/visits')
    const page = await app.http.inject('/openapi')
    expect([page.statusCode, page.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8'])
    expect(page.body).toContain('/api/v1/visits')
    expect((await app.http.inject('/readyz')).json()).toEqual({ status: 'ready' })
    expect(await readMetrics(app)).toContain('jkb_visit_queue_length')
  })
})
