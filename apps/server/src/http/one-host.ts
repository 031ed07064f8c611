import type { FastifyInstance } from 'fastify'
import { fieldError } from './app-error.ts'

/** Header names stand at the even places of `rawHeaders`. Most names are told apart by their length alone. */
const namesSeveralHosts = (rawHeaders: readonly string[] = []): boolean => {
  let hosts = 0
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] as string
    if (name.length === 4 && name.toLowerCase() === 'host') hosts += 1
  }
  return hosts > 1
}

/**
 * Refuses a request with more than one `Host`. Node keeps the first and drops the others; a proxy on the way may have
 * gone by the last, and would then have checked another site than the one that answers.
 */
export const refuseSeveralHosts = (app: FastifyInstance): void => {
  app.addHook('onRequest', (request, _reply, done) => {
    done(namesSeveralHosts(request.raw.rawHeaders) ? fieldError('host', 'malformed') : undefined)
  })
}
