import pg from 'pg'

export type Channel =
  | 'session_revoked'
  | 'status_changed'
  | 'notice'
  | 'dirty'
  | 'imports'
  | 'audit_verification'
  | 'checkers_changed'

interface Listener {
  on(channel: Channel, handle: (payload: string) => void): void
  /** Called after each (re)connection: what was missed must be read again. */
  onConnected(handle: () => void): void
  isConnected(): boolean
  close(): Promise<void>
}

const HEARTBEAT_MS = 15_000
const ANSWER_MS = 5_000

/**
 * One connection that listens for all of the process and reconnects by itself. A connection that a firewall or a dead
 * machine swallowed says nothing at all, so it is asked now and then whether it is still there.
 * @param heartbeatMs between two questions; one not answered within five seconds (or that time, if less) is a loss
 */
export const createListener = (
  connectionString: string,
  log: (message: string) => void,
  heartbeatMs = HEARTBEAT_MS,
): Listener => {
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
    const answerMs = Math.min(ANSWER_MS, heartbeatMs)
    const next = new pg.Client({
      connectionString,
      application_name: 'jkb-listener',
      keepAlive: true,
      connectionTimeoutMillis: ANSWER_MS,
      query_timeout: answerMs,
    })
    const heartbeat = setInterval(() => {
      // Ending a connection with an open question cuts it, and `end` brings another one.
      if (client === next) next.query('select 1').catch(() => void next.end().catch(() => {}))
    }, heartbeatMs)
    heartbeat.unref()
    next.once('end', () => clearInterval(heartbeat))
    next.on('notification', ({ channel, payload }) => {
      for (const handle of handlers.get(channel as Channel) ?? []) handle(payload ?? '')
    })
    next.on('error', (error) => log(`listener lost its connection: ${error.message}`))
    next.on('end', scheduleReconnect)
    try {
      await next.connect()
      for (const channel of [
        'session_revoked',
        'status_changed',
        'notice',
        'dirty',
        'imports',
        'audit_verification',
        'checkers_changed',
      ])
        await next.query(`listen ${channel}`)
      client = next
      for (const handle of connectedHandlers) handle()
      if (closed) await next.end()
    } catch (error) {
      log(`listener cannot connect: ${(error as Error).message}`)
      next.removeListener('end', scheduleReconnect)
      clearInterval(heartbeat)
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
