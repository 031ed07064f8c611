import { ApiError } from '@jiankangbao/api-client/client'
import type { VisitRecorded, VisitRequest } from '@jiankangbao/contracts/visit/schemas'
import type { Keeping } from '@jiankangbao/outbox/outbox'
import { isCode } from '../session/is-code.ts'
import type { Visit } from './company.ts'
import type { ScanOutbox, ScanOutboxParts } from './scan-outbox.ts'

/**
 *   idle ─record→ sending ─answer→ recorded
 *                    │ busy            ▲
 *                    ├──────→ waiting ─┘ (same request id, growing pause)
 *                    │ no answer       ▲
 *                    ├──────→ kept ────┘ (sent again by the screen and by the outbox)
 *                    └ refused → refused
 *
 * The scan is in the outbox from before the first sending until `recorded` or a final refusal: a page killed in any
 * other state loses nothing.
 */
export type Recording =
  | { state: 'idle' }
  | { state: 'sending' }
  | { state: 'waiting'; retryAt: number }
  | { state: 'kept'; sending: boolean; keeping: Keeping }
  | { state: 'recorded'; recorded: VisitRecorded; requestId: string; scannedAt: string }
  | { state: 'refused'; error: unknown }

export interface RecorderParts {
  outbox: Pick<ScanOutbox, 'keep' | 'drop' | 'refuse' | 'find' | 'take' | 'release'>
  owner: () => string | undefined
  send: (body: VisitRequest, owner: string | undefined) => Promise<VisitRecorded>
  judge: ScanOutboxParts['judge']
  answered: ScanOutboxParts['answered']
  /** Milliseconds before try number `attempt`. */
  delayMs: (attempt: number, retryAfterSeconds: number | undefined) => number
  /** Calls back after some milliseconds; gives the way to stop. */
  later: (milliseconds: number, call: () => void) => () => void
  now: () => number
  tell: (recording: Recording) => void
  venueNameOf: (code: string) => string | undefined
  rememberVenueName: (code: string, name: string) => void
}

// A first timeout is often a hiccup of the network; a second one means the answer will not come soon.
const TIMEOUTS_BEFORE_KEEPING = 2
// The server takes a scan of the last minute as made now, whatever this phone's clock says.
const AS_NOW_MS = 50_000

// The screen leads to sign-in or registration; the scan waits in the outbox.
const isAccountMatter = (error: unknown): boolean =>
  (error instanceof ApiError && error.status === 401) || isCode(error, 'NOT_REGISTERED')

/** Records one scan until it is answered, refused or kept. The request id never changes between tries. */
export const createRecorder = (parts: RecorderParts) => {
  let stop = (): void => undefined
  let gone = false
  let visit: Visit | undefined
  let resumed = false
  let owner: string | undefined
  let keeping: Keeping = 'refused'

  const tell = (recording: Recording): void => {
    if (!gone) parts.tell(recording)
  }
  const bodyNow = (of: Visit): VisitRequest => {
    const age = parts.now() - Date.parse(of.scannedAt)
    if (resumed || age < 0 || age > AS_NOW_MS) return of
    const { scannedAt: _, ...body } = of
    return body
  }

  const settle = (of: Visit, recorded: VisitRecorded): void => {
    if (owner !== undefined) parts.answered(owner, of, recorded)
    parts.outbox.drop(of.requestId, owner)
    parts.outbox.release(of.requestId)
    parts.rememberVenueName(of.venueCode, `${recorded.venue.name} ${recorded.venue.point}`.trim())
    tell({ state: 'recorded', recorded, requestId: of.requestId, scannedAt: of.scannedAt })
  }

  /** A refusal that the person sees is told by the screen; one that nobody sees, by the list. */
  const fail = (of: Visit, error: unknown): void => {
    const judged = parts.judge(error)
    parts.outbox.release(of.requestId)
    if (judged.outcome === 'final') {
      if (gone) parts.outbox.refuse(of.requestId, judged.why)
      else parts.outbox.drop(of.requestId, owner)
      tell({ state: 'refused', error })
    } else if (judged.outcome === 'recorded') {
      parts.outbox.drop(of.requestId, owner)
      tell({ state: 'refused', error })
    } else
      tell(isAccountMatter(error) ? { state: 'refused', error } : { state: 'kept', sending: false, keeping })
  }

  const attempt = async (of: Visit, tries: number, timeouts: number): Promise<void> => {
    try {
      settle(of, await parts.send(bodyNow(of), owner))
    } catch (error) {
      const timedOut = isCode(error, 'TIMEOUT')
      const mayWait = timedOut
        ? timeouts + 1 < TIMEOUTS_BEFORE_KEEPING
        : isCode(error, 'BUSY', 'DATABASE_RESTORED', 'TOO_MANY_REQUESTS')
      if (!mayWait || gone) return fail(of, error)
      const wait = parts.delayMs(
        tries + 1,
        isCode(error, 'BUSY', 'DATABASE_RESTORED', 'TOO_MANY_REQUESTS') ? error.retryAfterSeconds : undefined,
      )
      tell({ state: 'waiting', retryAt: parts.now() + wait })
      stop = parts.later(wait, () => void attempt(of, tries + 1, timeouts + (timedOut ? 1 : 0)))
    }
  }

  const begin = (next: Visit): Promise<void> => {
    stop()
    visit = next
    owner = parts.owner()
    parts.outbox.take(next.requestId)
    tell({ state: 'sending' })
    return attempt(next, 0, 0)
  }

  /** Keeps the scan, then sends it. A scan that cannot be kept is sent all the same. */
  const record = (next: Visit): Promise<void> => {
    resumed = false
    keeping = parts.outbox.keep(next, parts.venueNameOf(next.venueCode))
    return begin(next)
  }

  /** After a reload: goes on with what is kept under this request id, for the same people. False without it. */
  const resume = (requestId: string): boolean => {
    const kept = parts.outbox.find(requestId)
    if (!kept) return false
    resumed = true
    keeping = 'stored'
    void begin(kept.body)
    return true
  }

  /** Asks for this scan's own answer, whether or not the outbox has sent it meanwhile: a repeat is answered alike. */
  const sendKept = async (): Promise<void> => {
    if (!visit) return
    const of = visit
    tell({ state: 'kept', sending: true, keeping })
    try {
      settle(of, await parts.send(bodyNow(of), owner))
    } catch (error) {
      fail(of, error)
    }
  }

  /** The screen is there. */
  const open = (): void => {
    gone = false
  }
  /** The screen is gone: what has no answer is the outbox's. */
  const close = (): void => {
    gone = true
    stop()
    if (visit) parts.outbox.release(visit.requestId)
  }
  return { record, resume, sendKept, open, close }
}
