import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { createProviderPolicies } from './policies.ts'
import { createHttpPorts } from './ports.ts'
import { readProviders } from './provider-settings.ts'
import { ProviderUnavailable } from './provider-unavailable.ts'

interface Received {
  method: string | undefined
  url: string | undefined
  authorization: string | undefined
  contentType: string | undefined
  body: string
}
type Answer = (response: ServerResponse) => void

const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    server.close()
  }
})

const json =
  (status: number, body: unknown): Answer =>
  (response) =>
    void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
const cut: Answer = (response) => void response.destroy()
const silence: Answer = () => {}

/** A provider that gives these answers in order; the last one stays. */
const startProvider = async (...answers: Answer[]) => {
  const received: Received[] = []
  const outcomes: string[] = []
  const breakers: string[] = []
  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    received.push({
      method: request.method,
      url: request.url,
      authorization: request.headers.authorization,
      contentType: request.headers['content-type'],
      body: Buffer.concat(chunks).toString('latin1'),
    })
    answers[Math.min(received.length, answers.length) - 1]?.(response)
  }
  const server = createServer((request, response) => void handle(request, response))
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, token: 'secret' }
  const ports = createHttpPorts(
    {
      ...readProviders({}, address.url, 1_000),
      sms: address,
      identity: address,
      face: address,
      travelCard: address,
      riskAreas: address,
      provincial: { url: address.url, appId: 'city', secret: 'secret' },
    },
    createProviderPolicies({
      onCall: (_, outcome) => outcomes.push(outcome),
      onBreaker: (provider, state) => breakers.push(`${provider} ${state}`),
    }),
  )
  return { ports, received, outcomes, breakers }
}

const message = {
  messageId: 'm1',
  phone: '+8613800000001',
  text: '123456',
  template: 'sign_in_code' as const,
  values: { code: '123456', minutes: '5' },
}
const question = {
  transactionId: 't1',
  name: '张三',
  documentType: 'resident_id' as const,
  documentNumber: '11010519491231002X',
}
const picture = {
  transactionId: 't2',
  subject: 's1',
  name: '张三',
  documentType: 'passport' as const,
  documentNumber: 'E12345678',
  country: 'SGP',
  image: Buffer.from([0xff, 0xd8, 0xff, 0xe0]),
  mediaType: 'image/jpeg' as const,
}

describe('SMS over HTTP', () => {
  it('posts the message with the token', async () => {
    const { ports, received } = await startProvider(json(202, { accepted: true }))
    await ports.sms.send(message)
    expect(received).toMatchObject([
      {
        method: 'POST',
        url: '/sms/messages',
        authorization: 'Bearer secret',
        contentType: 'application/json',
      },
    ])
    expect(JSON.parse(received[0]?.body ?? '')).toEqual({
      messageId: 'm1',
      phone: '+8613800000001',
      text: '123456',
    })
  })

  it.each([
    ['500', json(500, {})],
    ['429', json(429, {})],
    ['a cut connection', cut],
    ['silence', silence],
  ])('tries once more after %s', async (_, failure) => {
    const { ports, received } = await startProvider(failure, json(202, {}))
    await ports.sms.send({ ...message, text: 'x' })
    expect(received).toHaveLength(2)
    expect(received[0]?.body).toBe(received[1]?.body)
  })

  it('gives up after the second failure', async () => {
    const { ports, received } = await startProvider(json(503, {}))
    await expect(ports.sms.send({ ...message, text: 'x' })).rejects.toBeInstanceOf(ProviderUnavailable)
    expect(received).toHaveLength(2)
  })

  it('does not repeat what the provider refused', async () => {
    const { ports, received } = await startProvider(json(400, {}))
    await expect(ports.sms.send({ ...message, phone: '1' })).rejects.toBeInstanceOf(ProviderUnavailable)
    expect(received).toHaveLength(1)
  })
})

