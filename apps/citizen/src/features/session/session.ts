import { readStored, removeStored, storedKeys, writeStored } from '../../platform/storage.ts'
import { createObservable } from '../../state/observable.ts'
import { ownerOfToken } from './owner.ts'
import type { StoredSession } from './renewal.ts'

const KEY = 'session'

/** The session as screens see it. The storage is read at every request, because other tabs renew it too. */
export const session = createObservable<StoredSession | undefined>(readStored<StoredSession>(KEY))

export const readSession = (): StoredSession | undefined => readStored<StoredSession>(KEY)

/** Who somebody at this phone is to the app; each step but the last has a screen that leads on. */
export type Standing = 'signed-out' | 'unproved' | 'unregistered' | 'registered'

export const standingOf = (current: StoredSession | undefined): Standing => {
  if (!current) return 'signed-out'
  if (current.proved === false) return 'unproved'
  return current.registered ? 'registered' : 'unregistered'
}

/** The screen that leads on from a standing. */
export const stepFrom = {
  'signed-out': 'sign-in',
  unproved: 'prove',
  unregistered: 'register',
  registered: 'home',
} as const satisfies Record<Standing, string>

/** The account signed in on this phone, for telling apart whose things are whose. */
export const sessionOwner = (): string | undefined => ownerOfToken(readSession()?.accessToken)

export const writeSession = (next: StoredSession): void => {
  writeStored(KEY, next)
  if (wasEnded.get()) tellEnded(false)
  session.set(next)
}

/** True after the session ended without the person's wish; told once, at the next sign-in. */
export const wasEnded = createObservable(readStored<boolean>('ended') === true)

const tellEnded = (ended: boolean): void => {
  if (ended) writeStored('ended', true)
  else removeStored('ended')
  wasEnded.set(ended)
}

/**
 * Forgets the person on this phone: tokens, drafts, the family last along, answers of doors. Scans without answer stay for at most 48
 * hours, marked with their account: only that account ever sends or sees them.
 */
export const endSession = (byServer = false): void => {
  tellEnded(byServer)
  for (const key of [
    KEY,
    'family-last',
    'venue-names',
    'draft.register',
    'draft.member-add',
    'draft.sign-in',
    ...storedKeys('answer.'),
  ])
    removeStored(key)
  // What was typed for a journey outlives a session that ran out, not a person who signs out.
  if (!byServer) for (const name of ['entry', 'declare', 'exposure']) removeStored(`draft.${name}`)
  session.set(undefined)
}

export const markRegistered = (): void => {
  const current = readSession()
  if (current) writeSession({ ...current, registered: true })
}
