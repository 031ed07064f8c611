import { backoffMs } from '@jiankangbao/api-client/retry-timing'
import { useEffect, useRef, useState } from 'react'
import { onReconnected } from '../../platform/connection.ts'
import { learnServerClock, serverClockOffset } from '../../state/server-clock.ts'
import { api, apiOf } from '../session/api.ts'
import { sessionOwner } from '../session/session.ts'
import { answers, judgeScan, outbox } from './kept-scans.ts'
import { createRecorder, type Recording } from './recorder.ts'
import { rememberVenueName, venueNameOf } from './venue-names.ts'

const KEPT_RETRY_MS = 10_000

// Only the answer to a scan just made tells the server's time: a repeat is answered with the time of the first.
const JUST_NOW_MS = 8_000

type Told =
  | Exclude<Recording, { state: 'recorded' }>
  | (Extract<Recording, { state: 'recorded' }> & { clockOffsetMs: number })

const withClock = (recording: Recording): Told => {
  if (recording.state !== 'recorded') return recording
  const { recorded, scannedAt } = recording
  const now = Date.now()
  const isFirst = !recorded.late && now - Date.parse(scannedAt) < JUST_NOW_MS
  return {
    ...recording,
    clockOffsetMs: isFirst ? learnServerClock(recorded.recordedAt, now) : serverClockOffset(),
  }
}

/**
 * Records one scan of this screen until it is answered, refused or kept.
 * @param keepsAnswer false for people added to a result: that one keeps them
 */
export const useRecording = (keepsAnswer = true) => {
  const [recording, setRecording] = useState<Told>({ state: 'idle' })
  const [recorder] = useState(() =>
    createRecorder({
      outbox,
      owner: sessionOwner,
      send: (body, owner) => (owner === undefined ? api : apiOf(owner)).call('recordVisit', { body }),
      judge: judgeScan,
      answered: keepsAnswer ? answers.keep : () => undefined,
      delayMs: (attempt, retryAfterSeconds) => backoffMs(attempt - 1, retryAfterSeconds),
      later: (milliseconds, call) => {
        const timer = setTimeout(call, milliseconds)
        return () => clearTimeout(timer)
      },
      now: Date.now,
      tell: (next) => setRecording(withClock(next)),
      venueNameOf,
      rememberVenueName,
    }),
  )
  useEffect(() => {
    recorder.open()
    return recorder.close
  }, [recorder])
  return { recording, record: recorder.record, resume: recorder.resume, sendKept: recorder.sendKept }
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
