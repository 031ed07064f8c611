import { readStored, writeStored } from '../platform/storage.ts'
import { createObservable } from './observable.ts'

export interface Preferences {
  /** Large type. */
  elder: boolean
  /** Results are spoken. */
  voice: boolean
}

const start: Preferences = { elder: false, voice: false, ...readStored<Partial<Preferences>>('preferences') }

export const preferences = createObservable<Preferences>(start)

export const changePreferences = (part: Partial<Preferences>): void => {
  const next = { ...preferences.get(), ...part }
  writeStored('preferences', next)
  preferences.set(next)
}
