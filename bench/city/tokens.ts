import { createHmac } from 'node:crypto'
import { venueCodeOf } from '@jiankangbao/domain/codes/venue-code'
import { createTokens } from '../../apps/server/src/http/tokens.ts'
import { openFileKeyProvider } from '../../apps/server/src/keys/key-provider.ts'
import { deviceIdOf, type PlannedVenue } from './venues.ts'

/** What a load generator signs with: the keys of the server's own data directory. */
export interface CityKeys {
  /** Access token of person and account `n`; good for ten minutes from now. About 4 µs. */
  citizenToken(person: number): string
  /** Token of the device at a point; good for thirty days. */
  deviceToken(pointId: number): string
  /** The 14 characters on the poster of a code id. */
  venueCode(codeId: string): string
}

const sessionOf = (person: number) => `00000000-0000-4000-9000-${person.toString(16).padStart(12, '0')}`

/** The keys in `dataDirectory` (see `giveKeys`), which the server under load must be given too. */
export const openCityKeys = (dataDirectory: string): CityKeys => {
  const keys = openFileKeyProvider(dataDirectory)
  const tokens = createTokens(keys)
  const mac = (bytes: Uint8Array) => createHmac('sha256', keys.venueCodeKey()).update(bytes).digest()
  return {
    citizenToken: (person) =>
      tokens.signAccess({
        accountId: String(person),
        personId: String(person),
        sessionId: sessionOf(person),
      }),
    deviceToken: (pointId) =>
      tokens.signDevice({ deviceId: deviceIdOf(pointId), pointId: String(pointId), organisation: 'bench' }),
    venueCode: (codeId) => venueCodeOf(codeId, mac),
  }
}

/** Every posted code of the planned venues, as a phone reads it, in the order of the point ids. */
export const venueCodeTexts = (keys: CityKeys, venues: PlannedVenue[]): string[] =>
  venues.flatMap((venue) => venue.codeIds.map((codeId) => keys.venueCode(codeId)))
