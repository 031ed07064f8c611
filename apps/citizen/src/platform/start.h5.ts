import { addMissing, type Scope } from './missing-parts.h5.ts'
import { makeRequestId } from './random-id.ts'

// `/v/<code>` is what a poster carries. It opens as a door with a request id and the time of the scan in its address,
// so that a reload repeats the same scan instead of making a second one.
const addressOfLink = (path: string): string | undefined => {
  const match = /^\/([vpk])\/([^/]+)\/?$/i.exec(path)
  if (!match) return undefined
  const [, letter = '', code = ''] = match
  if (letter.toLowerCase() === 'v')
    return `/door?code=${code}&scan=${makeRequestId()}&at=${Date.now().toString(36)}`
  return `/code-info?kind=${letter.toLowerCase() === 'p' ? 'personal' : 'paper'}`
}

/** Turns a link from paper or glass into the address of a screen. Runs before the router reads the address. */
export const prepareStart = (): void => {
  addMissing(window as unknown as Scope)
  const address = addressOfLink(window.location.pathname)
  if (address) window.history.replaceState(null, '', address)
}
