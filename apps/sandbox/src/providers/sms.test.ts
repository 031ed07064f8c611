import type { FastifyInstance } from 'fastify'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { buildSandbox } from '../app.ts'

let app: FastifyInstance
let clock: number

beforeEach(() => {
  clock = Date.parse('2022-03-15T00:00:00.000Z')
  app = buildSandbox({ now: () => new Date(clock++) })
})
afterEach(() => app.close())

const text = '【健康宝】您的验证码是 204816，5 分钟内有效。'
const first = { messageId: 'm-1', phone: '+8613800000001', text }

function send(payload: object | string, headers: Record<string, string> = {}) {
  const all = { authorization: 'Bearer sandbox-sms', 'content-type': 'application/json', ...headers }
  return app.inject({ method: 'POST', url: '/sms/messages', headers: all, payload })
}
const list = async (query: string) => (await app.inject(`/sms${query}`)).json()

describe('sending', () => {
  it('accepts, and lists newest first with the code in the text', async () => {
    const answer = await send(first)
    expect([answer.statusCode, answer.json()]).toEqual([202, { accepted: true }])
    await send({ ...first, messageId: 'm-2', text: '电话 12345，第 12345678 号' })
    expect(await list('?phone=13800000001')).toEqual([
      {
        phone: first.phone,
        text: '电话 12345，第 12345678 号',
        code: null,
        sentAt: '2022-03-15T00:00:00.001Z',
      },
      { phone: first.phone, text, code: '204816', sentAt: '2022-03-15T00:00:00.000Z' },
    ])
  })

  it('does not double a repeat, even when many arrive at once', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => send(first)))
    expect(new Set(answers.map(({ statusCode }) => statusCode))).toEqual(new Set([202]))
    expect(await list('')).toHaveLength(1)
  })

  it('refuses a message id used for another message', async () => {
    await send(first)
    const answer = await send({ ...first, phone: '+8613800000002' })
    expect([answer.statusCode, answer.json().code]).toEqual([409, 'MESSAGE_ID_REUSED'])
    expect(await list('?phone=13800000002')).toEqual([])
  })

  it('refuses callers without the token, before looking at the body', async () => {
    for (const authorization of ['', 'Bearer wrong', 'Basic sandbox-sms', 'sandbox-sms']) {
      const answer = await send('{', { authorization })
      expect([answer.statusCode, answer.json().code]).toEqual([401, 'UNAUTHORIZED'])
    }
  })

  it.each([
    [{ phone: '13800000001' }, 'phone', 'must be an E.164 number like +8613800000001'],
    [{ text: undefined }, 'text', 'is required'],
    [{ text: 5 }, 'text', 'must be a text of 1 to 1000 characters'],
    [{ code: '12' }, 'code', 'must be six digits'],
    [{ colour: 'green' }, 'colour', 'is not a known field'],
  ])('refuses %j', async (change, field, reason) => {
    const answer = await send({ ...first, ...change })
    expect(answer.statusCode).toBe(400)
    expect(answer.json()).toMatchObject({ code: 'VALIDATION_FAILED', fields: [{ field, reason }] })
    expect(answer.json().requestId).toMatch(/^[0-9a-f-]{36}$/)
  })

  it('tells malformed, oversized and foreign bodies apart', async () => {
    expect((await send('{')).statusCode).toBe(400)
    expect((await send({ ...first, text: 'x'.repeat(300_000) })).statusCode).toBe(413)
    expect((await send('a=b', { 'content-type': 'text/x-other' })).statusCode).toBe(415)
  })
})

describe('reading', () => {
  it.each(['13800000001', '%2B8613800000001', '+8613800000001', '8613800000001'])(
    'finds phone=%s',
    async (phone) => {
      await send(first)
      expect(await list(`?phone=${phone}`)).toHaveLength(1)
    },
  )

  it('refuses what is no phone number or no limit', async () => {
    expect(await list('?phone=abc')).toMatchObject({ fields: [{ field: 'phone' }] })
    expect(await list('?limit=0')).toMatchObject({ fields: [{ field: 'limit' }] })
    expect(await list('?limit=501')).toMatchObject({ fields: [{ field: 'limit' }] })
  })

  it('is a page for browsers only', async () => {
    const kindFor = async (accept?: string) => {
      const answer = await app.inject({ url: '/sms?phone=13800000001', headers: accept ? { accept } : {} })
      return answer.headers['content-type']
    }
    expect(await kindFor('text/html,application/xhtml+xml,*/*;q=0.8')).toMatch('text/html')
    for (const accept of [undefined, '*/*', 'application/json']) {
      expect(await kindFor(accept)).toMatch('application/json')
    }
  })
})
