import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { eventually } from '../../test/eventually.ts'
import { createTestDatabase, type TestDatabase } from '../../test/test-database.ts'
import { createListener } from './listener.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase({ empty: true })
})
afterAll(() => database.drop())

/** A way to the database that can fall silent without ending, as behind a firewall that forgot the connection. */
const startWay = async () => {
  const target = new URL(database.superuserUrl)
  const sockets: Socket[] = []
  const server = createServer((near) => {
    const far = connect(Number(target.port), target.hostname)
    near.pipe(far).pipe(near)
    for (const socket of [near, far]) socket.on('error', () => {})
    sockets.push(near, far)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = new URL(target)
  url.hostname = '127.0.0.1'
  url.port = String((server.address() as AddressInfo).port)
  return {
    url: url.href,
    fallSilent: () => {
      for (const socket of sockets.splice(0)) socket.unpipe().pause()
    },
    close: () => server.close(),
  }
}

it('notices a connection that fell silent, and hears again over another one', async () => {
  const way = await startWay()
  const heard: string[] = []
  let connections = 0
  const listener = createListener(way.url, () => {}, 100)
  listener.on('notice', (payload) => void heard.push(payload))
  listener.onConnected(() => {
    connections += 1
  })
  await eventually(() => expect(listener.isConnected()).toBe(true))
  const client = new pg.Client({ connectionString: database.superuserUrl })
  await client.connect()
  await client.query(`notify notice, 'before'`)
  await eventually(() => expect(heard).toEqual(['before']))
  way.fallSilent()
  await client.query(`notify notice, 'lost'`)
  await eventually(() => expect(connections).toBe(2))
  await client.query(`notify notice, 'after'`)
  await eventually(() => expect(heard).toEqual(['before', 'after']))
  await listener.close()
  await client.end()
  way.close()
})
