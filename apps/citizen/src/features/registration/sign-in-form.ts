import { readOneTimeCode } from '@jiankangbao/domain/written/one-time-code'
import { parsePhone } from '@jiankangbao/domain/written/phone'
import { useEffect, useState } from 'react'
import { deviceName } from '../../platform/device-name.ts'
import { keepDevice, keptDevice } from '../../platform/device-secret.ts'
import { useDraft } from '../../state/use-draft.ts'
import { useNow } from '../../state/use-now.ts'
import { failureText, fieldTexts } from '../../words/failure-words.ts'
import { say, sayCode } from '../../words/words.ts'
import { api } from '../session/api.ts'
import { isCode } from '../session/is-code.ts'
import { type Standing, standingOf, writeSession } from '../session/session.ts'

interface Faults {
  phone?: string
  smsCode?: string
  other?: unknown
}

const faultsOf = (error: unknown): Faults => {
  const fields = fieldTexts(error)
  if (isCode(error, 'SMS_CODE_WRONG', 'SMS_CODE_EXPIRED', 'SMS_CODE_TRIES_USED_UP'))
    return { smsCode: failureText(error) }
  const faults: Faults = {}
  if (fields.phone !== undefined) faults.phone = fields.phone
  if (fields.smsCode !== undefined) faults.smsCode = fields.smsCode
  if (Object.keys(faults).length === 0) faults.other = error
  return faults
}

/** Phone, code, resend countdown. What was typed and the countdown survive a reload; the code does not. */
export const useSignInForm = (onSignedIn: (standing: Standing) => void) => {
  const draft = useDraft('sign-in', { phone: '', sentTo: '', resendAt: 0 })
  const [smsCode, setSmsCode] = useState('')
  const [faults, setFaults] = useState<Faults>({})
  const [busy, setBusy] = useState<'code' | 'session' | undefined>()
  const now = useNow()
  const { phone, sentTo, resendAt } = draft.value
  const waitSeconds = Math.max(0, Math.ceil((resendAt - now) / 1000))

  useEffect(() => {
    if (resendAt - Date.now() > 600_000) draft.change({ resendAt: 0 })
  }, [resendAt, draft.change])

  const sendCode = async () => {
    const parsed = parsePhone(phone)
    if (!parsed.ok)
      return setFaults({
        phone: phone.trim() === '' ? sayCode('reasons', 'required') : say('signIn.phoneWrong'),
      })
    setFaults({})
    setBusy('code')
    try {
      const sent = await api.call('requestSmsCode', { body: { phone: parsed.phone, purpose: 'sign-in' } })
      draft.change({ sentTo: parsed.phone, resendAt: Date.now() + sent.resendAfterSeconds * 1000 })
    } catch (error) {
      setFaults(faultsOf(error))
      // A code sent a moment ago, from another tab perhaps, still works: there must be a field to type it into.
      if (isCode(error, 'SMS_LIMIT_REACHED', 'TOO_MANY_REQUESTS'))
        draft.change({
          sentTo: parsed.phone,
          resendAt: Date.now() + Math.min(error.retryAfterSeconds ?? 0, 600) * 1000,
        })
    } finally {
      setBusy(undefined)
    }
  }

  const signIn = async () => {
    const parsed = parsePhone(phone)
    if (!parsed.ok) return setFaults({ phone: say('signIn.phoneWrong') })
    const digits = readOneTimeCode(smsCode)
    if (digits === undefined) return setFaults({ smsCode: say('signIn.codeHint') })
    setFaults({})
    setBusy('session')
    try {
      const fresh = await api.call('createSession', {
        body: { phone: parsed.phone, smsCode: digits, deviceName: deviceName(), ...keptDevice() },
      })
      draft.drop()
      if (fresh.deviceSecret !== undefined) keepDevice(fresh.deviceSecret)
      const { accessToken, refreshToken, registered, proved } = fresh
      const signedIn = { accessToken, refreshToken, registered, proved, renewedAt: Date.now() }
      writeSession(signedIn)
      onSignedIn(standingOf(signedIn))
    } catch (error) {
      setFaults(faultsOf(error))
      setBusy(undefined)
    }
  }

  return {
    phone,
    sentTo,
    smsCode,
    setSmsCode: (text: string) => setSmsCode(readOneTimeCode(text) ?? text),
    faults,
    busy,
    waitSeconds,
    sendCode,
    signIn,
    change: draft.change,
  }
}
