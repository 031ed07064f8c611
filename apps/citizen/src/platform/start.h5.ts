import { addressOfLink } from './link-address.ts'
import { addMissing, type Scope } from './missing-parts.h5.ts'
import { makeRequestId } from './random-id.ts'

/** Set at build: the addresses of all screens, the short ones and those inside. */
declare const SCREEN_ADDRESSES: string[]

type BeginScan = (scan: { requestId: string; scannedAt: string }) => void

/** Turns a link from paper or glass into the address of a screen. Runs before the router reads the address. */
export const prepareStart = (beginScan: BeginScan): void => {
  addMissing(window as unknown as Scope)
  const { pathname, search } = window.location
  const scan = () => {
    const [requestId, atMs] = [makeRequestId(), Date.now()]
    beginScan({ requestId, scannedAt: new Date(atMs).toISOString() })
    return { requestId, atMs }
  }
  const address = addressOfLink(pathname, SCREEN_ADDRESSES, scan)
  if (address) window.history.replaceState(null, '', address.includes('?') ? address : address + search)
}
