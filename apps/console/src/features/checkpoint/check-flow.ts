import { ApiError } from '@jiankangbao/api-client/client'
import { isBusy, isOffline, isTimeout, retryDelayMs } from '@jiankangbao/api-client/retry-timing'
import type { CheckRequest, CheckResult } from '@jiankangbao/contracts/check/schemas'
import type { Keeping } from './check-outbox.ts'
import { type Face, toFace, toForeignFace } from './face.ts'
import type { CheckInput } from './scan-input.ts'

/*
 * One check at a time:
 *   idle → checking → face                     an answer, an offline verdict, or an error
 *              ↘ face(busy) → checking → …     the same request again, until it is answered or replaced
 * A new scan replaces whatever is shown. An answer that comes after its scan was replaced is not shown.
 */
export type Shown = { phase: 'idle' } | { phase: 'checking' } | { phase: 'face'; face: Face }

type Sent = Exclude<CheckInput, { way: 'foreign' | 'unreadable' }>

export interface FlowParts {
  record: (check: CheckRequest) => Promise<CheckResult>
  /** Verdict without the network. */
  checkOffline: (input: CheckInput) => Promise<Face>
  /** Keeps a check; for `holdMs` the flow asks by itself, then it is sent from where it is kept. */
  keep: (check: CheckRequest, holdMs: number) => Keeping
  /** It has its final answer. */
  forget: (requestId: string) => void
  show: (shown: Shown) => void
  wordError: (error: unknown) => { title: string; requestId?: string }
  onSessionLoss: () => void
  isOnline: () => boolean
  now: () => number
  createRequestId: () => string
  /** Runs later; answers with the way to call it off. */
  later: (run: () => void, ms: number) => () => void
  random?: () => number
}

// The screen says why; sending it again would change nothing.
const isFinal = (error: unknown): boolean =>
  error instanceof ApiError && error.status < 500 && error.status !== 429

const toBody = (asked: Sent): Partial<CheckRequest> => {
  if (asked.way === 'qr') return { qrText: asked.qrText }
  if (asked.way === 'numeric') return { numericCode: asked.numericCode }
  return { document: asked.document }
}

// The longest an answer is waited for, with one fetching of a fresh CSRF token between.
const ASKING_MS = 20_000

/** The flow of checks at one point. A code is kept before it is sent, and until it has a final answer. */
export const createCheckFlow = (parts: FlowParts) => {
  let turn = 0
  let callOff: (() => void) | undefined
  // A code whose answer was "busy": when the next person comes it is sent from where it is kept.
  let unanswered: CheckRequest | undefined

  // Numeric codes live a minute and document numbers do not belong into a phone's storage.
  const keep = (check: CheckRequest, holdMs: number): Keeping | undefined =>
    check.qrText === undefined ? undefined : parts.keep(check, holdMs)

  const leave = (): number => {
    callOff?.()
    callOff = undefined
    if (unanswered) keep(unanswered, 0)
    unanswered = undefined
    return ++turn
  }

  const showOffline = async (
    check: CheckRequest,
    asked: Sent,
    mine: number,
    cause: NonNullable<Face['cause']>,
  ): Promise<void> => {
    const kept = keep(check, 0)
    const face = await parts.checkOffline(asked)
    const isForged = face.key === 'forged'
    if (isForged) parts.forget(check.requestId)
    if (mine !== turn) return
    parts.show({ phase: 'face', face: { ...face, cause, ...(kept && !isForged ? { kept } : {}) } })
  }

  const showBusy = (check: CheckRequest, asked: Sent, mine: number, tries: number, cause: unknown): void => {
    const waitMs = retryDelayMs(tries, cause, parts.random)
    const waitSeconds = Math.max(1, Math.round(waitMs / 1000))
    unanswered = check
    keep(check, waitMs + ASKING_MS)
    parts.show({
      phase: 'face',
      face: { key: 'busy', hint: 'busy', reasons: [], isOffline: false, waitSeconds },
    })
    callOff = parts.later(() => void attempt(check, asked, mine, tries + 1), waitMs)
  }

  const fail = (check: CheckRequest, asked: Sent, mine: number, tries: number, error: unknown): void => {
    if (isOffline(error)) {
      void showOffline(check, asked, mine, isTimeout(error) ? 'timeout' : 'network')
      return
    }
    if (mine !== turn) return
    if (isBusy(error)) {
      showBusy(check, asked, mine, tries, error)
      return
    }
    if (error instanceof ApiError && error.status === 401) {
      // Recorded after the next sign-in.
      keep(check, 0)
      parts.onSessionLoss()
    } else if (isFinal(error)) parts.forget(check.requestId)
    else keep(check, 0)
    unanswered = undefined
    const problem = parts.wordError(error)
    parts.show({ phase: 'face', face: { key: 'error', reasons: [], isOffline: false, problem } })
  }

  const attempt = async (check: CheckRequest, asked: Sent, mine: number, tries: number): Promise<void> => {
    if (!parts.isOnline()) return showOffline(check, asked, mine, 'network')
    try {
      // At the moment of asking the server's clock counts, not the phone's.
      const { scannedAt: _kept, ...asNow } = check
      const result = await parts.record(asNow)
      if (result.outcome !== 'busy') parts.forget(check.requestId)
      if (mine !== turn) return
      if (result.outcome === 'busy') return showBusy(check, asked, mine, tries, undefined)
      unanswered = undefined
      parts.show({ phase: 'face', face: toFace(result, check) })
    } catch (error) {
      fail(check, asked, mine, tries, error)
    }
  }

  return {
    /** Checks what was scanned or typed, in place of whatever is shown. */
    ask: async (asked: CheckInput, pointId: string, purpose: string): Promise<void> => {
      const mine = leave()
      if (asked.way === 'foreign' || asked.way === 'unreadable')
        return parts.show({ phase: 'face', face: toForeignFace(asked) })
      parts.show({ phase: 'checking' })
      const check: CheckRequest = {
        requestId: parts.createRequestId(),
        pointId,
        purpose,
        scannedAt: new Date(parts.now()).toISOString(),
        ...toBody(asked),
      }
      keep(check, ASKING_MS)
      await attempt(check, asked, mine, 0)
    },
    /** Back to scanning. */
    dismiss: (): void => {
      leave()
      parts.show({ phase: 'idle' })
    },
    /** Nothing is shown any more, nothing is tried again. */
    stop: (): void => void leave(),
  }
}
