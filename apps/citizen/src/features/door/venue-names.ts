import { readStored, writeStored } from '../../platform/storage.ts'

const KEY = 'venue-names'
const MOST_NAMES = 50

/** What this phone knows of a door by its code, so that a scan without network has a name. */
export const venueNameOf = (code: string): string | undefined =>
  readStored<[code: string, name: string][]>(KEY)?.find(([each]) => each === code)?.[1]

export const rememberVenueName = (code: string, name: string): void => {
  const others = (readStored<[string, string][]>(KEY) ?? []).filter(([each]) => each !== code)
  writeStored(KEY, [...others, [code, name]].slice(-MOST_NAMES))
}
