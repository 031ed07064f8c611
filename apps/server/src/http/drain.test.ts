import { once } from 'node:events'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { Readable } from 'node:stream'
import websocket from '@fastify/websocket'
import Fastify, { type FastifyInstance } from 'fastify'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { prepareDrain } from './drain.ts'

const MEGABYTE = 2 ** 20
const BIG = 64 * MEGABYTE

let http: FastifyInstance
let drain: () => Promise<void>
let release: () => void
let asked: Promise<void>
const sockets: Socket[] = []

beforeEach(async () => {
  http = Fastify({ keepAliveTimeout: 600_000 })
  await http.register(websocket)
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  asked = new Promise<void>((resolve) => {
    http.get('/held', async () => {
      resolve()
      await held
      return 'answered'
    })
  })
  http.get('/short', async () => 'short')
  http.post('/body', async () => 'taken')
  http.get('/big', (_request, reply) => {
    const parts = Array.from({ length: BIG / MEGABYTE }, () => Buffer.alloc(MEGABYTE))
    return reply.send(Readable.from(parts))
  })
  http.get('/live', { websocket: true }, () => {})
})
const listen = async (limits?: { unusedMs: number; requestsMs: number }) => {
  drain = prepareDrain(http, limits)
  await http.listen({ host: '127.0.0.1', port: 0 })
}
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy()
  await http.close()
})

const open = async (text = ''): Promise<Socket> => {
  const { port } = http.server.address() as AddressInfo
  const socket = connect(port, '127.0.0.1').on('error', () => {})
  sockets.push(socket)
  await once(socket, 'connect')
  if (text) socket.write(text)
  return socket
}
const heads = (line: string, more = '') => `${line} HTTP/1.1\r\nhost: 127.0.0.1\r\n${more}`
const UPGRADE =
  'connection: upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n'

/** Each of them keeps a server open for a minute, or for ever, once it was told to close. */
it.each<[string, () => Promise<unknown>]>([
  ['a connection that never asked', () => open()],
  ['a connection kept after its answer', async () => once(await open(`${heads('GET /short')}\r\n`), 'data')],
  ['a question of which the rest never comes', () => open(heads('GET /short'))],
  [
    'a body of which the rest never comes',
    () => open(heads('POST /body', 'content-type: text/plain\r\ncontent-length: 9\r\n\r\nabc')),
  ],
  [
    'an answer that nobody fetches',
    async () => {
      const socket = await open(`${heads('GET /big')}\r\n`)
      await once(socket, 'readable')
    },
  ],
  [
    'a live connection whose end nobody confirms',
    async () => {
      const socket = await open(`${heads('GET /live', UPGRADE)}\r\n`)
      await once(socket, 'readable')
      expect(String(socket.read())).toContain('101')
    },
  ],
])('is not held up by %s', async (_who, connectTo) => {
  await listen({ unusedMs: 300, requestsMs: 1_500 })
  await connectTo()
  // Answered after whatever came before it: all of that was seen.
  await once(await open(`${heads('GET /short', 'connection: close\r\n')}\r\n`), 'data')
  await drain()
  expect(http.server.listening).toBe(false)
  await expect(
    new Promise((resolve, reject) =>
      http.server.getConnections((error, count) => (error ? reject(error) : resolve(count))),
    ),
  ).resolves.toBe(0)
})

it('answers what was asked before, in full, and cuts what is left of that connection', async () => {
  await listen({ unusedMs: 60_000, requestsMs: 60_000 })
  const socket = await open(`${heads('GET /held')}\r\n`)
  let heard = ''
  socket.on('data', (chunk) => {
    heard += String(chunk)
  })
  await asked
  const draining = drain()
  release()
  await draining
  expect(heard).toMatch(/answered$/)
})

it('lets somebody fetch a long answer who goes on fetching', async () => {
  await listen({ unusedMs: 60_000, requestsMs: 60_000 })
  const socket = await open(`${heads('GET /big')}\r\n`)
  let bytes = 0
  socket.on('data', (chunk) => {
    bytes += chunk.length
  })
  const closed = once(socket, 'close')
  await once(socket, 'data')
  await drain()
  await closed
  expect(bytes).toBeGreaterThan(BIG)
})

it('is one closing, however often it is asked for', async () => {
  await listen({ unusedMs: 60_000, requestsMs: 60_000 })
  expect(drain()).toBe(drain())
  await drain()
})
