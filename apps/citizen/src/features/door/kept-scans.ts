import { ApiError } from '@jiankangbao/api-client/client'
import { createRetryGate } from '@jiankangbao/api-client/retry-gate'
import { judgeSending } from '@jiankangbao/outbox/judge'
import { createShelf, type Shelf, type Store } from '@jiankangbao/outbox/shelf'
import { runExclusive } from '../../platform/exclusive.ts'
import { readStored, removeStored, storedKeys, writeStored } from '../../platform/storage.ts'
import { onStoredElsewhere } from '../../platform/stored-elsewhere.ts'
import { createObservable } from '../../state/observable.ts'
import { apiOf } from '../session/api.ts'
import { sessionOwner } from '../session/session.ts'
import { type Answer, createAnswers } from './answers.ts'
import { createScanOutbox, type KeptScan, type LostScan, type ScanOutboxParts } from './scan-outbox.ts'

/** What a failed sending means for a scan that waits. */
export const judgeScan: ScanOutboxParts['judge'] = (error) => {
  if (!(error instanceof ApiError)) return judgeSending(error)
  // Signed in, not registered (any more) or not proved yet: registering or proving mends it.
  if (error.code === 'NOT_REGISTERED' || error.code === 'SIGN_IN_UNPROVED') return { outcome: 'later' }
  const reason = error.fields.find(({ field }) => field === 'scannedAt')?.reason
  // This phone's clock runs ahead: time mends it.
  if (reason === 'in_the_future') return { outcome: 'skip' }
  return reason === 'too_old' ? { outcome: 'final', why: reason } : judgeSending(error)
}

/** Closed while the server wants to be left alone. */
export const outboxGate = createRetryGate()

/** Changes whenever the outbox does, in this tab or another. */
export const outboxChanges = createObservable(0)
const tellChange = (): void => outboxChanges.set(outboxChanges.get() + 1)

const store: Store = { keys: storedKeys, read: readStored, write: writeStored, remove: removeStored }
const shelfOf = <Thing>(name: string): Shelf<Thing> => {
  onStoredElsewhere(`${name}.`, tellChange)
  return createShelf<Thing>(store, `${name}.`, tellChange)
}

/** The answers of doors on this phone. */
export const answers = createAnswers({ shelf: shelfOf<Answer>('answer'), owner: sessionOwner, now: Date.now })

/** The scans on this phone that have no final answer. */
export const outbox = createScanOutbox({
  scans: shelfOf<KeptScan>('scan'),
  lost: shelfOf<LostScan>('lost-scan'),
  owner: sessionOwner,
  send: (body, owner) => apiOf(owner).call('recordVisit', { body }),
  answered: answers.keep,
  judge: (error) => {
    outboxGate.note(error)
    return judgeScan(error)
  },
  runExclusive,
  now: Date.now,
})

// Somebody else may sign in there: this tab's list is then another one.
onStoredElsewhere('session', tellChange)
