import { afterAll, beforeAll, expect, it } from 'vitest'
import { appealing } from '../../../test/appeals.ts'
import { createOperator, type TestOperator } from '../../../test/operators.ts'
import { startTestApp, type TestApp } from '../../../test/test-app.ts'

const LIST = '/api/v1/operator/appeals'
const NOTE = '涉及外市数据，区里无法核实'

let app: TestApp
let office: TestOperator
let hq: TestOperator
beforeAll(async () => {
  app = await startTestApp({ now: new Date('2022-03-20T02:00:00Z') })
  office = await createOperator(app, { roles: ['office'], divisionCode: '320302' })
  hq = await createOperator(app, { roles: ['hq'] })
})
afterAll(() => app.close())

const { appealed, mine } = appealing(() => app)
const escalate = (by: TestOperator, appealId: string, body: object = { note: NOTE }) =>
  by.call('POST', `${LIST}/${appealId}/escalation`, body)
const inbox = async (by: TestOperator): Promise<string[]> =>
  (await by.call('GET', `${LIST}?state=submitted&escalated=true`)).body.appeals.map(
    ({ appealId }: { appealId: string }) => appealId,
  )

it('goes up with a note: to the inbox of headquarters, out of sight of the office', async () => {
  const { appealId } = await appealed()
  await office.call('POST', `${LIST}/${appealId}/taking`)
  expect((await office.call('GET', `${LIST}/${appealId}`)).body).toMatchObject({
    mayEscalate: true,
    escalated: false,
    tests: [],
  })
  expect(await inbox(hq)).not.toContain(appealId)
  const moved = await escalate(office, appealId)
  expect([moved.status, moved.body]).toMatchObject([
    200,
    { state: 'submitted', divisionCode: '320300', escalated: true, mine: false },
  ])
  expect((await office.call('GET', `${LIST}/${appealId}`)).status).toBe(404)
  expect(await inbox(hq)).toContain(appealId)
  const seen = (await hq.call('GET', `${LIST}/${appealId}`)).body
  expect(seen).toMatchObject({ mayEscalate: false, escalated: true })
  expect(seen.steps.at(-1)).toMatchObject({ step: 'escalated', note: NOTE })
  const { rows } = await app.parts.pool.query(
    `select actor_id, details from audit_entries where action = 'appeal.escalated' and object_id = $1::text`,
    [appealId],
  )
  expect(rows).toMatchObject([{ actor_id: office.operatorId, details: { from: '320302', to: '320300' } }])
})

it('is told to the citizen in list, history and notices, without the note', async () => {
  const { citizen, appealId } = await appealed()
  await escalate(office, appealId)
  const told = await mine(citizen)
  expect(told).toMatchObject({ escalated: true, divisionCode: '320300', state: 'submitted' })
  expect(told.steps.at(-1)).toMatchObject({ step: 'escalated' })
  expect(JSON.stringify(told)).not.toContain('外市')
  const notices = await app.http.inject({ url: '/api/v1/me/notices', headers: citizen.headers })
  expect(notices.json().notices).toContainEqual(
    expect.objectContaining({ kind: 'appeal_moved', details: { step: 'escalated', appealId } }),
  )
})

it('is no longer with headquarters once they hand it down, and goes up again', async () => {
  const { citizen, appealId } = await appealed()
  await escalate(office, appealId)
  const down = { divisionCode: '320302', note: '请区里电话核实' }
  expect((await hq.call('POST', `${LIST}/${appealId}/hand-over`, down)).body).toMatchObject({
    escalated: false,
  })
  expect(await inbox(hq)).not.toContain(appealId)
  expect(await mine(citizen)).toMatchObject({ escalated: false, divisionCode: '320302' })
  expect((await escalate(office, appealId)).body).toMatchObject({ escalated: true })
})

it('is refused without a note, elsewhere, at the city already, and once it has ended', async () => {
  const { appealId } = await appealed()
  expect((await escalate(office, appealId, {})).status).toBe(400)
  const elsewhere = await createOperator(app, { roles: ['office'], divisionCode: '320303' })
  expect((await escalate(elsewhere, appealId)).status).toBe(404)
  for (const role of ['auditor', 'sysadmin', 'checker'])
    expect((await escalate(await createOperator(app, { roles: [role] }), appealId)).status).toBe(403)
  expect((await escalate(office, appealId)).status).toBe(200)
  expect((await escalate(hq, appealId)).body).toMatchObject({
    code: 'STATE_CONFLICT',
    fields: [{ field: 'divisionCode', reason: 'unchanged' }],
  })
  await hq.call('POST', `${LIST}/${appealId}/taking`)
  await hq.call('POST', `${LIST}/${appealId}/answer`, { answer: '经市里核实，当日确有停留记录。' })
  expect((await escalate(hq, appealId)).body.fields).toEqual([{ field: 'state', reason: 'answered' }])
})
