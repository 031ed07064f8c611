import { registerSW } from 'virtual:pwa-register'
import { useSyncExternalStore } from 'react'

let ready = false
let takeOver: (() => void) | undefined
const listeners = new Set<() => void>()
const HOUR_MS = 3_600_000

/** Registers the offline shell and looks for a later one every hour. It waits until `applyUpdate`. */
export const listenForUpdates = (): void => {
  const update = registerSW({
    onNeedRefresh: () => {
      ready = true
      for (const listener of listeners) listener()
    },
    onRegisteredSW: (_address, registration) => {
      if (registration) setInterval(() => void registration.update(), HOUR_MS)
    },
  })
  takeOver = () => void update(true)
  // A page of an earlier release asks for parts that are gone: load the page anew, once.
  window.addEventListener('vite:preloadError', () => reloadOnce())
}

const reloadOnce = (): void => {
  if (sessionStorage.getItem('jkb.reloaded') === '1') return
  sessionStorage.setItem('jkb.reloaded', '1')
  location.reload()
}

/** Loads the waiting version. Only on the wish of the person in front of it. */
export const applyUpdate = (): void => takeOver?.()

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** True while a later version waits. */
export const useUpdateReady = (): boolean => useSyncExternalStore(subscribe, () => ready)
