import { randomUUID } from 'node:crypto'
import type { InjectOptions } from 'fastify'
import { makeSessionToken } from '../src/features/people/operator/credentials.ts'
import { insertSession } from '../src/features/people/operator/operator.queries.ts'
import { createOperatorRow } from './factories.ts'
import type { TestApp } from './test-app.ts'

export interface TestOperator {
  operatorId: string
  headers: { cookie: string; 'x-csrf-token': string }
  /** A request as this operator; the body is parsed. */
  // biome-ignore lint/suspicious/noExplicitAny: answers are compared, not used
  call(method: InjectOptions['method'], url: string, payload?: object): Promise<{ status: number; body: any }>
}

/** An operator with a session, as if signed in; the sign-in itself is tested through the public door. */
export const createOperator = async (
  app: TestApp,
  options: { roles?: string[]; divisionCode?: string; organisation?: string } = {},
): Promise<TestOperator> => {
  const { operatorId } = await createOperatorRow(app, { divisionCode: '320300', ...options })
  await app.parts.pool.query(
    `update operators set must_change_password = false where operator_id = $1::bigint`,
    [operatorId],
  )
  const { cookie, sessionHash } = makeSessionToken()
  const csrfToken = randomUUID()
  const now = app.parts.clock()
  await insertSession(app.parts.pool, {
    sessionHash,
    operatorId,
    csrfToken,
    now,
    expiresAt: new Date(now.getTime() + 8 * 3600_000),
    address: '127.0.0.1',
  })
  const headers = { cookie: `__Host-jkb_operator=${cookie}`, 'x-csrf-token': csrfToken }
  return {
    operatorId,
    headers,
    call: async (method, url, payload) => {
      const answer = await app.http.inject({
        method: method ?? 'GET',
        url,
        headers,
        ...(payload ? { payload } : {}),
      })
      return { status: answer.statusCode, body: answer.body === '' ? {} : answer.json() }
    },
  }
}

/** The clock goes on while everybody stays signed in. */
export const goOnTo = async (app: TestApp, now: Date): Promise<void> => {
  app.setNow(now)
  await app.parts.pool.query(
    `update operator_sessions set last_used_at = $1::timestamptz, expires_at = $1::timestamptz + interval '1 day'`,
    [now],
  )
}
