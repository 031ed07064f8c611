import { readStored, removeStored, writeStored } from '../platform/storage.ts'

// Drafts hold what a person typed about themselves; an old one must not surprise the next user of the phone.
const KEPT_MS = 24 * 3_600_000

interface Kept<T> {
  value: T
  keptAt: number
}

/** What was typed into the form `name` before a reload; undefined after a day. */
export const readDraft = <T>(name: string, now = Date.now()): T | undefined => {
  const kept = readStored<Kept<T>>(`draft.${name}`)
  if (!kept) return undefined
  if (now - kept.keptAt <= KEPT_MS) return kept.value
  removeStored(`draft.${name}`)
  return undefined
}

export const keepDraft = <T>(name: string, value: T, now = Date.now()): void => {
  writeStored(`draft.${name}`, { value, keptAt: now } satisfies Kept<T>)
}

export const dropDraft = (name: string): void => removeStored(`draft.${name}`)
