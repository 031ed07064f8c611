import { ApiError } from '@jiankangbao/api-client/client'
import { say, sayCode } from './words.ts'

/** How a failure is shown: busy, no network, no answer in time and everything else look different. */
export type FailureKind = 'busy' | 'network' | 'timeout' | 'failed'

export const failureKind = (error: unknown): FailureKind => {
  if (!(error instanceof ApiError)) return 'failed'
  if (error.code === 'NO_NETWORK') return 'network'
  if (error.code === 'TIMEOUT') return 'timeout'
  const busy = ['BUSY', 'DATABASE_RESTORED', 'TOO_MANY_REQUESTS', 'PROVIDER_UNAVAILABLE']
  return busy.includes(error.code) ? 'busy' : 'failed'
}

/** What went wrong and what to do, in the language chosen. */
export const failureText = (error: unknown): string =>
  error instanceof ApiError ? sayCode('errors', error.code) : say('errors.unknown')

/** Refused fields of a form by name; the field's last part decides (`companions.0.name` → `name`). */
export const fieldTexts = (error: unknown): Record<string, string> => {
  const texts: Record<string, string> = {}
  if (!(error instanceof ApiError)) return texts
  for (const { field, reason } of error.fields) texts[field] = sayCode('reasons', reason)
  return texts
}
