import { createServer } from 'node:http'
import Fastify, { type FastifyInstance, LogController } from 'fastify'
import type { Parts } from '../parts.ts'
import { answerBrokenRequest } from './errors.ts'
import { makeRequestLogger } from './logging.ts'

/** The server without a route: how long connections are kept, how much a request may bring, what is logged of it. */
export const createHttp = ({ log, admission }: Pick<Parts, 'log' | 'admission'>): FastifyInstance =>
  Fastify({
    loggerInstance: log,
    childLoggerFactory: makeRequestLogger,
    serverFactory: (handler) =>
      createServer({ keepAliveTimeout: 72_000, requestTimeout: 60_000 }, admission.guard(handler)),
    bodyLimit: 64 * 1024,
    clientErrorHandler: answerBrokenRequest,
    // A kept-alive connection must not hold up a shutdown.
    forceCloseConnections: 'idle',
    // The address is read by `http/client-address.ts`; host and scheme are settings.
    trustProxy: false,
    requestIdHeader: false,
    genReqId: () => crypto.randomUUID(),
    logController: new LogController({ disableRequestLogging: log.level !== 'debug' }),
    routerOptions: { maxParamLength: 400 },
  })
