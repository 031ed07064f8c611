const PREFIX = 'jkb.console.'

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
    else localStorage.setItem(PREFIX + key, JSON.stringify(value))
    return true
  } catch {
    return false
  }
}
