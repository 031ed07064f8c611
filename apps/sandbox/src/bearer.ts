import { createHash, timingSafeEqual } from 'node:crypto'
import type { FastifyRequest, onRequestAsyncHookHandler } from 'fastify'
import { Problem } from './problem.ts'

/** Hook: refuses callers whose `authorization: Bearer …` is not this token, before the body is read. */
export function requireBearer(token: string): onRequestAsyncHookHandler {
  const expected = digest(token)
  return async (request: FastifyRequest, reply) => {
    const given = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1]
    if (given !== undefined && timingSafeEqual(digest(given), expected)) return
    reply.header('www-authenticate', 'Bearer')
    throw new Problem(
      401,
      'UNAUTHORIZED',
      'the authorization header must carry the bearer token of this provider',
    )
  }
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
