import { onReconnected } from '../../platform/connection.ts'
import { useObservable } from '../../state/observable.ts'
import { session } from '../session/session.ts'
import { outbox, outboxChanges, outboxGate } from './kept-scans.ts'
import type { KeptScan, LostScan } from './scan-outbox.ts'

const EVERY_MS = 15_000

/** Sends what the signed-in person's scans still wait for. */
export const moveOutbox = (): void => {
  if (outbox.list().length > 0 && outboxGate.isOpen()) outbox.flush().catch(() => undefined)
}

/** Keeps kept scans moving as long as the app runs: at start, when the network is back, and every 15 seconds. */
export const startOutbox = (): void => {
  outbox.expire()
  setTimeout(moveOutbox, 1000)
  setInterval(moveOutbox, EVERY_MS)
  onReconnected(moveOutbox)
}

/** The signed-in person's scans, those that wait and those that could not be recorded, and how many wait of anybody. */
export const useOutbox = (): { waiting: KeptScan[]; lost: LostScan[]; anybodys: number } => {
  useObservable(outboxChanges)
  useObservable(session)
  return { waiting: outbox.list(), lost: outbox.listLost(), anybodys: outbox.countAll() }
}
