import { replaceWith } from '../../platform/navigate.ts'
import { makeRequestId } from '../../platform/random-id.ts'
import { beginScan } from '../door/begun-scans.ts'

/** Opens the door of a venue code; each call is a scan of its own. */
export const openDoor = (code: string, choose: boolean): void => {
  const scan = makeRequestId()
  const at = Date.now()
  beginScan({ requestId: scan, scannedAt: new Date(at).toISOString() })
  replaceWith('door', { code, scan, at: at.toString(36), ...(choose ? { choose: '1' } : {}) })
}
