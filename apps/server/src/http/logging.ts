import type { FastifyBaseLogger, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type DestinationStream, pino } from 'pino'

// Logs carry ids, never values: paths without their query (purposes, searches), no bodies, no headers but the id.
// The list below is the second line of defence, for objects that somebody logs by mistake.
const personalKeys = [
  'name',
  'phone',
  'documentNumber',
  'number',
  'smsCode',
  'password',
  'totp',
  'accessToken',
  'refreshToken',
  'deviceToken',
  'qrText',
  'numericCode',
  'purpose',
  'text',
  'authorization',
  'cookie',
]
const redactedPaths = personalKeys.flatMap((key) => [key, `*.${key}`, `*.*.${key}`])

/** Codes inside paths (`/p/…`, `/k/…`, `/r/…`) stand for a person: cut. */
export const pathForLog = (url: string): string =>
  (url.split('?')[0] ?? '').replace(/^\/(p|k|r)\/.*/, '/$1/[code]')

interface DatabaseFault extends Error {
  code?: string
  severity?: string
  constraint?: string
  routine?: string
  position?: string
}

/**
 * PostgreSQL repeats in its message what it was given (`invalid input syntax for type uuid: "…"`), and in `detail` the row:
 * of its errors only the code, the names of its own things and our own place in the code are kept.
 */
const describeError = (error: DatabaseFault) => {
  const stack = error.stack ?? ''
  const own = {
    type: error.name,
    code: error.code,
    constraint: error.constraint,
    message: error.message,
    stack,
  }
  if (error.severity === undefined) return own
  const frames = stack.slice(stack.indexOf('\n    at ') + 1)
  const message = `database: ${error.severity} ${error.code ?? ''}`
  return {
    ...own,
    routine: error.routine,
    position: error.position,
    message,
    stack: `${message}\n${stack.includes('\n    at ') ? frames : ''}`,
  }
}

export const createLogger = (level: string, destination?: DestinationStream): FastifyBaseLogger =>
  pino(
    {
      level,
      redact: { paths: redactedPaths, censor: '[redacted]' },
      serializers: {
        req: (request: FastifyRequest) => ({ method: request.method, path: pathForLog(request.url) }),
        res: (reply: FastifyReply) => ({ status: reply.statusCode }),
        err: describeError,
      },
    },
    ...(destination ? [destination] : []),
  )

type ChildLoggerFactory = Parameters<FastifyInstance['setChildLoggerFactory']>[0]

/**
 * Stands for a request's logger until something is logged. A child of pino sends its fields through the redaction when it
 * is made, and nearly no request logs anything: that was 18 % of the processor time of an empty route.
 */
class RequestLogger {
  #child: FastifyBaseLogger | undefined
  readonly #make: () => FastifyBaseLogger

  constructor(make: () => FastifyBaseLogger) {
    this.#make = make
  }

  get #log(): FastifyBaseLogger {
    this.#child ??= this.#make()
    return this.#child
  }

  get level() {
    return this.#log.level
  }
  fatal(...line: [object, string?]) {
    this.#log.fatal(...line)
  }
  error(...line: [object, string?]) {
    this.#log.error(...line)
  }
  warn(...line: [object, string?]) {
    this.#log.warn(...line)
  }
  info(...line: [object, string?]) {
    this.#log.info(...line)
  }
  debug(...line: [object, string?]) {
    this.#log.debug(...line)
  }
  trace(...line: [object, string?]) {
    this.#log.trace(...line)
  }
  silent() {}
  child(bindings: object, options?: object) {
    return this.#log.child(bindings, options)
  }
}

/** For Fastify's `childLoggerFactory`: each request's own logger, made when it first logs. */
export const makeRequestLogger: ChildLoggerFactory = (logger, bindings, options) =>
  new RequestLogger(() => logger.child(bindings, options)) as FastifyBaseLogger
