import type { AddressInfo } from 'node:net'
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestApp, type TestApp } from '../../test/test-app.ts'

describe('what is no request that can be read', () => {
  let app: TestApp
  beforeAll(async () => {
    app = await startTestApp()
    await app.http.listen({ host: '127.0.0.1', port: 0 })
  })
  afterAll(() => app.close())

  /** Everything that comes back until the server ends the connection. */
  const exchange = (text: string): Promise<string> =>
    new Promise((resolve, reject) => {
      const socket = connect((app.http.server.address() as AddressInfo).port, '127.0.0.1')
      const chunks: Buffer[] = []
      socket.on('data', (chunk: Buffer) => chunks.push(chunk))
      socket.on('end', () => {
        socket.destroy()
        resolve(Buffer.concat(chunks).toString('utf8'))
      })
      socket.on('error', reject)
      socket.write(text, 'latin1')
    })

  it.each([
    ['garbage', '\u0000\u0001\u0002\r\n\r\n', 400, 'malformed'],
    ['a blank in the path', 'GET /a b HTTP/1.1\r\nhost: x\r\n\r\n', 400, 'malformed'],
    ['a NUL in a header', 'GET / HTTP/1.1\r\nhost: x\r\nx-a: a\u0000b\r\n\r\n', 400, 'malformed'],
    [
      'two lengths',
      'POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\na',
      400,
      'malformed',
    ],
    [
      'length and chunks',
      'POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n',
      400,
      'malformed',
    ],
    [
      'headers without an end',
      `GET / HTTP/1.1\r\nhost: x\r\nx-a: ${'a'.repeat(20_000)}\r\n\r\n`,
      431,
      'too_large',
    ],
  ])(
    '%s: one answer in the shape of every error, and the connection ends and says so',
    async (_what, text, status, reason) => {
      const answer = await exchange(text)
      const [head = '', body = ''] = answer.split('\r\n\r\n')
      expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} `))
      expect(head.toLowerCase()).toContain('connection: close')
      expect(JSON.parse(body)).toMatchObject({
        code: 'VALIDATION_FAILED',
        requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        fields: [{ field: '(request)', reason }],
      })
    },
  )

  it.each(['/healthz', '/api/v1/colours', '/console/'])('GET %s with two hosts is refused', async (path) => {
    const answer = await exchange(
      `GET ${path} HTTP/1.1\r\nhost: a.example\r\nHOST: b.example\r\nconnection: close\r\n\r\n`,
    )
    expect(answer).toMatch(/^HTTP\/1.1 400 /)
    expect(answer).toContain('"fields":[{"field":"host","reason":"malformed"}]')
  })

  it.each([
    '//x',
    '/..%5cx',
    '/%00',
    '/%zz',
    '/%',
    '/api/v1/%00',
    '/console/%00',
    '/assets/%00.js',
    `/${'x'.repeat(5000)}`,
  ])('GET %s is refused in that shape', async (path) => {
    const answer = await exchange(
      `GET ${path} HTTP/1.1\r\nhost: x\r\naccept: */*\r\nconnection: close\r\n\r\n`,
    )
    expect(answer).toMatch(/^HTTP\/1.1 4\d\d /)
    expect(answer).toMatch(/"code":"[A-Z_]+"/)
  })
})
