import { randomUUID } from 'node:crypto'
import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import type { ErrorBody, ErrorCode } from '@jiankangbao/contracts/error-codes'
import { operations } from '@jiankangbao/contracts/operations'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { isRequestIdTaken, isUnkeepable } from '../db/pool.ts'
import { UnreadableField } from '../keys/field-encryption.ts'
import { AppError } from './app-error.ts'
import { NO_STORE } from './caching.ts'

const knownFastifyErrors: Record<string, ErrorCode> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'BODY_TOO_LARGE',
  FST_REQ_FILE_TOO_LARGE: 'BODY_TOO_LARGE',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'UNSUPPORTED_MEDIA_TYPE',
  FST_INVALID_MULTIPART_CONTENT_TYPE: 'UNSUPPORTED_MEDIA_TYPE',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'MALFORMED_JSON',
  FST_ERR_CTP_INVALID_JSON_BODY: 'MALFORMED_JSON',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'MALFORMED_JSON',
}

// The database being away or full is an overload, not a defect: clients wait and try again. So is a deadlock, of which
// PostgreSQL ends one side for no fault of its own.
const isDatabaseAway = (error: Error & { code?: string }): boolean =>
  /^(08|53|57P0[123]|40001|40P01)/.test(error.code ?? '') ||
  ['ECONNREFUSED', 'ECONNRESET', 'EPIPE'].includes(error.code ?? '') ||
  /timeout exceeded when trying to connect|Query read timeout|Connection terminated|not queryable/.test(
    error.message,
  )

const toAppError = (error: FastifyError | AppError): AppError => {
  if (error instanceof AppError) return error
  const known = knownFastifyErrors[error.code]
  if (known) return new AppError(known)
  if (error instanceof SyntaxError) return new AppError('MALFORMED_JSON')
  if (error.statusCode === 429) return new AppError('TOO_MANY_REQUESTS', { retryAfterSeconds: 60 })
  // Somebody exchanged it, or its key is gone: an alarm was raised where it was read.
  if (error instanceof UnreadableField)
    return new AppError('STATE_CONFLICT', {
      fields: [{ field: '(record)', reason: 'unreadable' }],
      cause: error,
    })
  // Of somebody or something else: features look for a repeat among their own.
  if (isRequestIdTaken(error)) return new AppError('REQUEST_ID_REUSED', { cause: error })
  // Bounds are checked before (packages/domain, bounds.ts); this is for the one that was forgotten, and the log names it.
  if (isUnkeepable(error))
    return new AppError('VALIDATION_FAILED', {
      fields: [{ field: '(request)', reason: 'invalid' }],
      cause: error,
    })
  if (isDatabaseAway(error)) return new AppError('BUSY', { retryAfterSeconds: 2, cause: error })
  if (error.statusCode === 404) return new AppError('NOT_FOUND')
  // Whatever else a plugin holds against the request: a range past the end of a file, a condition that does not hold.
  if (error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500)
    return new AppError('VALIDATION_FAILED', { fields: [{ field: '(request)', reason: 'malformed' }] })
  return new AppError('INTERNAL', { cause: error })
}

const send = (error: AppError, request: FastifyRequest, reply: FastifyReply): void => {
  const body: ErrorBody = {
    code: error.code,
    message: error.code,
    requestId: request.id,
    ...(error.fields ? { fields: error.fields } : {}),
    ...(error.retryAfterSeconds === undefined ? {} : { retryAfterSeconds: error.retryAfterSeconds }),
  }
  if (error.retryAfterSeconds !== undefined) reply.header('retry-after', String(error.retryAfterSeconds))
  void reply.status(error.status).header('cache-control', NO_STORE).send(body)
}

/**
 * Answers what is no HTTP that Node reads: broken, too slow, or with headers beyond 16 KiB. The connection ends, and says
 * so: a proxy would send somebody else's request over it.
 */
export const answerBrokenRequest = (error: Error & { code?: string }, socket: Socket): void => {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy()
    return
  }
  const [status, reason] =
    error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
      ? [408, 'invalid']
      : error.code === 'HPE_HEADER_OVERFLOW'
        ? [431, 'too_large']
        : [400, 'malformed']
  const content: ErrorBody = {
    code: 'VALIDATION_FAILED',
    message: 'VALIDATION_FAILED',
    requestId: randomUUID(),
    fields: [{ field: '(request)', reason }],
  }
  const body = JSON.stringify(content)
  socket.write(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\ncontent-type: application/json; charset=utf-8\r\ncontent-length: ${Buffer.byteLength(body)}\r\ncache-control: no-store\r\nconnection: close\r\n\r\n${body}`,
  )
  socket.destroySoon()
}

const matchers = Object.values(operations).map(({ method, path }) => ({
  method,
  pattern: new RegExp(`^${path.replaceAll(/:[a-zA-Z]+/g, '[^/]+')}$`),
}))

/** One shape for every error: `{code, message, requestId, fields?}` with the true status. */
export const useErrors = (app: FastifyInstance): void => {
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const appError = toAppError(error)
    if (appError.code === 'INTERNAL')
      request.log.error({ err: error, requestId: request.id }, 'unexpected error')
    else if (appError.cause)
      request.log.warn({ err: appError.cause, code: appError.code, requestId: request.id }, 'request refused')
    send(appError, request, reply)
  })
}

/** Answers an unknown path: 405 with `Allow` where another method exists, 404 otherwise. */
export const answerUnknownPath = (request: FastifyRequest, reply: FastifyReply): void => {
  const path = request.url.split('?')[0] ?? ''
  const allowed = matchers.filter(({ pattern }) => pattern.test(path)).map(({ method }) => method)
  if (allowed.length > 0) reply.header('allow', [...new Set(allowed)].join(', '))
  send(new AppError(allowed.length > 0 ? 'METHOD_NOT_ALLOWED' : 'NOT_FOUND'), request, reply)
}
