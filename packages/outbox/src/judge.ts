import { ApiError } from '@jiankangbao/api-client/client'
import { errorCodes } from '@jiankangbao/contracts/error-codes'

/** What the failure of a sending means for the thing that was sent. */
export type Judgement =
  /** The server has it: an earlier sending arrived, and only its answer was lost. */
  | { outcome: 'recorded' }
  /** No later try can mend it. `why` is an error code of the server, or a word of the client. */
  | { outcome: 'final'; why: string }
  /** Nothing gets through now. */
  | { outcome: 'later' }
  /** The server breaks over this one; others may get through. */
  | { outcome: 'skip' }

/** Judges the failure of something that is sent again and again under one request id. */
export const judgeSending = (error: unknown): Judgement => {
  if (!(error instanceof ApiError) || error.status === 0 || error.status === 401) return { outcome: 'later' }
  // The same request id is only ever sent with the same contents: the clock has moved since, and nothing else.
  if (error.code === 'REQUEST_ID_REUSED') return { outcome: 'recorded' }
  const known: { retryable: boolean } | undefined = errorCodes[error.code as keyof typeof errorCodes]
  if (known?.retryable) return { outcome: 'later' }
  return error.status >= 500 ? { outcome: 'skip' } : { outcome: 'final', why: error.code }
}
