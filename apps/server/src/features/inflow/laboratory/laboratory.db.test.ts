import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createOperatorRow, makeResidentId, registerCitizen } from '../../../../test/factories.ts'
import { createPartner, type TestPartner } from '../../../../test/partners.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'
import { inTransaction } from '../../../db/pool.ts'
import { evaluateDirty } from '../../colours/status/status.service.ts'

const PUSH = '/api/v1/partner/test-results'
const NOW = new Date('2022-03-10T04:00:00.000Z')

let app: TestApp
let laboratory: TestPartner
beforeAll(async () => {
  app = await startTestApp({ now: NOW })
  laboratory = await createPartner(app, 'laboratory', '徐州第一检验所')
  // The divisions of the fictional city come with an operator.
  await createOperatorRow(app, { divisionCode: '320300' })
})
afterAll(() => app.close())

const row = (documentNumber: string | string[], more: object = {}) => ({
  action: 'report',
  number: randomUUID(),
  kind: 'single',
  result: 'negative',
  sampledAt: '2022-03-10T10:00:00+08:00',
  persons: [documentNumber].flat().map((number) => ({ documentType: 'resident_id', documentNumber: number })),
  ...more,
})

const push = (results: object[], batchId: string = randomUUID()) =>
  laboratory.push(PUSH, { batchId, results })

const colourOf = async (personId: string): Promise<number> => {
  while ((await inTransaction(app.parts.pool, (tx) => evaluateDirty(tx, 100, app.parts.clock()))) > 0);
  const { rows } = await app.parts.pool.query(
    'select colour from status_current where person_id = $1::bigint',
    [personId],
  )
  return rows[0].colour
}
const [GREEN, YELLOW] = [1, 2]

const count = async (sql: string, values: unknown[]): Promise<number> =>
  (await app.parts.pool.query(sql, values)).rowCount ?? 0

describe('results from a laboratory', () => {
  it('are there for registered people, and wait for those who are not', async () => {
    const citizen = await registerCitizen(app)
    const stranger = makeResidentId()
    const pushed = await push([row(citizen.documentNumber), row(stranger)])
    expect(pushed).toMatchObject({ status: 200, body: { accepted: 2, persons: 1 } })
    expect(await count('select 1 from test_results where person_id = $1::bigint', [citizen.personId])).toBe(1)
    const later = await registerCitizen(app, { documentNumber: stranger })
    expect(await count('select 1 from test_results where person_id = $1::bigint', [later.personId])).toBe(1)
    expect(await count('select 1 from unclaimed_results', [])).toBe(0)
    const pass = await app.http.inject({ url: '/api/v1/me/pass', headers: later.headers })
    expect(pass.json().latestTest).toMatchObject({
      result: 'negative',
      sampledAt: '2022-03-10T02:00:00.000Z',
    })
  })

  it('make whoever was sampled positive before registering yellow from the first moment', async () => {
    const stranger = makeResidentId()
    await push([row(stranger, { result: 'positive' })])
    const citizen = await registerCitizen(app, { documentNumber: stranger })
    const pass = await app.http.inject({ url: '/api/v1/me/pass', headers: citizen.headers })
    expect(pass.json().colour).toBe('yellow')
    expect(
      await count(`select 1 from proposals where person_id = $1::bigint and state = 'open'`, [
        citizen.personId,
      ]),
    ).toBe(1)
  })

  it('are taken once per batch, also by several at once; other content is refused', async () => {
    const citizen = await registerCitizen(app)
    const batchId = randomUUID()
    const results = [row(citizen.documentNumber)]
    const answers = await Promise.all(Array.from({ length: 5 }, () => push(results, batchId)))
    for (const answer of answers)
      expect(answer).toEqual({ status: 200, body: { batchId, accepted: 1, persons: 1 } })
    expect(await count('select 1 from test_results where person_id = $1::bigint', [citizen.personId])).toBe(1)
    expect(await push([row(citizen.documentNumber)], batchId)).toMatchObject({
      status: 409,
      body: { code: 'REQUEST_ID_REUSED' },
    })
    const { rows } = await app.parts.pool.query(
      `select actor_kind, actor_id, action, details from audit_entries where object_id = $1::text`,
      [batchId],
    )
    expect(rows).toMatchObject([
      {
        actor_kind: 'partner',
        actor_id: laboratory.partnerId,
        action: 'test_results.pushed',
        details: { accepted: 1 },
      },
    ])
  })

  it('are refused whole, with every bad field, and may come again under the same batch id', async () => {
    const citizen = await registerCitizen(app)
    const good = row(citizen.documentNumber)
    const batchId = randomUUID()
    const answer = await push(
      [
        good,
        row('320302199006150000'),
        row(citizen.documentNumber, { sampledAt: '2022-03-10T10:00:00' }),
        row(citizen.documentNumber, { sampledAt: '2022-03-11T10:00:00+08:00' }),
        row([citizen.documentNumber, makeResidentId()]),
        { ...good },
      ],
      batchId,
    )
    expect(answer).toMatchObject({ status: 400, body: { code: 'VALIDATION_FAILED' } })
    expect(answer.body.fields).toEqual([
      { field: 'results.1.persons.0.documentNumber', reason: 'format' },
      { field: 'results.2.sampledAt', reason: 'format' },
      { field: 'results.3.sampledAt', reason: 'in_the_future' },
      { field: 'results.4.persons', reason: 'one_person' },
      { field: 'results.5.number', reason: 'duplicate' },
    ])
    const unknown = await push([good, { action: 'withdraw', number: 'nowhere' }], batchId)
    expect(unknown.body.fields).toEqual([{ field: 'results.1.number', reason: 'unknown_number' }])
    expect(await count('select 1 from test_results where person_id = $1::bigint', [citizen.personId])).toBe(0)
    expect((await push([good], batchId)).status).toBe(200)
    expect((await push([good])).body.fields).toEqual([{ field: 'results.0.number', reason: 'number_exists' }])
  })

  it('are refused with unknown fields, without a key, with a revoked one and with another kind of key', async () => {
    const bad = await push([{ ...row(makeResidentId()), colour: 'green' }])
    expect(bad.body.fields).toEqual([{ field: 'results.0.colour', reason: 'unknown_field' }])
    const half = await push([
      { action: 'report', number: 'n' },
      { ...row(makeResidentId()), action: 'withdraw' },
    ])
    expect(half.body.fields.map((field: { field: string; reason: string }) => field.reason)).toEqual([
      ...['required', 'required', 'required', 'required'],
      ...['not_allowed', 'not_allowed', 'not_allowed', 'not_allowed'],
    ])
    const payload = { batchId: 'x', results: [row(makeResidentId())] }
    const call = (authorization?: string) =>
      app.http.inject({ method: 'POST', url: PUSH, payload, headers: authorization ? { authorization } : {} })
    expect((await call()).json().code).toBe('NOT_SIGNED_IN')
    expect((await call(`Bearer ${laboratory.key.slice(0, -1)}x`)).json().code).toBe('NOT_SIGNED_IN')
    const citizen = await registerCitizen(app)
    expect((await call(citizen.headers.authorization)).json().code).toBe('NOT_SIGNED_IN')
    const province = await createPartner(app, 'province')
    expect((await call(`Bearer ${province.key}`)).json().code).toBe('FORBIDDEN')
    const other = await createPartner(app, 'laboratory')
    await app.parts.pool.query('update partners set revoked_at = now() where partner_id = $1::bigint', [
      other.partnerId,
    ])
    expect((await call(`Bearer ${other.key}`)).json().code).toBe('NOT_SIGNED_IN')
  })

  it('come at a bounded rate', async () => {
    const slow = await createPartner(app, 'laboratory')
    await app.parts.pool.query('update partners set pushes_per_minute = 1 where partner_id = $1::bigint', [
      slow.partnerId,
    ])
    const send = () => slow.push(PUSH, { batchId: randomUUID(), results: [row(makeResidentId())] })
    const statuses = [(await send()).status, (await send()).status, (await send()).status]
    expect(statuses).toContain(429)
  })

  it('of another laboratory can be neither corrected nor withdrawn', async () => {
    const citizen = await registerCitizen(app)
    const mine = row(citizen.documentNumber)
    await push([mine])
    const other = await createPartner(app, 'laboratory')
    const answer = await other.push(PUSH, {
      batchId: 'steal',
      results: [{ action: 'withdraw', number: mine.number }],
    })
    expect(answer.body.fields).toEqual([{ field: 'results.0.number', reason: 'unknown_number' }])
  })
})

