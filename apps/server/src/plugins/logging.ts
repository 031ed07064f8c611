import type { FastifyBaseLogger, FastifyReply, FastifyRequest } from 'fastify'
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

/** Codes inside paths (`/p/…`, `/k/…`) are credentials for a minute: cut. */
export const pathForLog = (url: string): string =>
  (url.split('?')[0] ?? '').replace(/^\/(p|k)\/.*/, '/$1/[code]')

export const createLogger = (level: string, destination?: DestinationStream): FastifyBaseLogger =>
  pino(
    {
      level,
      redact: { paths: redactedPaths, censor: '[redacted]' },
      serializers: {
        req: (request: FastifyRequest) => ({ method: request.method, path: pathForLog(request.url) }),
        res: (reply: FastifyReply) => ({ status: reply.statusCode }),
        // A database error's `detail` repeats the values of the row: code, constraint and stack are enough.
        err: (error: Error & { code?: string; constraint?: string }) => ({
          type: error.name,
          code: error.code,
          constraint: error.constraint,
          message: error.message,
          stack: error.stack,
        }),
      },
    },
    ...(destination ? [destination] : []),
  )
