import type { FastifyInstance } from 'fastify'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { buildSandbox } from './app.ts'

const start = {
  sms: { mode: 'ok', delayMs: 3000 },
  identity: { mode: 'ok', delayMs: 3000, verdict: 'match', byDocument: {}, byName: {} },
  face: { mode: 'ok', delayMs: 3000, verdict: 'pass', byDocument: {}, next: [] },
  provincial: { mode: 'ok', delayMs: 3000, verdict: 'green', data: 'right', byDocument: {} },
  travelCard: { mode: 'ok', delayMs: 3000, places: 'local' },
  riskAreas: { mode: 'ok', delayMs: 3000, list: 'few', age: 'today' },
  exchange: { mode: 'ok', delayMs: 3000, load: 'quiet', data: 'right' },
  aliyun: { mode: 'ok', delayMs: 3000, answer: 'ok', identity: 'match', face: 'pass' },
  tencent: { mode: 'ok', delayMs: 3000, answer: 'ok', identity: 'match', face: 'pass' },
}

let app: FastifyInstance

beforeEach(() => {
  app = buildSandbox({ tokens: { sms: 'own-token' } })
})
afterEach(() => app.close())

const readState = async () => (await app.inject('/steering')).json()
const steer = (payload: object) => app.inject({ method: 'PUT', url: '/steering', payload })

describe('steering', () => {
  it('changes what it is given, takes back what it told, and resets', async () => {
    expect(await readState()).toEqual(start)
    const changed = await steer({ sms: { mode: 'slow' }, identity: { byDocument: { X1: 'mismatch' } } })
    const expected = {
      ...start,
      sms: { mode: 'slow', delayMs: 3000 },
      identity: { ...start.identity, byDocument: { X1: 'mismatch' } },
    }
    expect(changed.json()).toEqual(expected)
    expect((await steer(await readState())).json()).toEqual(expected)
    expect((await app.inject({ method: 'DELETE', url: '/steering' })).json()).toEqual(start)
    expect(await readState()).toEqual(start)
  })

  it.each([
    [{ sms: { mode: 'broken' } }, 'sms.mode', 'must be one of ok, slow, down, error'],
    [{ sms: { delayMs: 60_001 } }, 'sms.delayMs', 'must be a whole number of milliseconds, 0 to 60000'],
    [{ sms: { delayMs: '5' } }, 'sms.delayMs', 'must be a whole number of milliseconds, 0 to 60000'],
    [{ sms: { verdict: 'ok' } }, 'sms.verdict', 'is not a known field'],
    [{ identity: { byDocument: { A: 'yes' } } }, 'identity.byDocument.A', /^must be one of match/],
    [{ face: { next: ['pass', 'maybe'] } }, 'face.next.1', /^must be one of pass/],
    [{ provincial: { data: 'old' } }, 'provincial.data', /^must be one of right/],
    [{ weather: {} }, 'weather', 'is not a known field'],
  ])('refuses %j and changes nothing', async (change, field, reason) => {
    const answer = await steer({ ...change, ...('face' in change ? {} : { face: { verdict: 'fail' } }) })
    expect(answer.statusCode).toBe(400)
    const expected = { field, reason: reason instanceof RegExp ? expect.stringMatching(reason) : reason }
    expect(answer.json().fields).toEqual([expected])
    expect(await readState()).toEqual(start)
  })

  it('refuses a body that is no object', async () => {
    expect((await steer([])).json()).toMatchObject({ code: 'VALIDATION_FAILED', fields: [{ field: 'body' }] })
  })
})

describe('paths', () => {
  it('answers 405 with the right methods, 404 elsewhere', async () => {
    const wrong = await app.inject({ method: 'POST', url: '/steering?x=1' })
    expect([wrong.statusCode, wrong.headers.allow, wrong.json().code]).toEqual([
      405,
      'GET, PUT, DELETE',
      'METHOD_NOT_ALLOWED',
    ])
    expect((await app.inject('/nowhere')).json().code).toBe('NOT_FOUND')
  })

  it.each(['/', '/phone', '/steer'])(
    '%s loads nothing from elsewhere and runs nothing inline',
    async (url) => {
      const page = await app.inject(url)
      expect(page.headers['content-type']).toMatch('text/html')
      expect(page.headers['content-security-policy']).toMatch("default-src 'none'")
      expect(page.body).not.toMatch(/https?:|<script>|\son\w+=|style="/)
      const loaded = [...page.body.matchAll(/(?:src|href)="(\/[^"]*)"/g)].map(([, path]) => path ?? '')
      for (const path of loaded) expect((await app.inject(path)).statusCode).toBe(200)
    },
  )
})

describe('over real HTTP', () => {
  const message = { messageId: 'm-1', phone: '+8613800000001', text: '验证码 204816' }
  let address: string

  beforeEach(async () => {
    address = await app.listen({ host: '127.0.0.1', port: 0 })
  })
  const send = () =>
    fetch(`${address}/sms/messages`, {
      method: 'POST',
      headers: { authorization: 'Bearer own-token', 'content-type': 'application/json' },
      body: JSON.stringify(message),
    })

  it('takes a message with its own token and lists it', async () => {
    expect((await send()).status).toBe(202)
    const listed = await (await fetch(`${address}/sms?phone=13800000001`)).json()
    expect(listed).toMatchObject([{ phone: '+8613800000001', code: '204816' }])
  })

  it('cuts the connection when down, fails when in error, and works again after a reset', async () => {
    await steer({ sms: { mode: 'down' } })
    await expect(send()).rejects.toThrow()
    await steer({ sms: { mode: 'error' } })
    const failed = await send()
    expect([failed.status, ((await failed.json()) as { code: string }).code]).toEqual([500, 'PROVIDER_ERROR'])
    expect((await app.inject('/sms')).json()).toEqual([])
    await app.inject({ method: 'DELETE', url: '/steering' })
    expect((await send()).status).toBe(202)
  })

  it('waits when slow', async () => {
    await steer({ sms: { mode: 'slow', delayMs: 150 } })
    const begun = performance.now()
    expect((await send()).status).toBe(202)
    expect(performance.now() - begun).toBeGreaterThanOrEqual(145)
  })

  it('closes at once in the middle of a slow answer', async () => {
    await steer({ sms: { mode: 'slow', delayMs: 60_000 } })
    const reached = new Promise((resolve) => app.server.once('request', resolve))
    const slow = send()
    await reached
    await app.close()
    expect((await slow).status).toBe(503)
  })
})
