import { connect, type Socket } from 'node:net'

/** Status of the answer, 0 where the connection broke; the body only when it was asked for. */
export type OnAnswer = (status: number, body: string) => void

interface Waiting {
  text: string
  wantsBody: boolean
  /** After this (of `performance.now()`) nobody waits any more; it is not sent. */
  until: number
  done: OnAnswer
}

const FIRST_CONNECTIONS = 32

/**
 * HTTP/1.1 over kept connections, one request at a time on each, with as little work as possible: the generator shares
 * the machine with what it measures. A request that finds no free connection opens another, as another phone would, up
 * to `connections`; beyond that it waits here, in order, and its time counts.
 */
export const openWire = (port: number, connections: number) => {
  const queue: Waiting[] = []
  let head = 0
  const free: (() => void)[] = []
  let closed = false

  const shift = (): Waiting | undefined => {
    const next = queue[head]
    if (next) head += 1
    if (head > 4096) {
      queue.splice(0, head)
      head = 0
    }
    return next
  }
  const take = (): Waiting | undefined => {
    for (let next = shift(); next; next = shift()) {
      if (next.until > performance.now()) return next
      next.done(0, '')
    }
    return undefined
  }

  const openOne = () => {
    const socket: Socket = connect({ port, host: '127.0.0.1', noDelay: true })
    let current: Waiting | undefined
    let received = ''
    const next = () => {
      current = take()
      if (current) socket.write(current.text)
      else free.push(next)
    }
    const finish = (status: number, body: string) => {
      const answered = current
      current = undefined
      answered?.done(status, answered.wantsBody ? body : '')
    }
    socket.setEncoding('latin1')
    socket.on('connect', next)
    socket.on('data', (chunk: string) => {
      received = received === '' ? chunk : received + chunk
      const bodyAt = received.indexOf('\r\n\r\n')
      if (bodyAt < 0) return
      const lengthAt = received.toLowerCase().indexOf('content-length:')
      const length =
        lengthAt > 0 && lengthAt < bodyAt ? Number.parseInt(received.slice(lengthAt + 15), 10) : 0
      if (received.length < bodyAt + 4 + length) return
      const status = Number.parseInt(received.slice(9, 12), 10)
      const body = received.slice(bodyAt + 4, bodyAt + 4 + length)
      const closing = /\r\nconnection: close/i.test(received.slice(0, bodyAt))
      received = ''
      finish(status, body)
      if (closing) socket.destroy()
      else next()
    })
    socket.on('error', () => {})
    socket.on('close', () => {
      const at = free.indexOf(next)
      if (at >= 0) free.splice(at, 1)
      if (current) finish(0, '')
      if (!closed) setTimeout(openOne, 20)
    })
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  }
  const sockets = new Set<Socket>()
  for (let index = 0; index < Math.min(FIRST_CONNECTIONS, connections); index += 1) openOne()

  return {
    /** Sends a whole request as text, as soon as it may; not later than `until`. */
    send: (text: string, wantsBody: boolean, until: number, done: OnAnswer): void => {
      queue.push({ text, wantsBody, until, done })
      const idle = free.pop()
      if (idle) idle()
      else if (sockets.size < connections) openOne()
    },
    close: (): void => {
      closed = true
      for (const socket of sockets) socket.destroy()
    },
  }
}
