import type { FastifyInstance } from 'fastify'
import { createRemoteJWKSet, jwtVerify } from 'jose'
import { Problem } from './problem.ts'

// A module of somebody else, as docs/modules.md tells its developers to build one: the page gets a token behind the `#`, its server
// checks the token with the published keys and redeems it once.

const KEY = 'sample-module'

interface ModuleOptions {
  /** Where the server answers. */
  serverUrl: string
  /** When it is; for tests. */
  now: () => Date
}

const body = {
  type: 'object',
  additionalProperties: false,
  required: ['token'],
  properties: {
    token: { type: 'string', minLength: 20, maxLength: 2048, description: 'the token of the address' },
    service: { type: 'string', minLength: 2, maxLength: 40, description: 'the key of the module' },
  },
}

/** `POST /module/sign-in`: what the token says, and what the server gave for it. */
export function moduleRoutes(app: FastifyInstance, { serverUrl, now }: ModuleOptions): void {
  const keys = createRemoteJWKSet(new URL(`${serverUrl}/api/v1/service-keys`))
  app.post<{ Body: { token: string; service?: string } }>(
    '/module/sign-in',
    { schema: { body } },
    async ({ body: { token, service = KEY } }, reply) => {
      reply.header('cache-control', 'no-store')
      const claims = await jwtVerify(token, keys, {
        algorithms: ['EdDSA'],
        typ: 'jkb-service+jwt',
        audience: service,
        currentDate: now(),
      }).then(
        ({ payload }) => payload,
        (error: Error) => {
          throw new Problem(401, 'TOKEN_REFUSED', `the token is not valid here: ${error.message}`)
        },
      )
      const answer = await fetch(`${serverUrl}/api/v1/service-token-redemptions`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ token, service }),
        signal: AbortSignal.timeout(10_000),
      }).catch(() => {
        throw new Problem(502, 'SERVER_AWAY', 'the server does not answer')
      })
      const redeemed = (await answer.json()) as { code?: string }
      if (!answer.ok)
        throw new Problem(401, redeemed.code ?? 'TOKEN_REFUSED', 'the server gives nothing for this token')
      return { claims, person: redeemed }
    },
  )
}
