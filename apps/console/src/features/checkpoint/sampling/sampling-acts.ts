import { createRetryGate } from '@jiankangbao/api-client/retry-gate'
import type { OperatorMe } from '@jiankangbao/contracts/operator/schemas'
import type { SampleResult } from '@jiankangbao/contracts/sampling/schemas'
import type { Call } from '@jiankangbao/contracts/schemas'
import { type Judgement, judgeSending } from '@jiankangbao/outbox/judge'
import { createOutbox } from '@jiankangbao/outbox/outbox'
import { createPageShelf, createShelf } from '@jiankangbao/outbox/shelf'
import { createOperatorCall, isSessionLoss, queryClient } from '../../../api/client.ts'
import { reportSessionLost } from '../../../api/session-loss.ts'
import { readStored, storedKeys, writeStored } from '../../../api/stored.ts'

/** What a sampler did, in the order in which it was done. The server is told in this order, each once. */
export type Act = { id: string; at: string; operatorId: string; barcode: string } & (
  | { op: 'open'; shiftId: string }
  | {
      op: 'sample'
      means: Pick<Call<'recordSample'>['body'], 'qrText' | 'document' | 'phone' | 'forMemberId'>
      /** The sampler was told that it is in the tube, before the server was asked. */
      isTold?: true
    }
  | { op: 'seal'; count: number }
)

/** An act that the server refused after it had been told as done: somebody has to see to it. */
export interface RefusedAct {
  id: string
  at: string
  operatorId: string
  barcode: string
  op: Act['op']
  /** An error code, a reason of a field, or why somebody is not in a tube. */
  why: string
}

const TIMEOUT_MS = 6000
/** Two busy days of one table. */
const MOST_KEPT = 4000

const call = createOperatorCall(TIMEOUT_MS)
const gate = createRetryGate()
const store = {
  keys: storedKeys,
  read: readStored,
  write: writeStored,
  remove: (key: string) => void writeStored(key, undefined),
}
const listeners = new Set<() => void>()
const changed = (): void => {
  for (const listener of listeners) listener()
}

/** Answers to samples of this page, for whoever waits for them. */
const answers = new Map<string, SampleResult | { refused: unknown }>()

const currentOperator = (): string =>
  queryClient.getQueryData<OperatorMe>(['me'])?.operatorId ??
  readStored<OperatorMe>('lastOperator')?.operatorId ??
  ''

const sentAt = (): string => new Date().toISOString()

const sendSample = async (act: Act & { op: 'sample' }): Promise<Judgement> => {
  const result = await call('recordSample', {
    body: { requestId: act.id, barcode: act.barcode, ...act.means, sampledAt: act.at, sentAt: sentAt() },
  })
  answers.set(act.id, result)
  return result.outcome !== 'taken' && act.isTold
    ? { outcome: 'final', why: result.outcome }
    : { outcome: 'recorded' }
}

const sendAct = async (act: Act): Promise<Judgement> => {
  if (act.op === 'sample') return sendSample(act)
  const { id: requestId, barcode } = act
  if (act.op === 'open')
    await call('openTube', {
      body: { requestId, shiftId: act.shiftId, barcode, openedAt: act.at, sentAt: sentAt() },
    })
  else
    await call('sealTube', {
      body: { requestId, barcode, count: act.count, sealedAt: act.at, sentAt: sentAt() },
    })
  return { outcome: 'recorded' }
}

const reasonOf = (error: unknown): string | undefined =>
  (error as { fields?: { reason: string }[] }).fields?.[0]?.reason

const send = async (act: Act): Promise<Judgement> => {
  try {
    return await sendAct(act)
  } catch (error) {
    gate.note(error)
    if (isSessionLoss(error)) reportSessionLost()
    const judged = judgeSending(error)
    if (judged.outcome !== 'final') return judged
    answers.set(act.id, { refused: error })
    // What was refused while somebody waits for the answer is told at once, not kept for later.
    if (act.op === 'sample' && !act.isTold) return { outcome: 'recorded' }
    return { outcome: 'final', why: reasonOf(error) ?? judged.why }
  }
}

const waiting = createPageShelf(createShelf<Act>(store, 'samplingAct.', changed))
const lost = createPageShelf(createShelf<RefusedAct>(store, 'samplingRefused.', changed))

const outbox = createOutbox<Act, RefusedAct>({
  waiting,
  lost,
  idOf: ({ id }) => id,
  madeAt: ({ at }) => at,
  toLost: ({ id, at, operatorId, barcode, op }, why) => ({ id, at, operatorId, barcode, op, why }),
  isOwn: ({ operatorId }) => operatorId === currentOperator(),
  isInHand: () => false,
  send,
  most: MOST_KEPT,
  runExclusive: async (_, run) => {
    if (!navigator.locks) return run()
    return navigator.locks.request('jkb-sampling', run) as ReturnType<typeof run>
  },
  now: Date.now,
})

let lastAt = 0
/** The phone's clock, never twice the same: the order of acts is the order of their times. */
const nextAt = (): string => {
  lastAt = Math.max(Date.now(), lastAt + 1)
  return new Date(lastAt).toISOString()
}

type NewAct = Act extends infer Each
  ? Each extends Act
    ? Omit<Each, 'id' | 'at' | 'operatorId'>
    : never
  : never

/** Keeps an act on this phone. False where too many wait: then it was not done. */
export const keepAct = (id: string, act: NewAct): boolean =>
  outbox.keep({ ...act, id, at: nextAt(), operatorId: currentOperator() } as Act) !== 'full'

let sending: Promise<void> | undefined

/** Sends what waits, oldest first. */
export const sendActs = (): Promise<void> => {
  if (!navigator.onLine || !gate.isOpen()) return Promise.resolve()
  sending ??= outbox.flush().finally(() => {
    sending = undefined
    changed()
  })
  return sending
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/** Sends, and waits for the answer to one sample; undefined where there is none yet. */
export const awaitSample = async (id: string): Promise<SampleResult | { refused: unknown } | undefined> => {
  // A run that began before this act was kept may not have seen it.
  for (let run = 0; run < 2 && !answers.has(id) && waiting.has(id); run += 1)
    await Promise.race([sendActs(), pause(TIMEOUT_MS)])
  const answer = answers.get(id)
  answers.delete(id)
  return answer
}

/** The sampler is told that it is done, although the server has not been asked. */
export const tellKept = (id: string): void => {
  const act = outbox.list().find((each) => each.id === id)
  if (act?.op === 'sample') waiting.put(id, { ...act, isTold: true })
}

/** Takes a sample back that the server has never seen. False where it is gone already. */
export const takeBack = (id: string): boolean => {
  if (sending || !waiting.has(id)) return false
  waiting.remove(id)
  return true
}

export const listRefused = (): RefusedAct[] => outbox.listLost()
export const dismissRefused = (id: string): void => lost.remove(id)
export const countWaiting = (): number => outbox.list().length

export const subscribeActs = (listener: () => void): (() => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

const SEND_EVERY_MS = 10_000

/** Sends whenever the network returns and every few seconds. Answers with the way to stop. */
export const startActs = (): (() => void) => {
  const tick = (): void => void sendActs()
  const timer = setInterval(tick, SEND_EVERY_MS)
  window.addEventListener('online', tick)
  tick()
  return () => {
    clearInterval(timer)
    window.removeEventListener('online', tick)
  }
}
