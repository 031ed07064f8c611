import type { PhonePosition } from '@jiankangbao/contracts/visit/schemas'
import type { Outcome } from './outcome.ts'
import { POSITION_MS, roundPosition } from './position.types.ts'

const DENIED = 1

/** Whether the browser answers without asking the person. Old ones can not tell. */
export const isPositionAllowed = async (): Promise<boolean> => {
  try {
    return (await navigator.permissions.query({ name: 'geolocation' })).state === 'granted'
  } catch {
    return false
  }
}

/** Where this phone is; the browser asks the person first. Its own time limit begins only after that question. */
export const readPosition = (): Promise<Outcome<{ position: PhonePosition }>> =>
  new Promise((done) => {
    if (!('geolocation' in navigator) || !window.isSecureContext)
      return done({ ok: false, reason: 'unsupported' })
    setTimeout(() => done({ ok: false, reason: 'failed' }), POSITION_MS)
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => done({ ok: true, position: roundPosition(coords) }),
      ({ code }) => done({ ok: false, reason: code === DENIED ? 'denied' : 'failed' }),
      { enableHighAccuracy: false, timeout: POSITION_MS / 2, maximumAge: 60_000 },
    )
  })
