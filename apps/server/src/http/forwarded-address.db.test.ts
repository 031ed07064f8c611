import { randomUUID } from 'node:crypto'
import { request as ask, createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { makePhone } from '../../test/factories.ts'
import { startTestApp, type TestApp } from '../../test/test-app.ts'

// Over real sockets, through real proxies that append what they see like nginx's `$proxy_add_x_forwarded_for`.

const PER_ADDRESS = 3

const closers: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

const portOf = (server: Server): number => (server.address() as AddressInfo).port

const startApp = async (trustedProxies: number): Promise<{ app: TestApp; port: number }> => {
  const app = await startTestApp({
    environment: { TRUSTED_PROXIES: String(trustedProxies) },
    limits: {
      smsPerAddressPerHour: PER_ADDRESS,
      operatorSignInPerAddressPerQuarterHour: PER_ADDRESS,
      requestsPerAddressPerMinute: 1000,
    },
  })
  closers.push(app.close)
  await app.http.listen({ host: '127.0.0.1', port: 0 })
  return { app, port: portOf(app.http.server) }
}

const startProxy = async (to: number): Promise<number> => {
  const proxy = createServer((incoming, outgoing) => {
    const seen = incoming.headers['x-forwarded-for']
    const from = (incoming.socket.remoteAddress ?? '').replace('::ffff:', '')
    const onward = ask(
      {
        host: '127.0.0.1',
        port: to,
        method: incoming.method,
        path: incoming.url,
        agent: false,
        headers: { ...incoming.headers, 'x-forwarded-for': seen ? `${seen}, ${from}` : from },
      },
      (answer) => {
        outgoing.writeHead(answer.statusCode ?? 0, answer.headers)
        answer.pipe(outgoing)
      },
    )
    incoming.pipe(onward)
  })
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
  closers.push(async () => {
    proxy.closeAllConnections()
    await new Promise((resolve) => proxy.close(resolve))
  })
  return portOf(proxy)
}

/** Sends a request from an address of this machine (all of 127.0.0.0/8 is), with whatever headers the caller makes up. */
const send = (
  port: number,
  path: string,
  { from = '127.0.0.1', forwarded, body }: { from?: string; forwarded?: string[]; body?: object },
): Promise<number> =>
  new Promise((resolve, reject) => {
    const payload = body && JSON.stringify(body)
    const request = ask(
      {
        host: '127.0.0.1',
        port,
        path,
        localAddress: from,
        agent: false,
        method: body ? 'POST' : 'GET',
        headers: {
          ...(payload && {
            'content-type': 'application/json',
            'content-length': Buffer.byteLength(payload),
          }),
          ...(forwarded && { 'x-forwarded-for': forwarded }),
        },
      },
      (answer) => {
        answer.resume()
        answer.on('end', () => resolve(answer.statusCode ?? 0))
      },
    )
    request.on('error', reject)
    request.end(payload)
  })

const askForCode = (port: number, options: { from?: string; forwarded?: string[] } = {}) =>
  send(port, '/api/v1/sms-codes', { ...options, body: { phone: makePhone(), purpose: 'sign-in' } })

const signIn = (port: number, options: { from?: string; forwarded?: string[] } = {}) =>
  send(port, '/api/v1/operator/sessions', {
    ...options,
    body: { username: `nobody-${randomUUID()}`, password: 'wrong', totp: '000000' },
  })

const forgeries = (index: number): string[][] => [
  [`203.0.113.${index}`],
  [`203.0.113.${index}, 198.51.100.${index}`],
  [`203.0.113.${index}`, `198.51.100.${index}`],
  [`2001:db8:${index}::1`],
  [`203.0.113.${index}:${1000 + index}`],
  [`garbage-${index}`],
  [`,,${index}.1.1.1,`],
]

describe.each([
  { proxies: 0, why: 'nothing in the header is believed' },
  { proxies: 1, why: 'only what the proxy itself wrote' },
  { proxies: 2, why: 'only what the two proxies wrote' },
])('limits per address behind $proxies proxies: $why', ({ proxies }) => {
  const start = async () => {
    const { app, port } = await startApp(proxies)
    let entrance = port
    for (let index = 0; index < proxies; index += 1) entrance = await startProxy(entrance)
    return { app, entrance }
  }

  it('a forged header opens no further text message or sign-in', async () => {
    const { app, entrance } = await start()
    const forged = [1, 2].flatMap(forgeries)
    const texts = []
    const signIns = []
    for (const forwarded of forged) {
      texts.push(await askForCode(entrance, { forwarded }))
      signIns.push(await signIn(entrance, { forwarded }))
    }
    expect(texts.filter((status) => status === 202)).toHaveLength(PER_ADDRESS)
    expect(texts.filter((status) => status === 429)).toHaveLength(forged.length - PER_ADDRESS)
    expect(app.outside.messages).toHaveLength(PER_ADDRESS)
    // Counted in fixed windows: a quarter of an hour may end between two of them.
    const tried = signIns.filter((status) => status === 401).length
    expect(tried).toBeGreaterThanOrEqual(PER_ADDRESS)
    expect(tried).toBeLessThanOrEqual(2 * PER_ADDRESS)
    expect(signIns.filter((status) => status === 429)).toHaveLength(forged.length - tried)
  })

  it('another client has a limit of its own, and so has each', async () => {
    const { entrance } = await start()
    for (let index = 0; index < PER_ADDRESS; index += 1) expect(await askForCode(entrance)).toBe(202)
    expect(await askForCode(entrance)).toBe(429)
    expect(await askForCode(entrance, { from: '127.0.0.2' })).toBe(202)
  })
})

it('the limit of requests counts the client behind the proxy, one household as one', async () => {
  const app = await startTestApp({
    environment: { TRUSTED_PROXIES: '1' },
    limits: { requestsPerAddressPerMinute: 12 },
  })
  closers.push(app.close)
  // Limits of a minute are fixed windows: all of it happens in one.
  const statusesOf = async (forwarded: (index: number) => string) => {
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, index) =>
        app.http.inject({
          url: '/api/v1/divisions',
          headers: { 'x-forwarded-for': forwarded(index) },
        }),
      ),
    )
    return answers.filter(({ statusCode }) => statusCode === 429).length
  }
  expect(await statusesOf((index) => `203.0.113.${index}`)).toBe(0)
  expect(await statusesOf((index) => `203.0.113.${index}, 198.51.100.1`)).toBeGreaterThan(0)
  expect(await statusesOf((index) => `198.51.100.2:${1000 + index}`)).toBeGreaterThan(0)
  expect(await statusesOf((index) => `2001:db8:5:6::${index + 1}`)).toBeGreaterThan(0)
  expect(await statusesOf((index) => `2001:db8:5:${index + 100}::1`)).toBe(0)
})
