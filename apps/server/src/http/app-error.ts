import { type ErrorCode, errorCodes, type FieldError } from '@jiankangbao/contracts/error-codes'

interface Details {
  fields?: FieldError[]
  retryAfterSeconds?: number
  /** For the log, never for the caller. */
  cause?: unknown
}

/** A refusal that the caller is told about. Status and retryability follow from the code. */
export class AppError extends Error {
  readonly code: ErrorCode
  readonly status: number
  readonly fields: FieldError[] | undefined
  readonly retryAfterSeconds: number | undefined
  constructor(code: ErrorCode, details: Details = {}) {
    super(code, details.cause === undefined ? undefined : { cause: details.cause })
    this.name = 'AppError'
    this.code = code
    this.status = errorCodes[code].status
    this.fields = details.fields
    this.retryAfterSeconds = details.retryAfterSeconds
  }
}

/** One field refused for a reason that clients word. */
export const fieldError = (field: string, reason: string): AppError =>
  new AppError('VALIDATION_FAILED', { fields: [{ field, reason }] })

/** Refused for how one thing stands now. */
export const stateConflict = (field: string, reason: string): AppError =>
  new AppError('STATE_CONFLICT', { fields: [{ field, reason }] })
