import type { Registry } from 'prom-client'
import { isProcessMessage, type ProcessMessage } from './messages.ts'

/** What an app needs of the other processes of its server. A lone process has no link. */
export interface ProcessLink {
  /** `1`, `2` … or `jobs`; a label in metrics. */
  name: string
  /** How many processes answer requests on this port. */
  servers: number
  /** Tells the others of requests counted for an address. */
  sendAddressCount(key: string, window: number, count: number): void
  /** Hears what the others counted. */
  onAddressCount(handle: (key: string, window: number, count: number) => void): void
}

type Channel = Pick<NodeJS.Process, 'on' | 'send'>

/**
 * The link of a forked process to its primary.
 * @param channel the process itself; passed in by tests
 */
export const createProcessLink = (
  options: { name: string; servers: number },
  channel: Channel = process,
): ProcessLink & { answerWith(registry: Registry): void; sayReady(): void } => {
  const counted: ((key: string, window: number, count: number) => void)[] = []
  let registry: Registry | undefined

  // A primary that is gone takes this process with it; nothing to do about a message it did not get.
  const send = (message: ProcessMessage) => void channel.send?.(message, undefined, {}, () => {})

  const answerSnapshot = async (id: number) => {
    const metrics = registry ? await registry.getMetricsAsJSON() : []
    send({ jkb: 'snapshot', id, metrics })
  }

  channel.on('message', (message: unknown) => {
    if (!isProcessMessage(message)) return
    if (message.jkb === 'snapshot-wanted') answerSnapshot(message.id).catch(() => {})
    else if (message.jkb === 'address-count')
      for (const handle of counted) handle(message.key, message.window, message.count)
  })

  return {
    ...options,
    sendAddressCount: (key, window, count) => send({ jkb: 'address-count', key, window, count }),
    onAddressCount: (handle) => void counted.push(handle),
    answerWith: (own) => {
      registry = own
    },
    sayReady: () => send({ jkb: 'ready' }),
  }
}
