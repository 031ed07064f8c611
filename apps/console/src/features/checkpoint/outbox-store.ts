import { createRetryGate } from '@jiankangbao/api-client/retry-gate'
import type { CheckRequest } from '@jiankangbao/contracts/check/schemas'
import { type Judgement, judgeSending } from '@jiankangbao/outbox/judge'
import { createShelf, type Store } from '@jiankangbao/outbox/shelf'
import { useSyncExternalStore } from 'react'
import { onStoredElsewhere, readStored, storedKeys, writeStored } from '../../api/stored.ts'
import { recordCheck } from './check-client.ts'
import { createCheckOutbox, type Keeping, type RefusedCheck, type WaitingCheck } from './check-outbox.ts'

const WAITING = 'check.'
const REFUSED = 'refusedCheck.'
const SEND_EVERY_MS = 15_000

const store: Store = {
  keys: storedKeys,
  read: readStored,
  write: writeStored,
  remove: (key) => void writeStored(key, undefined),
}

const gate = createRetryGate()

const send = async (check: CheckRequest): Promise<Judgement> => {
  try {
    await recordCheck(check)
    return { outcome: 'recorded' }
  } catch (error) {
    gate.note(error)
    return judgeSending(error)
  } finally {
    changedSoon()
  }
}

const outbox = createCheckOutbox({
  waiting: createShelf<WaitingCheck>(store, WAITING),
  refused: createShelf<RefusedCheck>(store, REFUSED),
  send,
  now: Date.now,
})

interface OutboxView {
  waiting: number
  inPage: number
  refused: RefusedCheck[]
}

const look = (): OutboxView => ({
  waiting: outbox.waiting().filter(({ heldUntil }) => heldUntil <= Date.now()).length,
  inPage: outbox.countInPage(),
  refused: outbox.refused(),
})

const listeners = new Set<() => void>()
let current: OutboxView | undefined
const changed = (): void => {
  current = look()
  for (const listener of listeners) listener()
}

// Looking reads everything kept; once a second is enough while thousands are sent.
let isLookComing = false
const changedSoon = (): void => {
  if (isLookComing) return
  isLookComing = true
  setTimeout(() => {
    isLookComing = false
    changed()
  }, 1000)
}

/** Keeps a check on this phone and says how; for `holdMs` only the page that made it sends it. */
export const keepCheck = (check: CheckRequest, holdMs: number): Keeping => {
  const keeping = outbox.keep(check, holdMs)
  changed()
  return keeping
}

/** A check has its final answer. */
export const forgetCheck = (requestId: string): void => {
  outbox.forget(requestId)
  changed()
}

/** Staff has seen these refused checks. */
export const dismissRefused = (requestIds: readonly string[]): void => {
  for (const requestId of requestIds) outbox.dismiss(requestId)
  changed()
}

let sending = false

/** Sends what waits. One tab at a time, so that nothing is sent twice; a repeat would be answered like the first. */
export const sendOutbox = async (): Promise<void> => {
  if (sending || !navigator.onLine || !gate.isOpen() || outbox.waiting().length === 0) return
  sending = true
  try {
    if (navigator.locks)
      await navigator.locks.request('jkb-outbox', { ifAvailable: true }, (lock) => lock && outbox.flush())
    else await outbox.flush()
  } finally {
    sending = false
    changed()
  }
}

/** Sends now, whenever the network returns, and every few seconds. Answers with the way to stop. */
export const startOutbox = (): (() => void) => {
  changed()
  const tick = () => {
    changed()
    void sendOutbox()
  }
  const timer = setInterval(tick, SEND_EVERY_MS)
  window.addEventListener('online', tick)
  const stopListening = onStoredElsewhere([WAITING, REFUSED], changed)
  tick()
  return () => {
    clearInterval(timer)
    window.removeEventListener('online', tick)
    stopListening()
  }
}

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

const snapshot = (): OutboxView => {
  current ??= look()
  return current
}

/** What waits and what was refused, of all tabs of this phone. */
export const useOutbox = (): OutboxView => useSyncExternalStore(subscribe, snapshot)
