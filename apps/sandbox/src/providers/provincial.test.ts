import { createHash, createHmac, randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { buildSandbox } from '../app.ts'

const PATH = '/provincial/health-codes/query'
const body = { requestId: 'r1', name: '张三', cardType: '1', cardNo: '11010519491231002X' }

let app: ReturnType<typeof buildSandbox>
beforeEach(() => {
  app = buildSandbox({ provincial: { appId: 'city', secret: 'secret' } })
})
afterEach(() => app.close())

const sign = (more: { secret?: string; timestamp?: number; nonce?: string; path?: string } = {}) => {
  const { secret = 'secret', timestamp = Date.now(), nonce = randomUUID(), path = PATH } = more
  const digest = createHash('sha256').update(JSON.stringify(body)).digest('hex')
  const text = ['POST', path, timestamp, nonce, digest].join('\n')
  return {
    'x-app-id': 'city',
    'x-timestamp': String(timestamp),
    'x-nonce': nonce,
    'x-signature': createHmac('sha256', secret).update(text).digest('hex'),
  }
}
const ask = (headers: Record<string, string>, payload: object = body) =>
  app.inject({ method: 'POST', url: PATH, headers, payload })

describe('the province', () => {
  it('answers who signed, once per nonce', async () => {
    const headers = sign()
    expect((await ask(headers)).json()).toMatchObject({
      code: '0',
      requestId: 'r1',
      data: { codeColor: '00' },
    })
    expect((await ask(headers)).json()).toMatchObject({ code: 'SIGNATURE_REFUSED' })
  })

  it.each([
    ['nothing', {}],
    ['another secret', sign({ secret: 'other' })],
    ['another path', sign({ path: '/elsewhere' })],
    ['an old time', sign({ timestamp: Date.now() - 3600_000 })],
    ['another application', { ...sign(), 'x-app-id': 'village' }],
  ])('refuses %s', async (_what, headers) => {
    expect((await ask(headers)).statusCode).toBe(401)
  })

  it('refuses a body other than the signed one', async () => {
    expect((await ask(sign(), { ...body, cardNo: '32030219500101900X' })).statusCode).toBe(401)
  })

  it('contradicts itself when steered so', async () => {
    await app.inject({ method: 'PUT', url: '/steering', payload: { provincial: { data: 'contradicting' } } })
    const colours = [(await ask(sign())).json(), (await ask(sign())).json()].map(
      (answer) => answer.data.codeColor,
    )
    expect(colours.sort()).toEqual(['00', '10'])
  })
})
