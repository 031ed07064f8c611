import { Agent, request as ask } from 'node:http'
import type { FuzzInput } from './requests.ts'

export interface FuzzAnswer {
  /** 0 where the connection was dropped without an answer. */
  status: number
  body: string
}

const WAIT_MS = 20_000

/** Sends over real sockets, some of them kept alive. */
export const createSender = (port: number) => {
  const agent = new Agent({ keepAlive: true, maxSockets: 64, keepAliveMsecs: 1000 })
  const send = ({
    method,
    path,
    headers,
    body,
  }: Pick<FuzzInput, 'method' | 'path' | 'headers' | 'body'>): Promise<FuzzAnswer> =>
    new Promise((resolve) => {
      let settled = false
      const settle = (answer: FuzzAnswer) => {
        if (!settled) resolve(answer)
        settled = true
      }
      const request = ask(
        {
          host: '127.0.0.1',
          port,
          agent,
          method,
          path,
          headers: { ...headers, ...(body && { 'content-length': String(body.length) }) },
          timeout: WAIT_MS,
        },
        (answer) => {
          const chunks: Buffer[] = []
          answer.on('data', (chunk: Buffer) => chunks.push(chunk))
          answer.on('error', (error) => settle({ status: 0, body: `cut in the middle: ${error.message}` }))
          answer.on('end', () =>
            settle({ status: answer.statusCode ?? 0, body: Buffer.concat(chunks).toString('utf8') }),
          )
        },
      )
      request.on('timeout', () => request.destroy(new Error('no answer in time')))
      request.on('error', (error) => settle({ status: 0, body: error.message }))
      request.end(body)
    })
  return { send, close: () => agent.destroy() }
}
