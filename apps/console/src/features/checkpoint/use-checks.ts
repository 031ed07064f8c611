import type { CheckPoint } from '@jiankangbao/contracts/check/schemas'
import { useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { describeError } from '../../api/error-words.ts'
import { createRequestId } from '../../api/request-id.ts'
import { reportSessionLost } from '../../api/session-loss.ts'
import { currentVoice } from '../../locales/i18n.ts'
import { keepDevice, readDevice, recordCheck } from './check-client.ts'
import { createCheckFlow, type Shown } from './check-flow.ts'
import { isHeld, staysFor, wordKeyOf } from './face.ts'
import { checkOffline } from './offline-check.ts'
import { forgetCheck, keepCheck, sendOutbox } from './outbox-store.ts'
import type { Settings } from './settings.ts'
import { type SignalKey, signalKeyOf } from './signals.ts'
import { playSignal, speak, vibrate } from './sounds.ts'
import { readKeys } from './verification-keys.ts'

const loseSession = (pointId: string): void => {
  // A refused device token is of no more use; the operator's own sign-in takes its place.
  if (readDevice()?.point.pointId === pointId) keepDevice(undefined)
  reportSessionLost()
}

/** The checks of one point: what is shown now, and how to ask and to go on. */
export const useChecks = (point: CheckPoint, settings: Settings) => {
  const { t } = useTranslation()
  const [shown, setShown] = useState<Shown>({ phase: 'idle' })
  const wordError = useRef((_error: unknown): { title: string; requestId?: string } => ({ title: '' }))
  wordError.current = (error) => describeError(t, error)
  const flow = useMemo(
    () =>
      createCheckFlow({
        record: async (check) => {
          const result = await recordCheck(check)
          void sendOutbox()
          return result
        },
        checkOffline: (input) => checkOffline(input, readKeys(), Date.now()),
        keep: keepCheck,
        forget: forgetCheck,
        show: setShown,
        wordError: (error) => wordError.current(error),
        onSessionLoss: () => loseSession(point.pointId),
        isOnline: () => navigator.onLine,
        now: () => Date.now() + (readKeys()?.clockOffsetMs ?? 0),
        createRequestId,
        later: (run, ms) => {
          const timer = setTimeout(run, ms)
          return () => clearTimeout(timer)
        },
      }),
    [point.pointId],
  )
  useEffect(() => () => flow.stop(), [flow])
  const face = shown.phase === 'face' ? shown.face : undefined
  useEffect(() => {
    if (!face) return
    announce(signalKeyOf(face), settings, t(wordKeyOf(face)))
  }, [face, settings, t])
  useEffect(() => {
    const ms = face && staysFor(face)
    if (ms === undefined) return
    const timer = setTimeout(flow.dismiss, ms)
    return () => clearTimeout(timer)
  }, [face, flow])
  // While an answer is asked for nobody else's takes its place either: the person in question would walk on unseen.
  const holds = shown.phase === 'checking' || (face !== undefined && isHeld(face))
  return { shown, holds, ask: flow.ask, dismiss: flow.dismiss }
}

const announce = (key: SignalKey, settings: Settings, words: string): void => {
  if (settings.sound) playSignal(key)
  if (settings.vibration) vibrate(key)
  if (settings.speech) speak(words, currentVoice())
}
