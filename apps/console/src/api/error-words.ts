import { ApiError } from '@jiankangbao/api-client/client'
import type { TFunction } from 'i18next'

export interface ErrorWords {
  title: string
  /** One line per refused field that no form field shows. */
  lines: string[]
  requestId?: string
}

/** What to show for anything thrown; things that are no answer of the server read as an internal error. */
export const describeError = (t: TFunction, error: unknown): ErrorWords => {
  if (!(error instanceof ApiError)) return { title: t('errors.INTERNAL'), lines: [] }
  const wait = error.retryAfterSeconds
  const limited = error.status === 429 && wait !== undefined
  return {
    title: t(`errors.${error.code}`),
    lines: [
      ...error.fields.map(({ field, reason }) => `${field}: ${wordReason(t, reason)}`),
      ...(limited ? [t('app.signIn.waitSeconds', { seconds: wait })] : []),
    ],
    ...(error.requestId === undefined ? {} : { requestId: error.requestId }),
  }
}

/** Words for a field's refusal; an unknown reason reads as "not right". */
export const wordReason = (t: TFunction, reason: string): string =>
  t(`reasons.${reason}`, { defaultValue: t('reasons.invalid') })
