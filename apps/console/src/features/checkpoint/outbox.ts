import type { CheckRequest } from '@jiankangbao/contracts/schemas/door'

/** Checks made without an answer, oldest first. They hold signed codes, never names or document numbers. */
export interface Outbox {
  waiting: CheckRequest[]
  /** How many the server refused for good. */
  refused: number
}

export const emptyOutbox: Outbox = { waiting: [], refused: 0 }
// A shift of one busy gate; beyond it the oldest go.
const MOST = 3000

/** The outbox with one more check; the same `requestId` stays one. */
export const enqueue = (outbox: Outbox, check: CheckRequest): Outbox => {
  if (outbox.waiting.some(({ requestId }) => requestId === check.requestId)) return outbox
  return { ...outbox, waiting: [...outbox.waiting, check].slice(-MOST) }
}

/** The outbox after one check was answered: recorded, or refused for good. */
export const settle = (outbox: Outbox, requestId: string, verdict: 'recorded' | 'refused'): Outbox => ({
  waiting: outbox.waiting.filter((check) => check.requestId !== requestId),
  refused: outbox.refused + (verdict === 'refused' ? 1 : 0),
})

export type SendVerdict = 'recorded' | 'refused' | 'later'

/**
 * Sends what waits, oldest first and one at a time, until everything is settled or the connection says "later".
 * `settled` is called after each, so that a closed window forgets nothing and repeats at most one.
 */
export const sendWaiting = async (
  read: () => Outbox,
  send: (check: CheckRequest) => Promise<SendVerdict>,
  settled: (requestId: string, verdict: 'recorded' | 'refused') => void,
): Promise<void> => {
  for (let check = read().waiting[0]; check; check = read().waiting[0]) {
    const verdict = await send(check)
    if (verdict === 'later') return
    settled(check.requestId, verdict)
  }
}
