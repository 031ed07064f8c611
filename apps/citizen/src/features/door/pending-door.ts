import { readStored, removeStored, writeStored } from '../../platform/storage.ts'
import { BEGUN_MS, beginScan } from './begun-scans.ts'
import { outbox } from './kept-scans.ts'

/** A door scanned before sign-in or registration: kept until its result is shown. */
export interface PendingDoor {
  code: string
  scan: string
  /** ISO 8601: when the poster was scanned. */
  scannedAt: string
  venueName?: string
}

export const keepPendingDoor = (door: PendingDoor): void => {
  beginScan({ requestId: door.scan, scannedAt: door.scannedAt })
  writeStored('pending-door', door)
}

export const readPendingDoor = (now = Date.now()): PendingDoor | undefined => {
  const door = readStored<PendingDoor>('pending-door')
  return door && now - Date.parse(door.scannedAt) < BEGUN_MS ? door : undefined
}

/** The door to go on to after sign-in; not the one that the person before was sent to sign in at. */
export const ownPendingDoor = (): PendingDoor | undefined => {
  const door = readPendingDoor()
  return door && !outbox.isAnothers(door.scan) ? door : undefined
}

export const dropPendingDoor = (): void => removeStored('pending-door')
