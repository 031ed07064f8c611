import { useEffect, useRef } from 'react'
import { openLiveSocket } from '../../platform/live-socket.ts'
import { createObservable, useObservable } from '../../state/observable.ts'
import { api } from '../session/api.ts'
import { readSession, sessionOwner } from '../session/session.ts'
import { keepLive } from './live-connection.ts'

interface LiveListener {
  statusChanged: () => void
  notice: () => void
}

// One socket for all screens: those below the one in front stay there, and the server allows an account only a few.
const listeners = new Set<LiveListener>()
const ready = createObservable(false)
let stop: (() => void) | undefined
let owner: string | undefined

const tell = (what: keyof LiveListener) => {
  for (const listener of Array.from(listeners)) listener[what]()
}

const start = () =>
  keepLive({
    open: openLiveSocket,
    token: () => readSession()?.accessToken,
    // A small request that renews an expired session on its way; the socket itself cannot.
    renew: () => api.call('getMe', {}).then(() => true),
    onStatusChanged: () => tell('statusChanged'),
    onNotice: () => tell('notice'),
    onReady: ready.set,
    setTimer: (run, milliseconds) => setTimeout(run, milliseconds),
    clearTimer: (timer) => clearTimeout(timer as ReturnType<typeof setTimeout>),
  })

const listen = (listener: LiveListener): (() => void) => {
  listeners.add(listener)
  // A screen of the account before may still be there when the next one signs in.
  if (owner !== sessionOwner()) {
    stop?.()
    stop = undefined
    owner = sessionOwner()
  }
  stop ??= start()
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    stop?.()
    stop = undefined
    ready.set(false)
  }
}

/** True while the server tells changes by itself. The callbacks may change from one rendering to the next. */
export const useLive = (on: LiveListener): boolean => {
  const latest = useRef(on)
  latest.current = on
  useEffect(
    () =>
      listen({ statusChanged: () => latest.current.statusChanged(), notice: () => latest.current.notice() }),
    [],
  )
  return useObservable(ready)
}
