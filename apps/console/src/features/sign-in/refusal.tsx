import { ApiError } from '@jiankangbao/api-client/client'
import type { TFunction } from 'i18next'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { describeError, wordReason } from '../../api/error-words.ts'

/** Why it did not go: words of the form itself, or what the server answered. Counts down where one has to wait. */
export const Refusal = ({ error }: { error: unknown }) => {
  const { t } = useTranslation()
  const waitSeconds = useCountdown(secondsOf(error))
  if (!error) return null
  if (typeof error === 'string')
    return (
      <p className="plain-problem" role="alert">
        {error}
      </p>
    )
  const { requestId } = describeError(t, error)
  return (
    <div className="plain-problem" role="alert">
      {wordRefusal(t, error)}
      {waitSeconds > 0 && <div>{t('app.signIn.waitSeconds', { seconds: waitSeconds })}</div>}
      {requestId && <small>{t('app.state.requestId', { id: requestId })}</small>}
    </div>
  )
}

// What is wrong with a code or a password says all; the name of the field would only repeat it.
const wordRefusal = (t: TFunction, error: unknown): string =>
  error instanceof ApiError && error.fields.length > 0
    ? error.fields.map(({ reason }) => wordReason(t, reason)).join(t('app.stop'))
    : describeError(t, error).title

const secondsOf = (error: unknown): number =>
  error instanceof ApiError && error.status === 429 ? (error.retryAfterSeconds ?? 0) : 0

/** Seconds that are left of those asked for last. */
const useCountdown = (seconds: number): number => {
  const [left, setLeft] = useState(seconds)
  useEffect(() => setLeft(seconds), [seconds])
  useEffect(() => {
    if (left <= 0) return
    const timer = setTimeout(() => setLeft(left - 1), 1000)
    return () => clearTimeout(timer)
  }, [left])
  return left
}
