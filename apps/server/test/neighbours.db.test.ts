import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createCheckpointServices } from '../src/features/doors/check/checkpoint.service.ts'
import { createCodeService } from '../src/features/doors/code/code.service.ts'
import { createVisitService } from '../src/features/doors/visit/visit.service.ts'
import type { CitizenCaller, DeviceCaller } from '../src/http/caller.ts'
import { createMetrics } from '../src/metrics/metrics.ts'
import { createVenue, type RegisteredCitizen, registerCitizen, type TestVenue } from './factories.ts'
import { createOperator, type TestOperator } from './operators.ts'
import { startTestApp, type TestApp } from './test-app.ts'

// One caller's fault is that caller's alone: whoever shares a batch with it is answered, and recorded once.

describe('neighbours of a bad request', () => {
  let app: TestApp
  let citizen: RegisteredCitizen
  let venue: TestVenue
  let operator: TestOperator
  beforeAll(async () => {
    app = await startTestApp({ limits: { documentChecksPerCallerPerMinute: 100_000 } })
    ;[citizen, venue] = [await registerCitizen(app), await createVenue(app)]
    operator = await createOperator(app, { roles: ['office'] })
  })
  afterAll(() => app.close())

  const check = (purpose: string) =>
    operator.call('POST', '/api/v1/checks', {
      requestId: randomUUID(),
      pointId: String(venue.pointId),
      document: { type: 'resident_id', number: citizen.documentNumber },
      purpose,
    })

  it.each([
    ['a NUL', '进站\u0000查验'],
    ['half a pair', '进站\ud842'],
    ['the other half', '\udfb7进站'],
    ['an escape', '进站\u001b[2J'],
    ['a line break', '进站\n查验'],
  ])(
    '%s in the purpose of a check is refused by its field; checks beside it succeed',
    async (_what, purpose) => {
      for (let round = 0; round < 5; round += 1) {
        const bad = Array.from({ length: 3 }, () => check(purpose))
        const good = Array.from({ length: 10 }, () => check('进站查验'))
        expect((await Promise.all(good)).map(({ status }) => status)).toEqual(Array(10).fill(200))
        for (const { status, body } of await Promise.all(bad)) {
          expect(status).toBe(400)
          expect(body).toMatchObject({
            code: 'VALIDATION_FAILED',
            fields: [{ field: 'purpose', reason: 'characters' }],
          })
        }
      }
    },
  )

  it('a request id that is taken by another door is said to be, with a new poster as with a new point', async () => {
    const hq = await createOperator(app, { roles: ['hq'] })
    const [one, two] = [await createVenue(app), await createVenue(app)]
    const requestId = randomUUID()
    const rotate = ({ pointId }: TestVenue) =>
      hq.call('POST', `/api/v1/operator/points/${pointId}/rotation`, { requestId, reason: '海报污损' })
    expect([(await rotate(one)).status, (await rotate(one)).status]).toEqual([200, 200])
    const { status, body } = await rotate(two)
    expect([status, body.code]).toEqual([409, 'REQUEST_ID_REUSED'])
  })

  // Should a value pass every bound and the database still not keep it: the services get such values here, past the door.
  const quiet = () => ({ ...app.parts, metrics: createMetrics() })
  const asCitizen = (personId: string): CitizenCaller => ({
    kind: 'citizen',
    accountId: citizen.accountId,
    sessionId: citizen.sessionId,
    personId,
  })
  const NOBODY_CAN_BE = '9223372036854775808'

  it('a check that the statement fails over is refused alone, the rest of its batch recorded once each', async () => {
    const { checks } = createCheckpointServices(quiet())
    const caller: DeviceCaller = {
      kind: 'device',
      deviceId: randomUUID(),
      pointId: String(venue.pointId),
      organisation: '测试',
    }
    const requestIds = Array.from({ length: 40 }, () => randomUUID())
    const answers = await Promise.allSettled(
      requestIds.map((requestId, index) =>
        checks.recordCheck(caller, {
          requestId,
          pointId: String(venue.pointId),
          document: { type: 'resident_id', number: citizen.documentNumber },
          purpose: index % 13 === 5 ? '进站\u0000' : '进站',
        }),
      ),
    )
    const refused = answers.flatMap(({ status }, index) => (status === 'rejected' ? [index] : []))
    expect(refused).toEqual([5, 18, 31])
    const { rows } = await app.parts.pool.query(
      `select request_id from checks where request_id = any($1::uuid[])`,
      [requestIds],
    )
    expect(rows.map((row) => row.request_id).sort()).toEqual(
      requestIds.filter((_, index) => !refused.includes(index)).sort(),
    )
  })

  it('a scan that the statement fails over is refused alone, and a repeat of the others changes nothing', async () => {
    const visits = createVisitService(quiet())
    const requestIds = Array.from({ length: 30 }, () => randomUUID())
    const scanAll = () =>
      Promise.allSettled(
        requestIds.map((requestId, index) =>
          visits.recordVisit(asCitizen(index === 11 ? NOBODY_CAN_BE : citizen.personId), {
            requestId,
            venueCode: venue.venueCode,
          }),
        ),
      )
    const [first, again] = [await scanAll(), await scanAll()]
    for (const answers of [first, again])
      expect(answers.flatMap(({ status }, index) => (status === 'rejected' ? [index] : []))).toEqual([11])
    expect(again.map((answer) => answer.status === 'fulfilled' && answer.value.recordedAt)).toEqual(
      first.map((answer) => answer.status === 'fulfilled' && answer.value.recordedAt),
    )
    const { rows } = await app.parts.pool.query<{ n: number }>(
      `select count(*)::int as n from visits where person_id = $1 and request_key in (select request_key(r) from unnest($2::uuid[]) as r)`,
      [citizen.personId, requestIds],
    )
    expect(rows[0]?.n).toBe(29)
  })

  it('a live code that the statement fails over is refused alone', async () => {
    const codes = createCodeService(quiet())
    const answers = await Promise.allSettled(
      Array.from({ length: 30 }, (_, index) =>
        codes.getPass(asCitizen(index === 7 ? NOBODY_CAN_BE : citizen.personId), undefined),
      ),
    )
    expect(answers.flatMap(({ status }, index) => (status === 'rejected' ? [index] : []))).toEqual([7])
  })
})
