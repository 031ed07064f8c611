import pg from 'pg'

export type Channel = 'session_revoked' | 'status_changed' | 'notice' | 'dirty' | 'audit_verification'

interface Listener {
  on(channel: Channel, handle: (payload: string) => void): void
  /** Called after each (re)connection: what was missed must be read again. */
  onConnected(handle: () => void): void
  isConnected(): boolean
  close(): Promise<void>
}

/** One connection that listens for all of the process and reconnects by itself. */
export const createListener = (connectionString: string, log: (message: string) => void): Listener => {
  const handlers = new Map<Channel, ((payload: string) => void)[]>()
  const connectedHandlers: (() => void)[] = []
  let client: pg.Client | undefined
  let closed = false
  let retryTimer: NodeJS.Timeout | undefined

  const scheduleReconnect = () => {
    client = undefined
    if (closed || retryTimer) return
    retryTimer = setTimeout(
      () => {
        retryTimer = undefined
        void connect()
      },
      200 + Math.random() * 800,
    )
  }

  const connect = async () => {
    const next = new pg.Client({ connectionString, application_name: 'jkb-listener', keepAlive: true })
    next.on('notification', ({ channel, payload }) => {
      for (const handle of handlers.get(channel as Channel) ?? []) handle(payload ?? '')
    })
    next.on('error', (error) => log(`listener lost its connection: ${error.message}`))
    next.on('end', scheduleReconnect)
    try {
      await next.connect()
      for (const channel of ['session_revoked', 'status_changed', 'notice', 'dirty', 'audit_verification'])
        await next.query(`listen ${channel}`)
      client = next
      for (const handle of connectedHandlers) handle()
      if (closed) await next.end()
    } catch (error) {
      log(`listener cannot connect: ${(error as Error).message}`)
      next.removeListener('end', scheduleReconnect)
      await next.end().catch(() => {})
      scheduleReconnect()
    }
  }
  void connect()

  return {
    on: (channel, handle) => void handlers.set(channel, [...(handlers.get(channel) ?? []), handle]),
    onConnected: (handle) => {
      connectedHandlers.push(handle)
      if (client) handle()
    },
    isConnected: () => client !== undefined,
    close: async () => {
      closed = true
      clearTimeout(retryTimer)
      await client?.end()
    },
  }
}

export type { Listener }
