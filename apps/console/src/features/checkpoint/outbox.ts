import type { CheckRequest } from '@jiankangbao/contracts/schemas/door'

/** A check without a final answer: on this phone from before its first sending. Holds signed codes, never names. */
export interface WaitingCheck {
  check: CheckRequest
  /** Milliseconds since 1970: the page that made it is asking by itself until then. */
  heldUntil: number
}

/** A check that the server refused for good, for staff to know. The code itself is gone but for its end. */
export interface RefusedCheck {
  requestId: string
  scannedAt: string
  codeEnd: string
  /** An error code of the server. */
  why: string
}

/** Things stored one by one, so that two tabs never overwrite what the other has just kept. */
export interface Shelf<T> {
  all: () => T[]
  has: (id: string) => boolean
  /** False where the phone did not store it. */
  put: (id: string, thing: T) => boolean
  remove: (id: string) => void
}

/** `page`: the phone refuses to store it, it lives as long as this page; `full`: not kept, too many wait. */
export type Keeping = 'stored' | 'page' | 'full'
export type SendVerdict =
  | { outcome: 'recorded' }
  | { outcome: 'refused'; why: string }
  /** Nothing gets through now. */
  | { outcome: 'later' }
  /** This one breaks the server; the others may get through. */
  | { outcome: 'skip' }

interface OutboxParts {
  waiting: Shelf<WaitingCheck>
  refused: Shelf<RefusedCheck>
  send: (check: CheckRequest) => Promise<SendVerdict>
  now: () => number
}

/** A shift of one busy gate. Beyond it nothing old goes: the new check is not kept, and its face says so. */
export const MOST_KEPT = 3000
// A clock set back must not hold a check for hours.
const LONGEST_HOLD_MS = 180_000

const byTime = (one: { scannedAt?: string }, other: { scannedAt?: string }): number =>
  Date.parse(one.scannedAt ?? '') - Date.parse(other.scannedAt ?? '')

/** Checks waiting for a final answer, oldest first. The request id makes a repeat harmless. */
export const createOutbox = (parts: OutboxParts) => {
  // What the phone would not store: as long as the page lives it is sent like the rest.
  const inPage = new Map<string, WaitingCheck>()
  const refusedInPage = new Map<string, RefusedCheck>()

  const entries = (): WaitingCheck[] =>
    [...parts.waiting.all(), ...inPage.values()].sort((one, other) => byTime(one.check, other.check))

  const forget = (requestId: string): void => {
    parts.waiting.remove(requestId)
    inPage.delete(requestId)
  }

  /** Keeps a check; nobody but the page itself sends it for `holdMs`. Keeping it again changes the hold only. */
  const keep = (check: CheckRequest, holdMs = 0): Keeping => {
    const all = entries()
    const isNew = all.every((entry) => entry.check.requestId !== check.requestId)
    if (isNew && all.length >= MOST_KEPT) return 'full'
    const entry = { check, heldUntil: parts.now() + holdMs }
    if (parts.waiting.put(check.requestId, entry)) {
      inPage.delete(check.requestId)
      return 'stored'
    }
    parts.waiting.remove(check.requestId)
    inPage.set(check.requestId, entry)
    return 'page'
  }

  const refuse = ({ requestId, scannedAt, qrText }: CheckRequest, why: string): void => {
    // First off the one shelf: a full phone has room for the other then.
    forget(requestId)
    const refused = { requestId, scannedAt: scannedAt ?? '', codeEnd: (qrText ?? '').slice(-4), why }
    if (!parts.refused.put(requestId, refused)) refusedInPage.set(requestId, refused)
  }

  /** Sends what waits and is not held, oldest first, one at a time, until nothing gets through. */
  const flush = async (): Promise<void> => {
    const isHeld = ({ heldUntil }: WaitingCheck): boolean => {
      const left = heldUntil - parts.now()
      return left > 0 && left <= LONGEST_HOLD_MS
    }
    for (const { check } of entries().filter((entry) => !isHeld(entry))) {
      const { requestId } = check
      if (!parts.waiting.has(requestId) && !inPage.has(requestId)) continue
      const verdict = await parts.send(check)
      if (verdict.outcome === 'later') return
      if (verdict.outcome === 'recorded') forget(requestId)
      if (verdict.outcome === 'refused') refuse(check, verdict.why)
    }
  }

  return {
    keep,
    forget,
    flush,
    waiting: entries,
    /** How many live only as long as this page. */
    countInPage: (): number => inPage.size,
    refused: (): RefusedCheck[] => [...parts.refused.all(), ...refusedInPage.values()].sort(byTime),
    /** Staff has seen that it was refused. */
    dismiss: (requestId: string): void => {
      parts.refused.remove(requestId)
      refusedInPage.delete(requestId)
    },
  }
}
