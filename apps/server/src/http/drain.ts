import type { Server } from 'node:http'
import type { Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'

// What keeps a server open after it was told to close, none of it a request that waits for its answer: connections that
// browsers open ahead of need and never use, answers that nobody fetches, a phone that is gone and so confirms no end, and
// a connection whose answer began before the stop and therefore promised to stay. Node waits for all of them.

const LOOK_MS = 100

interface DrainLimits {
  /** A connection opened a moment before the stop may still bring its request. */
  unusedMs: number
  /** Whoever has not fetched an answer, or sent the rest of a question, by then does not get it. */
  requestsMs: number
}
const LIMITS: DrainLimits = { unusedMs: 1_000, requestsMs: 9_000 }

/** Every connection of this server, from its first to its last moment. */
const watchConnections = (server: Server): Set<Socket> => {
  const open = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    open.add(socket)
    socket.once('close', () => open.delete(socket))
  })
  return open
}

/**
 * Closes a server within ten seconds: what was asked is answered first, then every connection is cut that still stands.
 * Call it before the server listens.
 * @returns the closing; called again it is the same one
 */
export const prepareDrain = (
  http: FastifyInstance,
  { unusedMs, requestsMs } = LIMITS,
): (() => Promise<void>) => {
  const open = watchConnections(http.server)

  const cut = (sockets: Iterable<Socket>): void => {
    for (const socket of sockets) socket.destroy()
  }

  const cutLeftovers = async (isOver: () => boolean): Promise<void> => {
    const since = performance.now()
    while (!isOver()) {
      await sleep(LOOK_MS)
      const waited = performance.now() - since
      http.server.closeIdleConnections()
      if (waited < unusedMs) continue
      for (const client of http.websocketServer.clients) client.terminate()
      cut([...open].filter(({ bytesRead }) => bytesRead === 0))
      if (waited < requestsMs || open.size === 0) continue
      http.log.warn({ connections: open.size }, 'cut: whoever asked did not fetch the answer')
      cut(open)
    }
  }

  const drain = async (): Promise<void> => {
    let over = false
    const closed = http.close().finally(() => {
      over = true
    })
    await Promise.all([closed, cutLeftovers(() => over)])
  }

  let draining: Promise<void> | undefined
  return () => {
    draining ??= drain()
    return draining
  }
}
