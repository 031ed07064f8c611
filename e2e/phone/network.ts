import { WebSocket } from 'undici'

export interface HostRequest {
  url: string
  method: string
  headers: Record<string, string>
  body?: string | FormData | undefined
  timeoutMs: number
}
export interface HostAnswer {
  status: number
  headers: Record<string, string>
  text: string
}

/** What a request ended in where no answer came. */
export class NoAnswer extends Error {
  readonly kind: 'offline' | 'timeout'
  constructor(kind: 'offline' | 'timeout') {
    super(kind)
    this.kind = kind
  }
}

/** The phone's way to the server: the address the program was built for leads to the one that runs now. */
export const createNetwork = (builtFor: string, server: string) => {
  const requests: { method: string; path: string; status: number }[] = []
  const network = {
    /** Nothing goes out while true. */
    offline: false,
    /** Every request with its answer, oldest first. */
    requests,
    send: async ({ url, method, headers, body, timeoutMs }: HostRequest): Promise<HostAnswer> => {
      if (network.offline || !url.startsWith(builtFor)) throw new NoAnswer('offline')
      try {
        const answer = await fetch(server + url.slice(builtFor.length), {
          method,
          headers,
          ...(body === undefined ? {} : { body }),
          signal: AbortSignal.timeout(timeoutMs),
        })
        const text = await answer.text()
        const path = url.slice(builtFor.length)
        requests.push({ method, path, status: answer.status })
        const answered: Record<string, string> = {}
        answer.headers.forEach((value, name) => {
          answered[name] = value
        })
        return { status: answer.status, headers: answered, text }
      } catch (error) {
        throw new NoAnswer((error as Error).name === 'TimeoutError' ? 'timeout' : 'offline')
      }
    },
    connect: (url: string): WebSocket | undefined => {
      const from = builtFor.replace(/^http/, 'ws')
      if (network.offline || !url.startsWith(from)) return undefined
      return new WebSocket(server.replace(/^http/, 'ws') + url.slice(from.length))
    },
  }
  return network
}

export type Network = ReturnType<typeof createNetwork>
