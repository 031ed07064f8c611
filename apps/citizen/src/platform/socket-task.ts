import type { OpenLiveSocket } from './live-socket.types.ts'

/** A socket as WeChat and Alipay give it out. `readyState` is 1 while it is open, 3 once it is closed; old hosts have none. */
export interface SocketTask {
  readonly readyState?: number
  onOpen: (call: () => void) => void
  onMessage: (call: (message: { data: unknown }) => void) => void
  onClose: (call: (how?: { code?: number }) => void) => void
  onError: (call: () => void) => void
  send: (what: { data: string }) => unknown
  close: (how: object) => unknown
}

const OPEN = 1
const CLOSED = 3

// Alipay wraps what it received: { data: { data, isBuffer } }.
const textOf = (data: unknown): string =>
  String(typeof data === 'object' && data !== null && 'data' in data ? data.data : data)

/**
 * Tells what happens to a socket. The task comes a moment after the connection was asked for, and on a fast network it is
 * open by then: its opening is told to nobody any more, so its state is looked at once everything listens.
 */
export const listenToTask = (task: SocketTask, on: Parameters<OpenLiveSocket>[1]): void => {
  let told = false
  const open = () => {
    if (told) return
    told = true
    on.open()
  }
  task.onMessage((message) => on.message(textOf(message.data)))
  task.onClose((how) => on.close(how?.code))
  task.onError(() => on.close())
  task.onOpen(open)
  if (task.readyState === OPEN) open()
  if (task.readyState === CLOSED) on.close()
}
