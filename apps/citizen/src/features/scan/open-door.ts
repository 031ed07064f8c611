import { replaceWith } from '../../platform/navigate.ts'
import { makeRequestId } from '../../platform/random-id.ts'
import { beginScan, scanNow } from '../door/begun-scans.ts'

/** Opens the door of a venue code; each call is a scan of its own, but for taps on the same one within seconds. */
export const openDoor = (code: string, choose: boolean): void => {
  // Whoever chooses people means this time alone: another number, since the same one has one content.
  const scan = choose
    ? { requestId: makeRequestId(), scannedAt: new Date().toISOString() }
    : scanNow(code, makeRequestId)
  if (choose) beginScan(scan)
  const at = Date.parse(scan.scannedAt).toString(36)
  replaceWith('door', { code, scan: scan.requestId, at, ...(choose ? { choose: '1' } : {}) })
}
