import { useEffect, useRef, useState } from 'react'
import { openLiveSocket } from '../../platform/live-socket.ts'
import { api } from '../session/api.ts'
import { readSession } from '../session/session.ts'
import { keepLive } from './live-connection.ts'

/** True while the server tells changes by itself. The callbacks may change from one rendering to the next. */
export const useLive = (on: { statusChanged: () => void; notice: () => void }): boolean => {
  const [ready, setReady] = useState(false)
  const latest = useRef(on)
  latest.current = on
  useEffect(
    () =>
      keepLive({
        open: openLiveSocket,
        token: () => readSession()?.accessToken,
        // A small request that renews an expired session on its way; the socket itself cannot.
        renew: () => api.call('getMe', {}).then(() => true),
        onStatusChanged: () => latest.current.statusChanged(),
        onNotice: () => latest.current.notice(),
        onReady: setReady,
        setTimer: (run, milliseconds) => setTimeout(run, milliseconds),
        clearTimer: (timer) => clearTimeout(timer as ReturnType<typeof setTimeout>),
      }),
    [],
  )
  return ready
}
