import { registerSW } from 'virtual:pwa-register'
import { offerUpdate } from '../api/app-update.ts'

const HOUR_MS = 3_600_000

/** Registers the offline shell and looks for a later one every hour. It waits until somebody applies it. */
export const listenForUpdates = (): void => {
  const update = registerSW({
    onNeedRefresh: () => offerUpdate(() => void update(true)),
    onRegisteredSW: (_address, registration) => {
      if (registration) setInterval(() => void registration.update(), HOUR_MS)
    },
  })
  // A page of an earlier release asks for parts that are gone: load the page anew, once.
  window.addEventListener('vite:preloadError', () => reloadOnce())
}

const reloadOnce = (): void => {
  if (sessionStorage.getItem('jkb.reloaded') === '1') return
  sessionStorage.setItem('jkb.reloaded', '1')
  location.reload()
}
