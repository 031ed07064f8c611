import { readStored, writeStored } from './storage.ts'

const KEY = 'device-secret'

/** By what the server knows this phone again: a mini program has no cookies, and keeps it itself, also after signing out. */
export const keptDevice = (): { device?: { secret?: string } } => {
  const secret = readStored<string>(KEY)
  return { device: secret === undefined ? {} : { secret } }
}

export const keepDevice = (secret: string): void => {
  writeStored(KEY, secret)
}
