import { ApiError } from '@jiankangbao/api-client/client'
import { errorCodes } from '@jiankangbao/contracts/error-codes'
import { runExclusive } from '../../platform/exclusive.ts'
import { readStored, writeStored } from '../../platform/storage.ts'
import { createObservable } from '../../state/observable.ts'
import { api } from '../session/api.ts'
import { createOutbox, type OutboxEntry } from './outbox.ts'

const isFinal = (error: unknown): boolean => {
  if (!(error instanceof ApiError) || error.status === 0 || error.status === 401) return false
  const code = error.code as keyof typeof errorCodes
  return !(errorCodes[code]?.retryable ?? false) && error.status < 500
}

/** Changes whenever the outbox does. */
export const outboxChanges = createObservable(0)

/** The scans kept on this phone. */
export const outbox = createOutbox({
  read: () => readStored<OutboxEntry[]>('outbox') ?? [],
  write: (entries) => {
    writeStored('outbox', entries)
    outboxChanges.set(outboxChanges.get() + 1)
  },
  send: (body) => api.call('recordVisit', { body }),
  isFinal,
  runExclusive,
  now: Date.now,
})
