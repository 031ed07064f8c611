import { createServer, type Socket } from 'node:net'
import pg from 'pg'

// A pooler that hands out its one connection by the transaction, as PgBouncer does in that mode: a client has it from its
// first message until the server is idle again. Enough of the protocol for clients of this project: one start, messages of
// a type and a length.

const READY = Buffer.from([0x5a, 0, 0, 0, 5, 0x49])
const AUTHENTICATED = Buffer.from([0x52, 0, 0, 0, 8, 0, 0, 0, 0])
const SSL_REQUEST = 80877103

/** Splits a stream into messages: one byte of type, four of length. */
const createReader = (take: (message: Buffer) => void) => {
  let rest = Buffer.alloc(0)
  return (chunk: Buffer) => {
    rest = Buffer.concat([rest, chunk])
    while (rest.length >= 5 && rest.length > rest.readInt32BE(1)) {
      const end = 1 + rest.readInt32BE(1)
      take(rest.subarray(0, end))
      rest = rest.subarray(end)
    }
  }
}

export interface TransactionPooler {
  /** The same database and role as the given one, by way of the pooler. */
  url: string
  close(): Promise<void>
}

export const startTransactionPooler = async (databaseUrl: string): Promise<TransactionPooler> => {
  const login = new pg.Client({ connectionString: databaseUrl })
  // Its socket is ended below without the driver's word of farewell.
  login.on('error', () => {})
  await login.connect()
  const { stream } = (login as unknown as { connection: { stream: Socket } }).connection
  // The driver has authenticated; from here on its socket is ours.
  stream.removeAllListeners('data')
  stream.on('error', () => {})

  const waiting: { client: Socket; messages: Buffer[] }[] = []
  let holder: Socket | undefined
  const handOn = () => {
    const next = waiting.shift()
    holder = next?.client
    for (const message of next?.messages ?? []) stream.write(message)
  }
  stream.on(
    'data',
    createReader((message) => {
      holder?.write(message)
      if (message.equals(READY)) handOn()
    }),
  )
  const send = (client: Socket, message: Buffer) => {
    if (holder === undefined) holder = client
    if (holder === client) return void stream.write(message)
    const queued = waiting.find((each) => each.client === client)
    if (queued) queued.messages.push(message)
    else waiting.push({ client, messages: [message] })
  }

  const clients = new Set<Socket>()
  const server = createServer((client) => {
    clients.add(client)
    client.on('error', () => {})
    client.on('close', () => clients.delete(client))
    let started = false
    const read = createReader((message) => {
      // Terminate ends the client's connection, not the pooler's.
      if (message[0] !== 0x58) send(client, message)
    })
    client.on('data', (chunk: Buffer) => {
      if (started) return read(chunk)
      if (chunk.readInt32BE(4) === SSL_REQUEST) return void client.write('N')
      started = true
      client.write(Buffer.concat([AUTHENTICATED, READY]))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const url = new URL(databaseUrl)
  url.port = String(typeof address === 'object' ? address?.port : 0)
  return {
    url: url.href,
    close: async () => {
      for (const client of clients) client.destroy()
      await new Promise((resolve) => server.close(resolve))
      stream.destroy()
    },
  }
}
