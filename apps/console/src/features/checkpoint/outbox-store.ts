import { ApiError } from '@jiankangbao/api-client/client'
import { createRetryGate } from '@jiankangbao/api-client/retry-gate'
import type { CheckRequest } from '@jiankangbao/contracts/schemas/door'
import { useSyncExternalStore } from 'react'
import { isSessionLoss } from '../../api/client.ts'
import { isBusy, isOffline } from '../../api/retry-timing.ts'
import { readStored, writeStored } from '../../api/stored.ts'
import { recordCheck } from './check-client.ts'
import { emptyOutbox, enqueue, type Outbox, type SendVerdict, sendWaiting, settle } from './outbox.ts'

const KEY = 'outbox'
const SEND_EVERY_MS = 15_000
const listeners = new Set<() => void>()
let current: Outbox = readStored<Outbox>(KEY) ?? emptyOutbox

const write = (outbox: Outbox): void => {
  current = outbox
  writeStored(KEY, outbox)
  for (const listener of listeners) listener()
}

// Another tab of the same phone may have sent or queued something.
const read = (): Outbox => readStored<Outbox>(KEY) ?? current

/** Keeps a check until the network is back. */
export const keepForLater = (check: CheckRequest): void => write(enqueue(read(), check))

const send = async (check: CheckRequest): Promise<SendVerdict> => {
  try {
    await recordCheck(check)
    return 'recorded'
  } catch (error) {
    // The first sending arrived after all; its answer was lost.
    if (error instanceof ApiError && error.code === 'REQUEST_ID_REUSED') return 'recorded'
    gate.note(error)
    const isLater = isOffline(error) || isBusy(error) || isSessionLoss(error)
    const isServerFault = error instanceof ApiError && (error.status >= 500 || error.status === 429)
    return isLater || isServerFault ? 'later' : 'refused'
  }
}

let sending = false
const gate = createRetryGate()

/** Sends what waits. One tab at a time, so that nothing is sent twice; a repeat would be answered like the first. */
export const sendOutbox = async (): Promise<void> => {
  if (sending || read().waiting.length === 0 || !navigator.onLine || !gate.isOpen()) return
  sending = true
  const run = () => sendWaiting(read, send, (id, verdict) => write(settle(read(), id, verdict)))
  try {
    if (navigator.locks)
      await navigator.locks.request('jkb-outbox', { ifAvailable: true }, (lock) => lock && run())
    else await run()
  } finally {
    sending = false
  }
}

/** Sends now, whenever the network returns, and every few seconds. Answers with the way to stop. */
export const startOutbox = (): (() => void) => {
  const tick = () => void sendOutbox()
  const timer = setInterval(tick, SEND_EVERY_MS)
  window.addEventListener('online', tick)
  tick()
  return () => {
    clearInterval(timer)
    window.removeEventListener('online', tick)
  }
}

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** What waits, for the count on the screen. */
export const useOutbox = (): Outbox => useSyncExternalStore(subscribe, () => current)
