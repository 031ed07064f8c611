import { isBusy, isOffline, isTimeout, retryDelayMs } from '@jiankangbao/api-client/retry-timing'
import { IMPORT_PART_BYTES } from '@jiankangbao/contracts/import/limits'

/** Tries of one part before the upload counts as interrupted; about two minutes. */
const MOST_FAILURES = 8

export interface UploadState {
  /** Parts that have arrived, of how many. */
  done: number
  total: number
  /** The last try failed in a way that passes. */
  waiting: boolean
}

export interface UploadOptions {
  file: Blob
  /** Parts that are at the server already. */
  received: readonly number[]
  send: (part: number, content: string) => Promise<unknown>
  onState: (state: UploadState) => void
  signal: AbortSignal
  /** Waits; replaced in tests. */
  rest?: (milliseconds: number) => Promise<void>
}

const passes = (error: unknown): boolean => isBusy(error) || isOffline(error) || isTimeout(error)

const sleep = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds))

/** Bytes as base64, in pieces that fit on the stack. */
export const toBase64 = (bytes: Uint8Array): string => {
  let text = ''
  for (let from = 0; from < bytes.length; from += 0x8000)
    text += String.fromCharCode(...bytes.subarray(from, from + 0x8000))
  return btoa(text)
}

export const partsOf = (fileBytes: number): number => Math.ceil(fileBytes / IMPORT_PART_BYTES)

/**
 * Sends the parts of a file that are not at the server yet, one after the other. A part is sent again where the network
 * or the server was in the way. Rejects with the error of a part that was refused, or could not be sent after all.
 */
export const uploadParts = async (options: UploadOptions): Promise<void> => {
  const { file, received, send, onState, signal, rest = sleep } = options
  const total = partsOf(file.size)
  const arrived = new Set(received)
  const tell = (waiting: boolean): void => onState({ done: arrived.size, total, waiting })

  const sendPart = async (part: number, content: string): Promise<void> => {
    for (let failures = 0; ; failures += 1) {
      signal.throwIfAborted()
      try {
        await send(part, content)
        return
      } catch (error) {
        if (!passes(error) || failures + 1 >= MOST_FAILURES) throw error
        tell(true)
        await rest(retryDelayMs(failures, error))
      }
    }
  }

  tell(false)
  for (let part = 0; part < total; part += 1) {
    if (arrived.has(part)) continue
    const piece = file.slice(part * IMPORT_PART_BYTES, (part + 1) * IMPORT_PART_BYTES)
    await sendPart(part, toBase64(new Uint8Array(await piece.arrayBuffer())))
    arrived.add(part)
    tell(false)
  }
}
