import { useEffect } from 'react'
import { onReconnected } from '../../platform/connection.ts'
import { useObservable } from '../../state/observable.ts'
import { outbox, outboxChanges } from './kept-scans.ts'

const EVERY_MS = 20_000

/** Sends kept scans when there is network again, and tells how many are waiting. */
export const useOutbox = (): { waiting: number } => {
  useObservable(outboxChanges)
  useEffect(() => {
    const flush = () => {
      if (outbox.count() > 0) outbox.flush().catch(() => undefined)
    }
    flush()
    const timer = setInterval(flush, EVERY_MS)
    const stop = onReconnected(flush)
    return () => {
      clearInterval(timer)
      stop()
    }
  }, [])
  return { waiting: outbox.count() }
}
