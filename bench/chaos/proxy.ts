import { connect, createServer, type Socket } from 'node:net'
import { freePort } from '../database.ts'

/** Stands between server and database and is a bad network when told to be. */
export interface BadNetwork {
  port: number
  /** Breaks every connection now. */
  cut(): void
  /** While true: each answer of the database that arrives is swallowed and its connection broken, so that a commit happens and nobody hears of it. */
  swallowAnswers(on: boolean): void
  /** Milliseconds that every answer of the database is held back. */
  delay(milliseconds: number): void
  close(): void
}

export const startProxy = async (targetPort: number): Promise<BadNetwork> => {
  const port = await freePort()
  const pairs = new Set<[Socket, Socket]>()
  let swallow = false
  let held = 0
  const server = createServer((client) => {
    const upstream = connect(targetPort, '127.0.0.1')
    const pair: [Socket, Socket] = [client, upstream]
    pairs.add(pair)
    const end = () => {
      pairs.delete(pair)
      client.destroy()
      upstream.destroy()
    }
    for (const socket of pair) socket.on('error', end).on('close', end)
    client.on('data', (chunk) => void upstream.write(chunk))
    upstream.on('data', (chunk) => {
      // Half of them, so that some connections live to send the next statement.
      if (swallow && Math.random() < 0.5) return end()
      if (held === 0) return void client.write(chunk)
      setTimeout(() => client.write(chunk), held)
    })
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  const cut = () => {
    for (const [client, upstream] of [...pairs]) {
      client.resetAndDestroy()
      upstream.resetAndDestroy()
    }
  }
  return {
    port,
    cut,
    swallowAnswers: (on) => {
      swallow = on
    },
    delay: (milliseconds) => {
      held = milliseconds
    },
    close: () => {
      server.close()
      cut()
    },
  }
}
