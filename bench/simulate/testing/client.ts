import { setTimeout as sleep } from 'node:timers/promises'
import { openWire } from '../wire.ts'

/** Then a phone asks again, with the same request id. */
const PATIENCE_MS = 15_000
const AGAIN_AFTER_MS = 500
const MOST_TRIES = 60

interface Answer {
  status: number
  // biome-ignore lint/suspicious/noExplicitAny: what the routes answer is read where it is known
  body: any
}

/** How a request says who sends it. */
type Sender = { session: string } | { key: string }

/** As long as the server asks for, a little apart from the others; half a second where it said nothing. */
const waitOf = (body: string): number => {
  const seconds = /"retryAfterSeconds":(\d+)/.exec(body)?.[1]
  return seconds === undefined ? AGAIN_AFTER_MS : Number(seconds) * 1000 * (0.5 + Math.random())
}

/** The server's own routes over HTTP; what is refused for being too much is asked again, as a phone does. */
export const createClient = (port: number, connections: number) => {
  const wire = openWire(port, connections)
  const counts = { sent: 0, busy: 0, broken: 0 }

  const once = (text: string) =>
    new Promise<{ status: number; text: string }>((resolve) => {
      counts.sent += 1
      wire.send(text, true, performance.now() + PATIENCE_MS, (status, body) =>
        resolve({ status, text: body }),
      )
    })

  const headers = (sender: Sender) =>
    'session' in sender
      ? `cookie: jkb_operator=${sender.session}\r\nx-csrf-token: bench\r\n`
      : `authorization: Bearer ${sender.key}\r\n`

  const write = (method: string, path: string, sender: Sender, body: object | undefined): string => {
    const text = body === undefined ? '' : JSON.stringify(body)
    const content = body === undefined ? '' : 'content-type: application/json\r\n'
    return `${method} ${path} HTTP/1.1\r\nhost: city\r\n${headers(sender)}${content}content-length: ${Buffer.byteLength(text)}\r\n\r\n${text}`
  }

  /** Whether to ask again: full, too many, or nothing came back. */
  const isLater = (status: number): boolean => {
    if (status === 503 || status === 429) counts.busy += 1
    else if (status === 0) counts.broken += 1
    else return false
    return true
  }

  const ask = async (method: string, path: string, sender: Sender, body?: object): Promise<Answer> => {
    const request = write(method, path, sender, body)
    for (let tries = 1; ; tries += 1) {
      const answer = await once(request)
      if (!isLater(answer.status) || tries === MOST_TRIES)
        return { status: answer.status, body: answer.text ? JSON.parse(answer.text) : undefined }
      await sleep(waitOf(answer.text))
    }
  }

  return {
    counts,
    get: (path: string, sender: Sender) => ask('GET', path, sender),
    post: (path: string, sender: Sender, body: object) => ask('POST', path, sender, body),
    /** The same, and anything but success ends the run: nothing after it would be worth reading. */
    must: async (path: string, sender: Sender, body?: object): Promise<Answer['body']> => {
      const answer = await ask(body === undefined ? 'GET' : 'POST', path, sender, body)
      if (answer.status < 200 || answer.status >= 300)
        throw new Error(`${path} answered ${answer.status}: ${JSON.stringify(answer.body)}`)
      return answer.body
    },
    close: wire.close,
  }
}

export type Client = ReturnType<typeof createClient>