describe('identity over HTTP', () => {
  it.each(['match', 'mismatch', 'unknown'] as const)('passes the verdict %s on', async (verdict) => {
    const { ports } = await startProvider(json(200, { transactionId: 't1', verdict }))
    expect(await ports.identity.verify(question)).toBe(verdict)
  })

  it.each([
    ['unavailable', json(200, { verdict: 'unavailable' })],
    ['an unknown verdict', json(200, { verdict: 'matched' })],
    ['no object', json(200, null)],
    [
      'something that is not JSON',
      (response: ServerResponse) => void response.writeHead(200).end('<html>match</html>'),
    ],
    [
      'a redirect',
      (response: ServerResponse) => void response.writeHead(302, { location: '/elsewhere' }).end(),
    ],
    ['an endless answer', json(200, { verdict: 'match', padding: 'x'.repeat(100_000) })],
  ])('takes %s for no verdict', async (_, answer) => {
    const { ports } = await startProvider(answer)
    await expect(ports.identity.verify(question)).rejects.toBeInstanceOf(ProviderUnavailable)
  })
})

describe('what counts as an answer', () => {
  it.each([
    [400, 'refused'],
    [401, 'denied'],
    [403, 'denied'],
    [404, 'denied'],
    [429, 'failed'],
  ])('%i is %s', async (status, outcome) => {
    const { ports, outcomes, received } = await startProvider(json(status, {}))
    await expect(ports.identity.verify(question)).rejects.toBeInstanceOf(ProviderUnavailable)
    expect(outcomes).toEqual([outcome])
    expect(received).toHaveLength(status === 429 ? 2 : 1)
  })

  it('what makes no sense is none, and opens the breaker', async () => {
    const { ports, outcomes, breakers } = await startProvider(json(200, { codeColor: 'green' }))
    const person = {
      name: '张三',
      documentType: 'resident_id' as const,
      documentNumber: '11010519491231002X',
    }
    const ask = [
      () => ports.provincial.query(person),
      () => ports.travelCard.query({ phone: '+8613800000001', consentedAt: new Date() }),
      () => ports.riskAreas.fetch(undefined),
    ]
    for (const one of ask) await expect(one()).rejects.toBeInstanceOf(ProviderUnavailable)
    expect(outcomes).toEqual(['failed', 'failed', 'failed'])
    for (let count = 0; count < 4; count += 1) await ports.riskAreas.fetch(undefined).catch(() => undefined)
    expect(outcomes.at(-1)).toBe('breaker_open')
    expect(breakers).toContain('risk_areas open')
  })

  it.each([
    ['a name with a NUL', { name: '某街道\u0000' }],
    ['a name with half a pair', { name: '某街道\ud842' }],
    ['an id with a NUL', { id: '1\u0000' }],
    ['an instant past all years', { validFrom: '+275760-09-13T00:00:00Z' }],
    ['an instant of the year 0', { validTo: '0000-01-01T00:00:00Z' }],
  ])('a list of risk areas with %s is none: the one before goes on', async (_what, more) => {
    const area = {
      id: 'a1',
      divisionCode: '330106',
      name: '某街道',
      level: 'high',
      validFrom: '2022-03-01T00:00:00Z',
      ...more,
    }
    const { ports } = await startProvider(json(200, { asOf: '2022-03-02T00:00:00Z', areas: [area] }))
    await expect(ports.riskAreas.fetch(undefined)).rejects.toBeInstanceOf(ProviderUnavailable)
  })
})

describe('face over HTTP', () => {
  it('sends the picture, the attempt and whose face it has to be, as multipart', async () => {
    const { ports, received } = await startProvider(json(200, { verdict: 'no_face' }))
    expect(await ports.face.verify(picture)).toBe('no_face')
    expect(received[0]?.url).toBe('/face/verifications')
    expect(received[0]?.contentType).toMatch(/^multipart\/form-data; boundary=/)
    expect(received[0]?.body).toContain('name="subject"\r\n\r\ns1')
    expect(Buffer.from(received[0]?.body ?? '', 'latin1').toString()).toContain('name="name"\r\n\r\n张三')
    expect(received[0]?.body).toContain('name="documentType"\r\n\r\npassport')
    expect(received[0]?.body).toContain('name="documentNumber"\r\n\r\nE12345678')
    expect(received[0]?.body).toContain('name="country"\r\n\r\nSGP')
    expect(received[0]?.body).toContain('name="image"; filename="image.jpg"\r\nContent-Type: image/jpeg')
    expect(received[0]?.body).toContain('\u00ff\u00d8\u00ff\u00e0')
  })

  it('is not tried twice', async () => {
    const { ports, received } = await startProvider(json(500, {}), json(200, { verdict: 'pass' }))
    await expect(ports.face.verify(picture)).rejects.toBeInstanceOf(ProviderUnavailable)
    expect(received).toHaveLength(1)
  })
})