describe('a positive pool', () => {
  it('turns everyone in it yellow at once; the own single negative ends it; a withdrawal ends it for all', async () => {
    const people = await Promise.all([registerCitizen(app), registerCitizen(app), registerCitizen(app)])
    const [first, second] = people
    const pool = row(
      people.map((person) => person.documentNumber),
      { kind: 'pooled', result: 'positive', sampledAt: '2022-03-10T08:00:00+08:00' },
    )
    await push([pool])
    for (const person of people) expect(await colourOf(person.personId)).toBe(YELLOW)
    await push([row(first?.documentNumber ?? '', { sampledAt: '2022-03-10T07:00:00+08:00' })])
    expect(await colourOf(first?.personId ?? '')).toBe(YELLOW)
    await push([row(first?.documentNumber ?? '', { kind: 'pooled' })])
    expect(await colourOf(first?.personId ?? '')).toBe(YELLOW)
    await push([row(first?.documentNumber ?? '')])
    expect(await colourOf(first?.personId ?? '')).toBe(GREEN)
    expect(await colourOf(second?.personId ?? '')).toBe(YELLOW)
    await push([{ action: 'withdraw', number: pool.number }])
    for (const person of people) expect(await colourOf(person.personId)).toBe(GREEN)
    const audited = await count(
      `select 1 from audit_entries where action = 'finding.withdrawn_by_rule' and details ->> 'personId' = any($1::text[])`,
      [people.map((person) => person.personId)],
    )
    expect(audited).toBe(3)
  })

  it('corrected to negative, or to other people, follows', async () => {
    const [first, second] = await Promise.all([registerCitizen(app), registerCitizen(app)])
    const pool = row(first.documentNumber, { kind: 'pooled', result: 'positive' })
    await push([pool])
    expect(await colourOf(first.personId)).toBe(YELLOW)
    const others = [{ documentType: 'resident_id', documentNumber: second.documentNumber }]
    await push([{ ...pool, action: 'correct', persons: others }])
    expect(await colourOf(first.personId)).toBe(GREEN)
    expect(await colourOf(second.personId)).toBe(YELLOW)
    await push([{ ...pool, action: 'correct', persons: others, result: 'negative' }])
    expect(await colourOf(second.personId)).toBe(GREEN)
  })
})
