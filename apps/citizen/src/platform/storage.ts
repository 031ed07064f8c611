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

/** Keeps a value on this phone. A full or forbidden storage is not an error: the app then forgets at reload. */
export const writeStored = (key: string, value: unknown): void => {
  try {
    Taro.setStorageSync(PREFIX + key, JSON.stringify(value))
  } catch {
    // Private browsing of old iOS refuses every write.
  }
}

export const removeStored = (key: string): void => {
  try {
    Taro.removeStorageSync(PREFIX + key)
  } catch {
    // See writeStored.
  }
}
