import { ApiError } from '@jiankangbao/api-client/client'
import { createRetryGate } from '@jiankangbao/api-client/retry-gate'
import { errorCodes } from '@jiankangbao/contracts/error-codes'
import { runExclusive } from '../../platform/exclusive.ts'
import { readStored, removeStored, storedKeys, writeStored } from '../../platform/storage.ts'
import { onStoredElsewhere } from '../../platform/stored-elsewhere.ts'
import { createObservable } from '../../state/observable.ts'
import { apiOf } from '../session/api.ts'
import { sessionOwner } from '../session/session.ts'
import { type Answer, createAnswers } from './answers.ts'
import type { Visit } from './company.ts'
import { createOutbox, type KeptScan, type LostScan, type OutboxParts, type Shelf } from './outbox.ts'

/** What a failed sending means for a scan that waits. */
export const judgeSending: OutboxParts['judge'] = (error) => {
  if (!(error instanceof ApiError) || error.status === 0 || error.status === 401) return { outcome: 'later' }
  // Signed in, not registered (any more): registering mends it.
  if (error.code === 'NOT_REGISTERED') return { outcome: 'later' }
  // The same request id is only ever sent with the same people: the first answer got lost, and the clock has moved since.
  if (error.code === 'REQUEST_ID_REUSED') return { outcome: 'recorded' }
  const code = error.code as keyof typeof errorCodes
  if (errorCodes[code]?.retryable ?? false) return { outcome: 'later' }
  if (error.status >= 500) return { outcome: 'skip' }
  const field = error.fields.find((each) => each.field === 'scannedAt')
  // This phone's clock runs ahead: time mends it.
  if (field?.reason === 'in_the_future') return { outcome: 'skip' }
  return { outcome: 'final', why: field?.reason === 'too_old' ? 'too_old' : error.code }
}

/** Closed while the server wants to be left alone. */
export const outboxGate = createRetryGate()

/** Changes whenever the outbox does, in this tab or another. */
export const outboxChanges = createObservable(0)
const tellChange = (): void => outboxChanges.set(outboxChanges.get() + 1)

const shelfOf = <T>(name: string): Shelf<T> => {
  onStoredElsewhere(`${name}.`, tellChange)
  return {
    all: () =>
      storedKeys(`${name}.`)
        .map((key) => readStored<T>(key))
        .filter((thing): thing is NonNullable<typeof thing> => thing !== undefined),
    put: (id, thing) => {
      const stored = writeStored(`${name}.${id}`, thing)
      tellChange()
      return stored
    },
    remove: (id) => {
      removeStored(`${name}.${id}`)
      tellChange()
    },
  }
}

/** The answers of doors on this phone. */
export const answers = createAnswers({ shelf: shelfOf<Answer>('answer'), owner: sessionOwner, now: Date.now })

/** The scans on this phone that have no final answer. */
export const outbox = createOutbox({
  scans: shelfOf<KeptScan>('scan'),
  lost: shelfOf<LostScan>('lost-scan'),
  owner: sessionOwner,
  send: (body, owner) => apiOf(owner).call('recordVisit', { body }),
  answered: answers.keep,
  judge: (error) => {
    outboxGate.note(error)
    return judgeSending(error)
  },
  runExclusive,
  now: Date.now,
})

// Somebody else may sign in there: this tab's list is then another one.
onStoredElsewhere('session', tellChange)

/** Takes over what the first version kept as one list; that list never outlived its session, so it is this person's. */
export const adoptFirstVersion = (): void => {
  const before = readStored<{ body: Visit; keptAt: number }[]>('outbox')
  if (!before || !sessionOwner()) return
  const open = before.filter(
    ({ body, keptAt }) =>
      outbox.keep({ ...body, scannedAt: body.scannedAt ?? new Date(keptAt).toISOString() }) !== 'stored',
  )
  if (open.length === 0) removeStored('outbox')
}
