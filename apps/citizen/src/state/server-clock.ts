import { readStored, writeStored } from '../platform/storage.ts'

const KEY = 'clock-offset'

/** Keeps how far the server's clock is ahead of this phone's, in milliseconds. */
export const learnServerClock = (serverTime: string, now = Date.now()): number => {
  const offsetMs = Date.parse(serverTime) - now
  writeStored(KEY, offsetMs)
  return offsetMs
}

/** The last difference learnt; zero before the first. */
export const serverClockOffset = (): number => readStored<number>(KEY) ?? 0
