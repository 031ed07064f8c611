const PREFIX = 'jkb.console.'

/** What says nothing about anybody's work. */
const PREFERENCES: readonly string[] = ['language']
let keepsWork = true
const mayKeep = (key: string): boolean => keepsWork || PREFERENCES.includes(key)

/**
 * From now on nothing but preferences is kept, and what was is removed: operators of the hotline may sit at home, at a machine
 * of their own.
 */
export const keepNoWork = (): void => {
  keepsWork = false
  for (const place of ['localStorage', 'sessionStorage'] as const)
    try {
      const kept = Object.keys(window[place]).filter((key) => key.startsWith(PREFIX))
      for (const key of kept) if (!mayKeep(key.slice(PREFIX.length))) window[place].removeItem(key)
    } catch {
      // Where there is no storage nothing is kept.
    }
}

/** A value kept on this machine; undefined where there is none, it is unreadable, or storage is refused. */
export const readStored = <T>(key: string): T | undefined => {
  try {
    const text = localStorage.getItem(PREFIX + key)
    return text === null ? undefined : (JSON.parse(text) as T)
  } catch {
    return undefined
  }
}

/** Keeps a value on this machine; undefined removes it. False where the browser refuses (full, private mode). */
export const writeStored = (key: string, value: unknown): boolean => {
  try {
    if (value === undefined) localStorage.removeItem(PREFIX + key)
    else if (mayKeep(key)) localStorage.setItem(PREFIX + key, JSON.stringify(value))
    return true
  } catch {
    return false
  }
}

/** The keys that begin with `start`, as `readStored` takes them. */
export const storedKeys = (start: string): string[] => {
  try {
    return Object.keys(localStorage)
      .filter((key) => key.startsWith(PREFIX + start))
      .map((key) => key.slice(PREFIX.length))
  } catch {
    return []
  }
}

/** Calls back whenever another tab changed a key that begins with one of `starts`. Returns the way to stop. */
export const onStoredElsewhere = (starts: readonly string[], call: () => void): (() => void) => {
  const heard = ({ key }: StorageEvent) => {
    // Without a key everything was cleared.
    if (key === null || starts.some((start) => key.startsWith(PREFIX + start))) call()
  }
  window.addEventListener('storage', heard)
  return () => window.removeEventListener('storage', heard)
}

/** The same until this tab is closed: for forms about people, which the next one at this machine must not find. */
export const readDraft = <T>(key: string): T | undefined => {
  try {
    const text = sessionStorage.getItem(PREFIX + key)
    return text === null ? undefined : (JSON.parse(text) as T)
  } catch {
    return undefined
  }
}

export const writeDraft = (key: string, value: unknown): void => {
  try {
    if (value === undefined) sessionStorage.removeItem(PREFIX + key)
    else if (mayKeep(key)) sessionStorage.setItem(PREFIX + key, JSON.stringify(value))
  } catch {
    // Without a place to keep it the form is as good as ever, until it is reloaded.
  }
}
