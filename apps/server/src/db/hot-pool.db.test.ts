import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { afterEach, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../test/test-database.ts'
import { createHotPool, type Pool } from './pool.ts'

let database: TestDatabase
let pool: Pool
const sockets = new Set<Socket>()
let closeWay: () => void

afterEach(async () => {
  for (const socket of sockets) socket.destroy()
  closeWay()
  await pool.end()
  await database.drop()
})

/** A way to the database on which everything can be lost without a word, as when a machine loses its power. */
const startWay = async (to: URL) => {
  const { port, hostname } = new URL(to)
  let lost = false
  const server = createServer((near) => {
    const far = connect(Number(port), hostname)
    for (const socket of [near, far]) sockets.add(socket.on('error', () => {}))
    const wasLost = () => lost && sockets.has(near)
    near.on('data', (chunk) => wasLost() || far.write(chunk))
    far.on('data', (chunk) => wasLost() || near.write(chunk))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  closeWay = () => server.close()
  return {
    port: (server.address() as AddressInfo).port,
    lose: () => {
      lost = true
    },
    find: () => {
      for (const socket of sockets) socket.destroy()
      sockets.clear()
      lost = false
    },
  }
}

it('a statement that nobody answers any more gives its connection up, and the next one goes by another', async () => {
  database = await createTestDatabase({ empty: true })
  const url = new URL(database.appUrl)
  const way = await startWay(url)
  url.port = String(way.port)
  pool = createHotPool(url.href, 1, undefined, 500)
  const ask = () =>
    pool.query<{ pid: number }>('select pg_backend_pid() as pid').then(({ rows }) => rows[0]?.pid)
  const first = await ask()
  way.lose()
  await expect(ask()).rejects.toThrow('Query read timeout')
  way.find()
  const second = await ask()
  expect(second).toBeTypeOf('number')
  expect(second).not.toBe(first)
})
