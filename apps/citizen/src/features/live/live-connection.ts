import { backoffMs } from '@jiankangbao/api-client/retry-timing'
import type { OpenLiveSocket } from '../../platform/live-socket.types.ts'

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
/** Another device or tab of the account took this one's place, or the server has no room: asking at once helps nobody. */
const CLOSE_TOO_MANY = 4429
const CLOSE_BUSY = 1013
const FULL_MS = 30_000
const SPREAD_MS = 8_000

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

  const random = parts.random ?? Math.random
  const again = (code?: number) => {
    if (stopped) return
    failures++
    const full = code === CLOSE_TOO_MANY || code === CLOSE_BUSY
    // A process that ends takes thousands of sockets with it: they come back over some seconds, not at once.
    const spread = random() * SPREAD_MS + (full ? FULL_MS : 0)
    timer = parts.setTimer(connect, backoffMs(failures - 1, 0, random) + Math.round(spread))
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
      close: (code) => {
        if (over || stopped) return
        over = true
        parts.onReady(false)
        // Closed before it was ready: most often an access token that has just expired.
        const expired = !wasReady && failures > 0 && code !== CLOSE_BUSY
        const back = () => again(code)
        if (expired) parts.renew().then(back, back)
        else back()
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
