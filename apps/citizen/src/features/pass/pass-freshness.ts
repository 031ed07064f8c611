import type { Pass } from '@jiankangbao/contracts/code/schemas'
import { learnServerClock } from '../../state/server-clock.ts'
import { type FailureKind, failureKind } from '../../words/failure-words.ts'

/** A pass as it arrived: the server's clock minus this phone's, in milliseconds. */
export interface ReceivedPass {
  pass: Pass
  clockOffsetMs: number
}

export type PassView =
  /** Fresh: the only state that shows a colour. `failed` where a newer one was asked for in vain. */
  | { state: 'valid'; pass: Pass; secondsLeft: number; serverNow: number; failed?: FailureKind }
  | { state: 'covered'; why: FailureKind | 'expired' | 'loading'; serverNow: number }

export const receivePass = (pass: Pass, now: number): ReceivedPass => ({
  pass,
  clockOffsetMs: learnServerClock(pass.serverTime, now),
})

/**
 * What may be shown at `now`. A colour needs a code that has not expired by the server's clock; a phone clock set back
 * after the answer came makes the code look too young and covers it as well.
 */
export const viewPass = (received: ReceivedPass | undefined, error: unknown, now: number): PassView => {
  const failed = error === undefined ? undefined : failureKind(error)
  if (!received) return { state: 'covered', why: failed ?? 'loading', serverNow: now }
  const { pass, clockOffsetMs } = received
  const serverNow = now + clockOffsetMs
  const { issuedAt, expiresAt, refreshAfterSeconds } = pass.personalCode
  const tooYoung = serverNow < Date.parse(pass.serverTime) - 5_000
  if (serverNow >= Date.parse(expiresAt) || tooYoung)
    return { state: 'covered', why: failed ?? 'expired', serverNow }
  const due = Date.parse(issuedAt) + refreshAfterSeconds * 1000
  const secondsLeft = Math.max(0, Math.ceil((due - serverNow) / 1000))
  return { state: 'valid', pass, secondsLeft, serverNow, ...(failed ? { failed } : {}) }
}

/** What is said of the next code. Once its time is over: what is done about it, never seconds that stand still at zero. */
export const renewalOf = ({
  secondsLeft,
  loading,
  retrySeconds,
}: {
  secondsLeft: number
  loading: boolean
  retrySeconds: number
}): { key: 'pass.refreshIn' | 'renewing.now' | 'renewing.again' | 'renewing.byHand'; seconds: number } => {
  if (secondsLeft > 0) return { key: 'pass.refreshIn', seconds: secondsLeft }
  if (loading) return { key: 'renewing.now', seconds: 0 }
  return retrySeconds > 0
    ? { key: 'renewing.again', seconds: retrySeconds }
    : { key: 'renewing.byHand', seconds: 0 }
}
