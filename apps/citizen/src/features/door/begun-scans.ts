import { readStored, removeStored, writeStored } from '../../platform/storage.ts'

/** A scan that somebody has just made. */
export interface Scan {
  code: string
  requestId: string
  /** ISO 8601: when the poster was scanned. */
  scannedAt: string
}

interface Begun {
  requestId: string
  scannedAt: string
}

// Longer than anyone takes to register, shorter than a visit.
export const BEGUN_MS = 30 * 60_000
const KEY = 'begun-scans'
const MOST = 10

// Where the phone stores nothing, for as long as the app runs.
let held: Begun[] = []

const readBegun = (): Begun[] => {
  const stored = readStored<Begun[]>(KEY) ?? []
  return [...stored, ...held.filter((scan) => stored.every((each) => each.requestId !== scan.requestId))]
}

/**
 * Says that a door was scanned now. Only a scan begun here is ever recorded, and once: an address of a door that is opened
 * again, on this phone or another, records nobody.
 */
export const beginScan = ({ requestId, scannedAt }: Begun): void => {
  const others = readBegun().filter((each) => each.requestId !== requestId)
  held = [...others, { requestId, scannedAt }].slice(-MOST)
  writeStored(KEY, held)
}

/** Within this a door that is opened again is the same visit: a tap that seemed to do nothing, a scanner that fires twice. */
export const SAME_SCAN_MS = 8_000
const LAST_KEY = 'last-scan'

/**
 * The scan of a door that was just opened, begun: the one before, where the same door was opened a moment ago. The server
 * answers its number like the first time, so that three taps are one visit.
 */
export const scanNow = (code: string, makeId: () => string, now = Date.now()): Scan => {
  const last = readStored<Scan>(LAST_KEY)
  const age = last === undefined ? Number.NaN : now - Date.parse(last.scannedAt)
  const again = last !== undefined && last.code === code && age >= 0 && age < SAME_SCAN_MS
  const scan = again ? last : { code, requestId: makeId(), scannedAt: new Date(now).toISOString() }
  if (!again) writeStored(LAST_KEY, scan)
  beginScan(scan)
  return scan
}

export const isBegun = (requestId: string, now = Date.now()): boolean =>
  readBegun().some(
    (each) => each.requestId === requestId && Math.abs(now - Date.parse(each.scannedAt)) < BEGUN_MS,
  )

/** From here on the scan is the outbox's, or answered. */
export const endBegun = (requestId: string): void => {
  held = readBegun().filter((each) => each.requestId !== requestId)
  if (held.length === 0) removeStored(KEY)
  else writeStored(KEY, held)
}
