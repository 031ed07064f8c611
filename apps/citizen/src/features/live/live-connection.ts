import type { OpenLiveSocket } from '../../platform/live-socket.types.ts'
import { retryDelayMs } from '../../state/retry-timing.ts'

export interface LiveParts {
  open: OpenLiveSocket
  /** The access token now; undefined when signed out. */
  token: () => string | undefined
  /** Asked for after the server refused the token. */
  renew: () => Promise<boolean>
  onStatusChanged: () => void
  onNotice: () => void
  /** True while changes arrive by themselves; otherwise screens have to ask. */
  onReady: (ready: boolean) => void
  setTimer: (run: () => void, milliseconds: number) => unknown
  clearTimer: (timer: unknown) => void
  random?: () => number
}

const PATH = '/api/v1/me/live'

const typeOf = (text: string): string => {
  try {
    return String((JSON.parse(text) as { type?: unknown }).type)
  } catch {
    return ''
  }
}

/**
 * Keeps a socket to the server: token first, then `ready`, then `status_changed` and `notice`. Comes back after a
 * growing, spread delay. The token goes in a message because addresses end up in logs. Returns the way to stop.
 *
 *   connecting ─open→ waiting for ready ─ready→ live
 *        ↑                    │                  │
 *        └────── delay ◄──────┴───── close ◄─────┘
 */
export const keepLive = (parts: LiveParts): (() => void) => {
  let stopped = false
  let failures = 0
  let timer: unknown
  let closeNow = () => {}

  const again = () => {
    if (stopped) return
    failures++
    timer = parts.setTimer(connect, retryDelayMs(failures, { random: parts.random ?? Math.random }))
  }

  const hear = (text: string) => {
    const type = typeOf(text)
    if (type === 'ready') {
      failures = 0
      parts.onReady(true)
    } else if (type === 'status_changed') parts.onStatusChanged()
    else if (type === 'notice') parts.onNotice()
  }

  const connect = () => {
    const token = parts.token()
    if (stopped || token === undefined) return
    let over = false
    let wasReady = false
    const socket = parts.open(PATH, {
      open: () => socket.send(JSON.stringify({ type: 'auth', accessToken: token })),
      message: (text) => {
        if (over || stopped) return
        wasReady = wasReady || typeOf(text) === 'ready'
        hear(text)
      },
      close: () => {
        if (over || stopped) return
        over = true
        parts.onReady(false)
        // Closed before it was ready: most often an access token that has just expired.
        if (!wasReady && failures > 0) parts.renew().then(again, again)
        else again()
      },
    })
    closeNow = () => {
      over = true
      socket.close()
    }
  }

  connect()
  return () => {
    stopped = true
    parts.clearTimer(timer)
    closeNow()
  }
}
