import { onReconnected } from '../../platform/connection.ts'
import { useObservable } from '../../state/observable.ts'
import { readSession } from '../session/session.ts'
import { outbox, outboxChanges } from './kept-scans.ts'

const EVERY_MS = 15_000

/** Sends what is kept, where there is something and somebody is signed in. */
export const moveOutbox = (): void => {
  if (readSession() && outbox.count() > 0) outbox.flush().catch(() => undefined)
}

/** Keeps kept scans moving as long as the app runs: at start, when the network is back, and every 15 seconds. */
export const startOutbox = (): void => {
  setTimeout(moveOutbox, 1000)
  setInterval(moveOutbox, EVERY_MS)
  onReconnected(moveOutbox)
}

/** How many scans wait for the network. */
export const useOutbox = (): { waiting: number } => {
  useObservable(outboxChanges)
  return { waiting: outbox.count() }
}
