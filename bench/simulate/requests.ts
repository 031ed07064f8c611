import { randomUUID } from 'node:crypto'
import type { CityKeys } from '../city/tokens.ts'
import { CHECK, PASS, SCAN } from './events.ts'

const TOKEN_MS = 8 * 60_000
const SHOWN_CODES = 64
const SHOWN_MS = 40_000

/** Writes the requests of the day as HTTP text, with tokens and codes as the clients would have them. */
export const createRequests = (keys: CityKeys, codeOfPoint: ReadonlyMap<number, string>) => {
  const tokens = new Map<string, { token: string; until: number }>()
  const shown: { qrText: string; at: number }[] = []
  let lastShown = 0

  const tokenOf = (key: string, make: () => string): string => {
    const now = Date.now()
    const known = tokens.get(key)
    if (known && known.until > now) return known.token
    const token = make()
    tokens.set(key, { token, until: now + TOKEN_MS })
    return token
  }
  const citizen = (person: number) => tokenOf(`c${person}`, () => keys.citizenToken(person))
  const device = (pointId: number) => tokenOf(`d${pointId}`, () => keys.deviceToken(pointId))

  const post = (path: string, token: string, body: object): string => {
    const text = JSON.stringify(body)
    return `POST ${path} HTTP/1.1\r\nhost: city\r\nauthorization: Bearer ${token}\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(text)}\r\n\r\n${text}`
  }

  return {
    /** One in a few answers of a pass is kept here, so that staff have a code to check. */
    wantsBody: (kind: number): boolean => {
      const now = Date.now()
      if (kind !== PASS || now - lastShown < 20) return false
      lastShown = now
      return true
    },
    rememberPass: (body: string): void => {
      const qrText = /"qrText":"([^"]+)"/.exec(body)?.[1]
      if (!qrText) return
      shown.push({ qrText, at: Date.now() })
      if (shown.length > SHOWN_CODES) shown.shift()
    },
    /** The text of a request; a check without any code shown lately becomes a code opened. */
    write: (kind: number, person: number, pointId: number): string => {
      if (kind === SCAN)
        return post('/api/v1/visits', citizen(person), {
          requestId: randomUUID(),
          venueCode: codeOfPoint.get(pointId) ?? '',
        })
      const code = kind === CHECK ? shown[person % Math.max(1, shown.length)] : undefined
      if (code && Date.now() - code.at < SHOWN_MS)
        return post('/api/v1/checks', device(pointId), {
          requestId: randomUUID(),
          pointId: String(pointId),
          qrText: code.qrText,
          purpose: 'entrance',
        })
      return `GET /api/v1/me/pass HTTP/1.1\r\nhost: city\r\nauthorization: Bearer ${citizen(person)}\r\n\r\n`
    },
  }
}
