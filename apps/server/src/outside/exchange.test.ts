import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, it } from 'vitest'
import { createExchangePort, exchangeSignature } from './exchange.ts'
import { createProviderPolicies } from './policies.ts'
import { ProviderUnavailable } from './provider-unavailable.ts'

const SECRET = 'between us'
const figures = {
  ...{ measuredAt: '2022-03-21T10:00:00+08:00', waiting: 4, longestWaitSeconds: 24, agents: 12, ready: 0 },
  ...{ offered: 90, answered: 80, answeredInTime: 70, answerSeconds: 15 },
}

let server: Server | undefined
afterEach(() => {
  server?.closeAllConnections()
  server?.close()
})

interface Seen {
  headers: Record<string, string>
  url: string
}

/** An exchange that answers so, signed as it likes. */
const start = async (answer: (nonce: string) => { text: string; signature?: string; status?: number }) => {
  const seen: Seen[] = []
  const made = createServer((request, response) => {
    seen.push({ headers: request.headers as Record<string, string>, url: request.url ?? '' })
    const { text, signature, status = 200 } = answer(String(request.headers['x-nonce']))
    response.writeHead(status, {
      'content-type': 'application/json',
      ...(signature === undefined ? {} : { 'x-signature': signature }),
    })
    response.end(text)
  })
  server = made
  await new Promise<void>((resolve) => made.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(made.address() as AddressInfo).port}`
  const settings = { url, appId: 'city', secret: SECRET, timeoutMs: 1_000 }
  return { port: createExchangePort(createProviderPolicies(), settings), seen }
}
const signed = (told: object) => (nonce: string) => {
  const text = JSON.stringify(told)
  return { text, signature: exchangeSignature(SECRET, nonce, text) }
}

it('asks with a signature and reads figures with their time', async () => {
  const { port, seen } = await start(signed(figures))
  expect(await port.read()).toEqual({ ...figures, measuredAt: new Date('2022-03-21T02:00:00Z') })
  const [{ headers, url } = { headers: {} as Record<string, string>, url: '' }] = seen
  const [stamp = '', nonce = ''] = [headers['x-timestamp'], headers['x-nonce']]
  expect([url, headers['x-app-id']]).toEqual(['/hotline/figures', 'city'])
  expect(headers['x-signature']).toBe(exchangeSignature(SECRET, 'GET', '/hotline/figures', stamp, nonce))
})

let earlier = ''
it.each([
  ['not signed', () => ({ text: JSON.stringify(figures) })],
  [
    'signed by somebody else',
    (nonce: string) => {
      const text = JSON.stringify(figures)
      return { text, signature: exchangeSignature('another', nonce, text) }
    },
  ],
  [
    'an answer of before',
    () => {
      const text = JSON.stringify(figures)
      earlier ||= exchangeSignature(SECRET, 'a nonce of before', text)
      return { text, signature: earlier }
    },
  ],
  [
    'changed on the way',
    (nonce: string) => ({
      text: JSON.stringify({ ...figures, waiting: 0 }),
      signature: exchangeSignature(SECRET, nonce, JSON.stringify(figures)),
    }),
  ],
  ['without its time', signed({ ...figures, measuredAt: undefined })],
  ['of no time', signed({ ...figures, measuredAt: 'soon' })],
  ['that contradicts itself', signed({ ...figures, answered: 91 })],
  ['larger than figures are', signed({ ...figures, more: 'x'.repeat(9_000) })],
  ['an error', (nonce: string) => ({ ...signed(figures)(nonce), status: 500 })],
])('refuses what is %s', async (_, answer) => {
  const { port } = await start(answer)
  await expect(port.read()).rejects.toThrow(ProviderUnavailable)
})
