import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createDocumentHolders, passportOf } from '../../../../test/document-holders.ts'
import { createVenue, type TestVenue } from '../../../../test/factories.ts'
import { createOperator, type TestOperator } from '../../../../test/operators.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'
import { purgeLetPasses } from './let-pass.service.ts'

let app: TestApp
let holders: ReturnType<typeof createDocumentHolders>
let checker: TestOperator
let office: TestOperator
let venue: TestVenue
beforeAll(async () => {
  app = await startTestApp()
  holders = createDocumentHolders(app)
  checker = await createOperator(app, { roles: ['checker'] })
  office = await createOperator(app, { roles: ['office'] })
  venue = await createVenue(app, { name: '放行商场' })
})
afterAll(() => app.close())

const pair = async (name: string) => {
  const first = await holders.register(passportOf('USA', name, '1981-01-01'))
  const passport = passportOf('USA', name, '1981-01-01')
  return { first, second: await holders.register(passport), passport }
}
const check = async (by: { call: TestOperator['call'] }, number: string) => {
  const requestId = randomUUID()
  const { body } = await by.call('POST', '/api/v1/checks', {
    requestId,
    pointId: String(venue.pointId),
    document: { type: 'passport', number, country: 'USA' },
    purpose: '入口查验',
  })
  return { requestId, ...body }
}
const letPass = (by: { call: TestOperator['call'] }, requestId: string) =>
  by.call('POST', `/api/v1/checks/${requestId}/let-pass`)
const matterOf = async (personId: string) => {
  const { rows } = await app.parts.pool.query(
    'select matter_id from identity_matters where second_person_id = $1::bigint',
    [personId],
  )
  const url = `/api/v1/operator/identity-matters/${rows[0]?.matter_id}?purpose=${encodeURIComponent('核实身份与证件')}`
  return (await office.call('GET', url)).body
}
const noticesOf = async ({ headers }: { headers: Record<string, string> }) =>
  (await app.http.inject({ url: '/api/v1/me/notices', headers }))
    .json()
    .notices.filter(({ kind }: { kind: string }) => kind === 'let_pass')

it('staff who compared both documents let pass: once, and office, person and audit see who, when and where', async () => {
  const { second, passport } = await pair('Let Me Pass')
  const seen = await check(checker, passport.documentNumber)
  expect(seen).toMatchObject({ outcome: 'none', decision: 'review', detail: 'identity_unconfirmed' })
  const answers = await Promise.all([letPass(checker, seen.requestId), letPass(checker, seen.requestId)])
  expect(answers.map(({ status }) => status)).toEqual([200, 200])
  expect((await letPass(checker, seen.requestId)).body).toEqual(answers[0]?.body)
  expect((await matterOf(second.personId)).letPasses).toEqual([
    {
      passedAt: answers[0]?.body.passedAt,
      venueName: '放行商场',
      pointName: expect.any(String),
      by: expect.any(String),
      organisation: expect.any(String),
    },
  ])
  expect((await matterOf(second.personId)).matter.letPasses).toBe(1)
  expect(await noticesOf(second)).toEqual([
    expect.objectContaining({ details: { place: expect.stringContaining('放行商场 · ') } }),
  ])
  const { rows } = await app.parts.pool.query(
    `select actor_id, details from audit_entries where action = 'check.let_pass' and object_id = $1`,
    [second.personId],
  )
  expect(rows).toEqual([
    {
      actor_id: checker.operatorId,
      details: { pointId: String(venue.pointId), requestId: seen.requestId },
    },
  ])
  // The colour and the next check are as they were: an office decides.
  expect(await check(checker, passport.documentNumber)).toMatchObject({ detail: 'identity_unconfirmed' })
})

it('is for the caller of the check alone, for half an hour, and not for anybody else', async () => {
  const { first, passport } = await pair('Not For All')
  const seen = await check(checker, passport.documentNumber)
  const other = await createOperator(app, { roles: ['checker'] })
  expect((await letPass(other, seen.requestId)).status).toBe(404)
  expect((await letPass(checker, randomUUID())).status).toBe(404)
  const hotline = await createOperator(app, { roles: ['hotline'] })
  expect((await letPass(hotline, seen.requestId)).status).toBe(403)
  const url = `/api/v1/checks/${seen.requestId}/let-pass`
  expect((await app.http.inject({ method: 'POST', url })).statusCode).toBe(401)
  expect((await checker.call('POST', '/api/v1/checks/no-uuid/let-pass')).status).toBe(400)
  app.setNow(new Date(Date.now() - 31 * 60_000))
  const early = await check(checker, passport.documentNumber)
  app.setNow(undefined)
  expect((await letPass(checker, early.requestId)).body.fields).toEqual([
    { field: 'check', reason: 'too_late' },
  ])
  const green = await holders.register(passportOf('USA', 'Only One', '1982-02-02'))
  const code = (await holders.passOf(green)).personalCode.qrText
  const requestId = randomUUID()
  await checker.call('POST', '/api/v1/checks', {
    ...{ requestId, pointId: String(venue.pointId), qrText: code, purpose: '入口查验' },
  })
  expect((await letPass(checker, requestId)).body.fields).toEqual([{ field: 'check', reason: 'not_held' }])
  expect(await noticesOf(first)).toEqual([])
})

it('never lets pass whose other document is red', async () => {
  const { first, second, passport } = await pair('Red Before')
  await holders.makeRed(first.personId)
  const seen = await check(checker, passport.documentNumber)
  expect(seen.detail).toBe('identity_unconfirmed')
  expect((await letPass(checker, seen.requestId)).body.fields).toEqual([
    { field: 'check', reason: 'other_document' },
  ])
  expect((await matterOf(second.personId)).letPasses).toEqual([])
})

it('is kept as long as checks', async () => {
  const { passport, second } = await pair('Kept So Long')
  const seen = await check(checker, passport.documentNumber)
  await letPass(checker, seen.requestId)
  await purgeLetPasses(app.parts)
  expect((await matterOf(second.personId)).letPasses).toHaveLength(1)
  app.setNow(new Date(Date.now() + (app.parts.config.retentionDays.checks + 1) * 86_400_000))
  await purgeLetPasses(app.parts)
  app.setNow(undefined)
  expect((await matterOf(second.personId)).letPasses).toHaveLength(0)
})
