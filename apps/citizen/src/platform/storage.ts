import Taro from '@tarojs/taro'

const PREFIX = 'jkb.'

/** Reads what `writeStored` kept; undefined when there is nothing or it cannot be read. */
export const readStored = <T>(key: string): T | undefined => {
  try {
    const text: unknown = Taro.getStorageSync(PREFIX + key)
    return typeof text === 'string' && text !== '' ? (JSON.parse(text) as T) : undefined
  } catch {
    return undefined
  }
}

/**
 * Keeps a value on this phone; tells whether it is really there. A full or forbidden storage is not an error: the app
 * then forgets at reload, and whoever promises the person more than that looks at the answer.
 */
export const writeStored = (key: string, value: unknown): boolean => {
  const text = JSON.stringify(value)
  try {
    Taro.setStorageSync(PREFIX + key, text)
    return Taro.getStorageSync(PREFIX + key) === text
  } catch {
    // Private browsing of old iOS refuses every write.
    return false
  }
}

/** The keys that begin with `start`, as `readStored` takes them. */
export const storedKeys = (start: string): string[] => {
  try {
    const { keys } = Taro.getStorageInfoSync()
    return keys.filter((key) => key.startsWith(PREFIX + start)).map((key) => key.slice(PREFIX.length))
  } catch {
    return []
  }
}

export const removeStored = (key: string): void => {
  try {
    Taro.removeStorageSync(PREFIX + key)
  } catch {
    // See writeStored.
  }
}
