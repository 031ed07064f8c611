/**
 * Every error the API can answer: HTTP status and whether trying the same request again can help.
 * Wording belongs to the clients (`errors.<CODE>` in their locale files).
 */
export const errorCodes = {
  VALIDATION_FAILED: { status: 400, retryable: false },
  MALFORMED_JSON: { status: 400, retryable: false },
  NOT_SIGNED_IN: { status: 401, retryable: false },
  SESSION_EXPIRED: { status: 401, retryable: false },
  SESSION_REVOKED: { status: 401, retryable: false },
  REFRESH_TOKEN_REUSED: { status: 401, retryable: false },
  SMS_CODE_WRONG: { status: 401, retryable: false },
  SMS_CODE_EXPIRED: { status: 401, retryable: false },
  SMS_CODE_TRIES_USED_UP: { status: 401, retryable: false },
  SERVICE_TOKEN_REFUSED: { status: 401, retryable: false },
  CREDENTIALS_WRONG: { status: 401, retryable: false },
  TOTP_WRONG: { status: 401, retryable: false },
  FORBIDDEN: { status: 403, retryable: false },
  CSRF_REFUSED: { status: 403, retryable: false },
  NOT_REGISTERED: { status: 403, retryable: false },
  SIGN_IN_UNPROVED: { status: 403, retryable: false },
  OWN_PROPOSAL: { status: 403, retryable: false },
  OUT_OF_DIVISION: { status: 403, retryable: false },
  MEMBER_CODE_WITHHELD: { status: 403, retryable: false },
  NOT_FOUND: { status: 404, retryable: false },
  METHOD_NOT_ALLOWED: { status: 405, retryable: false },
  ALREADY_REGISTERED: { status: 409, retryable: false },
  IDENTITY_TAKEN: { status: 409, retryable: false },
  REQUEST_ID_REUSED: { status: 409, retryable: false },
  STATE_CONFLICT: { status: 409, retryable: false },
  USERNAME_TAKEN: { status: 409, retryable: false },
  MEMBER_LIMIT_REACHED: { status: 409, retryable: false },
  /** Applications that wait, shops of one owner, or people who help in one. */
  SHOP_LIMIT_REACHED: { status: 409, retryable: false },
  MEMBER_EXISTS: { status: 409, retryable: false },
  CODE_ON_HOLD: { status: 409, retryable: false },
  PERSON_ABSENT: { status: 409, retryable: false },
  PAPER_CODE_NOT_ALLOWED: { status: 409, retryable: false },
  BODY_TOO_LARGE: { status: 413, retryable: false },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, retryable: false },
  IDENTITY_MISMATCH: { status: 422, retryable: false },
  FACE_CHECK_FAILED: { status: 422, retryable: false },
  FACE_CHECK_REQUIRED: { status: 422, retryable: false },
  FACE_NOT_FOUND: { status: 422, retryable: false },
  IMAGE_UNREADABLE: { status: 422, retryable: false },
  CONSENT_OUTDATED: { status: 422, retryable: false },
  VENUE_CODE_INVALID: { status: 422, retryable: false },
  VENUE_CODE_UNKNOWN: { status: 422, retryable: false },
  VENUE_CODE_ROTATED: { status: 422, retryable: false },
  VENUE_NOT_ACTIVE: { status: 422, retryable: false },
  POINT_CLOSED: { status: 422, retryable: false },
  TOO_MANY_REQUESTS: { status: 429, retryable: true },
  SMS_LIMIT_REACHED: { status: 429, retryable: true },
  INTERNAL: { status: 500, retryable: false },
  PROVIDER_UNAVAILABLE: { status: 503, retryable: true },
  BUSY: { status: 503, retryable: true },
  DATABASE_RESTORED: { status: 503, retryable: true },
} as const

export type ErrorCode = keyof typeof errorCodes

/** One refused field: `field` is a path like `members.0.name`, `reason` a key that clients word (`reasons.<reason>`). */
export interface FieldError {
  field: string
  reason: string
}

/** The body of every answer that is not a success. */
export interface ErrorBody {
  code: ErrorCode
  message: string
  requestId: string
  fields?: FieldError[]
  /** Seconds after which a retry makes sense; also sent as `Retry-After`. */
  retryAfterSeconds?: number
}
