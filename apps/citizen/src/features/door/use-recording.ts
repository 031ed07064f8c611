import type { VisitRecorded, VisitRequest } from '@jiankangbao/contracts/schemas/door'
import { useCallback, useEffect, useRef, useState } from 'react'
import { onReconnected } from '../../platform/connection.ts'
import { retryDelayMs } from '../../state/retry-timing.ts'
import { learnServerClock, serverClockOffset } from '../../state/server-clock.ts'
import { api } from '../session/api.ts'
import { isCode } from '../session/is-code.ts'
import { outbox } from './kept-scans.ts'

/**
 *   idle ─record→ sending ─answer→ recorded
 *                    │ busy            ▲
 *                    ├──────→ waiting ─┘ (same request id, growing pause)
 *                    │ no answer       ▲
 *                    ├──────→ kept ────┘ (in the outbox, sent when the network is back)
 *                    └ refused → refused
 */
export type Recording =
  | { state: 'idle' }
  | { state: 'sending' }
  | { state: 'waiting'; retryAt: number }
  | { state: 'kept'; sending: boolean }
  | { state: 'recorded'; recorded: VisitRecorded; clockOffsetMs: number }
  | { state: 'refused'; error: unknown }

// A first timeout is often a hiccup of the network; a second one means the answer will not come soon.
const TIMEOUTS_BEFORE_KEEPING = 2
const KEPT_RETRY_MS = 10_000

// Only the answer to a scan just made tells the server's time: a repeat is answered with the time of the first.
const JUST_NOW_MS = 8_000

const settled = (recorded: VisitRecorded, scannedAt: string): Recording => {
  const now = Date.now()
  const isFirst = !recorded.late && now - Date.parse(scannedAt) < JUST_NOW_MS
  const clockOffsetMs = isFirst ? learnServerClock(recorded.recordedAt, now) : serverClockOffset()
  return { state: 'recorded', recorded, clockOffsetMs }
}

/** Records one scan until it is answered, refused or safely kept. The request id never changes between tries. */
export const useRecording = (scannedAt: string) => {
  const [recording, setRecording] = useState<Recording>({ state: 'idle' })
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const gone = useRef(false)
  const keptBody = useRef<VisitRequest>(undefined)
  useEffect(() => {
    gone.current = false
    return () => {
      gone.current = true
      clearTimeout(timer.current)
    }
  }, [])

  const keep = useCallback(
    (body: VisitRequest) => {
      keptBody.current = { ...body, scannedAt }
      outbox.keep(keptBody.current)
      setRecording({ state: 'kept', sending: false })
    },
    [scannedAt],
  )

  const record = useCallback(
    async (body: VisitRequest, tries = 0, timeouts = 0): Promise<void> => {
      clearTimeout(timer.current)
      setRecording((before) => (before.state === 'waiting' ? before : { state: 'sending' }))
      try {
        const recorded = await api.call('recordVisit', { body })
        if (!gone.current) setRecording(settled(recorded, scannedAt))
      } catch (error) {
        if (isCode(error, 'NO_NETWORK')) return keep(body)
        const timedOut = isCode(error, 'TIMEOUT')
        if (timedOut && timeouts + 1 >= TIMEOUTS_BEFORE_KEEPING) return keep(body)
        if (gone.current) return
        if (!timedOut && !isCode(error, 'BUSY', 'TOO_MANY_REQUESTS'))
          return setRecording({ state: 'refused', error })
        const wait = retryDelayMs(tries + 1, { retryAfterSeconds: error.retryAfterSeconds })
        setRecording({ state: 'waiting', retryAt: Date.now() + wait })
        timer.current = setTimeout(() => record(body, tries + 1, timeouts + (timedOut ? 1 : 0)), wait)
      }
    },
    [keep, scannedAt],
  )

  // Asks for this scan's own answer, whether or not the outbox has sent it in the meantime: a repeat is answered alike.
  const sendKept = useCallback(async () => {
    const body = keptBody.current
    if (!body) return
    setRecording({ state: 'kept', sending: true })
    try {
      const recorded = await api.call('recordVisit', { body })
      outbox.drop(body.requestId)
      if (!gone.current) setRecording(settled(recorded, scannedAt))
    } catch (error) {
      const later = isCode(error, 'NO_NETWORK', 'TIMEOUT', 'BUSY', 'TOO_MANY_REQUESTS')
      if (!later) outbox.drop(body.requestId)
      if (!gone.current) setRecording(later ? { state: 'kept', sending: false } : { state: 'refused', error })
    }
  }, [scannedAt])

  return { recording, record, sendKept }
}

/** While a scan is kept, tries to send it: on reconnection and every ten seconds. */
export const useKeptSending = (kept: boolean, send: () => void): void => {
  const latest = useRef(send)
  latest.current = send
  useEffect(() => {
    if (!kept) return
    const run = () => latest.current()
    const timer = setInterval(run, KEPT_RETRY_MS)
    const stop = onReconnected(run)
    return () => {
      clearInterval(timer)
      stop()
    }
  }, [kept])
}
