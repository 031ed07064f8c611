import type { CheckRequest } from '@jiankangbao/contracts/check/schemas'
import { createOutbox, type Sending } from '@jiankangbao/outbox/outbox'
import { createPageShelf, type Shelf } from '@jiankangbao/outbox/shelf'

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

/** `page`: the phone refuses to store it, it lives as long as this page; `full`: not kept, too many wait. */
export type Keeping = 'stored' | 'page' | 'full'

interface CheckOutboxParts {
  waiting: Shelf<WaitingCheck>
  refused: Shelf<RefusedCheck>
  send: (check: CheckRequest) => Promise<Sending<WaitingCheck>>
  now: () => number
}

/** A shift of one busy gate. Beyond it nothing old goes: the new check is not kept, and its face says so. */
export const MOST_KEPT = 3000
// A clock set back must not hold a check for hours.
const LONGEST_HOLD_MS = 180_000

const toRefused = ({ check }: WaitingCheck, why: string): RefusedCheck => ({
  requestId: check.requestId,
  scannedAt: check.scannedAt ?? '',
  codeEnd: (check.qrText ?? '').slice(-4),
  why,
})

/** The checks on this phone, whoever made them. What the phone does not store is sent as long as the page lives. */
export const createCheckOutbox = (parts: CheckOutboxParts) => {
  const waiting = createPageShelf(parts.waiting)
  const refused = createPageShelf(parts.refused)

  const outbox = createOutbox<WaitingCheck, RefusedCheck>({
    waiting,
    lost: refused,
    idOf: ({ check }) => check.requestId,
    madeAt: (each) => ('check' in each ? (each.check.scannedAt ?? '') : each.scannedAt),
    toLost: toRefused,
    isOwn: () => true,
    isInHand: ({ heldUntil }) => {
      const left = heldUntil - parts.now()
      return left > 0 && left <= LONGEST_HOLD_MS
    },
    send: ({ check }) => parts.send(check),
    most: MOST_KEPT,
    runExclusive: (_, run) => run(),
    now: parts.now,
  })

  return {
    /** Keeps a check; nobody but the page itself sends it for `holdMs`. Keeping it again changes the hold only. */
    keep: (check: CheckRequest, holdMs = 0): Keeping => {
      const keeping = outbox.keep({ check, heldUntil: parts.now() + holdMs })
      return keeping === 'refused' ? 'page' : keeping
    },
    forget: waiting.remove,
    flush: outbox.flush,
    waiting: outbox.list,
    /** How many live only as long as this page. */
    countInPage: waiting.countInPage,
    refused: outbox.listLost,
    /** Staff has seen that it was refused. */
    dismiss: refused.remove,
  }
}
