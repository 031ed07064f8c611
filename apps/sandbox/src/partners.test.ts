import { mkdtemp, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { buildSandbox } from './app.ts'

interface Received {
  url: string | undefined
  authorization: string | undefined
  // biome-ignore lint/suspicious/noExplicitAny: what was sent is compared, not used
  body: any
}

const received: Received[] = []
let server: Server
let app: FastifyInstance
let demoFile: string

beforeAll(async () => {
  server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    received.push({
      url: request.url,
      authorization: request.headers.authorization,
      body: JSON.parse(Buffer.concat(chunks).toString()),
    })
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"accepted":1}')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  demoFile = join(await mkdtemp(join(tmpdir(), 'jkb-sandbox-')), 'demo.json')
  const serverUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  app = buildSandbox({ partners: { serverUrl, demoFile } })
})
afterAll(async () => {
  await app.close()
  server.closeAllConnections()
  server.close()
})

const post = async (url: string, payload: object) => {
  const answer = await app.inject({ method: 'POST', url, payload })
  return { status: answer.statusCode, body: answer.json() }
}
const person = { documentNumber: '320311199003070015' }

it('says what to do before the city has made keys', async () => {
  expect(await post('/partners/results', { action: 'report', ...person })).toMatchObject({
    status: 503,
    body: { code: 'NO_KEY' },
  })
})

it('acts as a laboratory and as the province with their own keys', async () => {
  const partners = [
    { name: '示例检验所', kind: 'laboratory', key: 'lab-key' },
    { name: '示例省平台', kind: 'province', key: 'province-key' },
  ]
  await writeFile(demoFile, JSON.stringify({ partners }))
  const made = await post('/partners/results', { action: 'report', result: 'positive', ...person })
  expect(made).toMatchObject({ status: 200, body: { accepted: 1 } })
  expect(received.at(-1)).toMatchObject({
    url: '/api/v1/partner/test-results',
    authorization: 'Bearer lab-key',
    body: {
      results: [
        {
          action: 'report',
          number: made.body.number,
          kind: 'single',
          result: 'positive',
          persons: [{ documentType: 'resident_id', ...person }],
        },
      ],
    },
  })
  await post('/partners/results', { action: 'withdraw', number: made.body.number })
  expect(received.at(-1)?.body.results).toEqual([{ action: 'withdraw', number: made.body.number }])
  await post('/partners/codes', { colour: 'yellow', ...person })
  expect(received.at(-1)).toMatchObject({
    url: '/api/v1/partner/provincial-codes',
    authorization: 'Bearer province-key',
    body: { codes: [{ cardType: '1', cardNo: person.documentNumber, codeColor: '01' }] },
  })
  expect((await post('/partners/codes', { colour: 'blue', ...person })).status).toBe(400)
  expect((await app.inject('/partners')).body).toContain('检验机构')
})
