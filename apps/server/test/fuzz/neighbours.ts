import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { createVenue, registerCitizen } from '../factories.ts'
import { createOperator } from '../operators.ts'
import type { TestApp } from '../test-app.ts'
import type { createSender } from './send.ts'

export interface Neighbours {
  /** One of each request that people at doors make. */
  goRound(): Promise<void>
  rounds(): number
  /** Whose session or venue a system administrator or an office could rightly end. */
  ids: ReadonlySet<string>
  /** What did not succeed: nothing may. */
  failures: string[]
}

/** Tokens of citizens live for ten minutes. */
const RENEWED_AFTER_MS = 5 * 60_000

/** Well-behaved people beside the hostile ones, in a city of their own so that nobody may end what they stand on. */
export const createNeighbours = async (
  app: TestApp,
  send: ReturnType<typeof createSender>['send'],
): Promise<Neighbours> => {
  const owner = new pg.Client({ connectionString: app.database.migratorUrl })
  await owner.connect()
  await owner.query(
    `insert into divisions (code, parent_code, name, name_en, level) values ('119900', null, '邻市', 'Neighbour', 'city')`,
  )
  await owner.end()
  const { venueId, pointId, venueCode } = await createVenue(app)
  await app.parts.pool.query(`update venues set division_code = '119900' where venue_id = $1`, [venueId])
  const citizen = await registerCitizen(app)
  let { headers, refreshToken } = citizen
  let renewedAt = performance.now()
  const operator = await createOperator(app, { roles: ['hq'], divisionCode: '119900' })
  const failures: string[] = []
  let count = 0

  const succeed = async (
    what: string,
    method: string,
    path: string,
    headers: Record<string, string>,
    body?: object,
  ) => {
    const payload = body && Buffer.from(JSON.stringify(body))
    const answer = await send({
      method,
      path,
      headers: { ...headers, ...(payload && { 'content-type': 'application/json' }) },
      body: payload,
    })
    if (answer.status < 200 || answer.status > 299)
      failures.push(`${what}: ${answer.status} ${answer.body.slice(0, 300)}`)
    return answer
  }

  /** As a phone does before its token is over. */
  const renew = async () => {
    renewedAt = performance.now()
    const answer = await succeed('renewal', 'POST', '/api/v1/sessions/refresh', {}, { refreshToken })
    if (answer.status !== 201) return
    const tokens = JSON.parse(answer.body) as { accessToken: string; refreshToken: string }
    headers = { authorization: `Bearer ${tokens.accessToken}` }
    refreshToken = tokens.refreshToken
  }

  return {
    failures,
    ids: new Set([
      operator.operatorId,
      app.parts.hiddenIds.write('person', citizen.personId),
      citizen.accountId,
      String(venueId),
      String(pointId),
    ]),
    rounds: () => count,
    goRound: async () => {
      count += 1
      if (performance.now() - renewedAt > RENEWED_AFTER_MS) await renew()
      const [, pass] = await Promise.all([
        succeed('scan', 'POST', '/api/v1/visits', headers, { requestId: randomUUID(), venueCode }),
        succeed('live code', 'GET', '/api/v1/me/pass', headers),
        succeed('venues', 'GET', '/api/v1/operator/venues', operator.headers),
        succeed('own data', 'GET', '/api/v1/me', headers),
      ])
      const { personalCode } = JSON.parse(pass.status === 200 ? pass.body : '{}') as {
        personalCode?: { qrText: string }
      }
      await succeed('check', 'POST', '/api/v1/checks', operator.headers, {
        requestId: randomUUID(),
        pointId: String(pointId),
        qrText: personalCode?.qrText ?? '',
        purpose: '进站查验',
      })
    },
  }
}
