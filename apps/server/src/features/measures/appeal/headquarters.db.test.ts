import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { appealing } from '../../../../test/appeals.ts'
import { eventually } from '../../../../test/eventually.ts'
import type { RegisteredCitizen } from '../../../../test/factories.ts'
import { createOperator, type TestOperator } from '../../../../test/operators.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'

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

const { appealed, citizenCall, mine } = appealing(() => app)
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

it('goes up as well where it is handed over to the city', async () => {
  const { citizen, appealId } = await appealed()
  const up = { divisionCode: '320300', note: NOTE }
  const moved = await office.call('POST', `${LIST}/${appealId}/hand-over`, up)
  expect([moved.status, moved.body]).toMatchObject([200, { escalated: true, divisionCode: '320300' }])
  expect(await inbox(hq)).toContain(appealId)
  expect((await mine(citizen)).steps.at(-1)).toMatchObject({ step: 'escalated' })
})

it('handed up while headquarters take it or its author withdraws it, is there for both', async () => {
  const acts = [
    (appealId: string) => hq.call('POST', `${LIST}/${appealId}/taking`),
    (appealId: string, citizen: RegisteredCitizen) => citizenCall(citizen, 'POST', `/${appealId}/withdrawal`),
  ]
  for (const act of acts) {
    const { citizen, appealId } = await appealed()
    const client = await app.parts.pool.connect()
    await client.query('begin')
    await client.query(`update appeals set division_code = '320300' where appeal_id = $1::uuid`, [appealId])
    const answer = act(appealId, citizen)
    await eventually(async () => {
      const { rowCount } = await app.parts.pool.query(
        `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
      )
      expect(rowCount).toBeGreaterThan(0)
    })
    await client.query('commit')
    client.release()
    expect([(await answer).status, (await mine(citizen)).divisionCode]).toEqual([200, '320300'])
  }
})

it('acts of two at once end in one state, with a reason for whoever came too late', async () => {
  const colleague = await createOperator(app, { roles: ['office'], divisionCode: '320302' })
  const propose = (by: TestOperator, appealId: string) =>
    by.call('POST', `${LIST}/${appealId}/proposal`, {
      requestId: randomUUID(),
      kind: 'withdrawn',
      evidence: '车票属实',
    })
  const answer = (by: TestOperator, appealId: string) =>
    by.call('POST', `${LIST}/${appealId}/answer`, { answer: '当日确有停留记录，维持原判。' })
  const take = (by: TestOperator, appealId: string) => by.call('POST', `${LIST}/${appealId}/taking`)
  const pairs: [typeof escalate, TestOperator, typeof escalate, TestOperator][] = [
    [propose, office, answer, office],
    [propose, office, escalate, colleague],
    [answer, office, escalate, colleague],
    [propose, office, take, colleague],
    [answer, office, take, hq],
    [escalate, office, escalate, colleague],
    [propose, office, propose, office],
  ]
  for (const [one, by, other, colleagueOrHq] of pairs) {
    const { citizen, appealId } = await appealed()
    await take(office, appealId)
    const answers = await Promise.all([one(by, appealId), other(colleagueOrHq, appealId)])
    for (const { status, body } of answers)
      if (status >= 300) {
        expect([404, 409]).toContain(status)
        if (status === 409) expect(body.fields).toHaveLength(1)
      }
    const done = (await mine(citizen)).steps.map(({ step }: { step: string }) => step)
    expect(done).toHaveLength(2 + answers.filter(({ status }) => status < 300).length)
    expect(new Set(done).size === done.length || one === propose || other === take).toBe(true)
    const { rows } = await app.parts.pool.query(
      `select a.state, count(p.proposal_id)::int as open from appeals a left join proposals p on p.person_id = a.person_id and p.state = 'open'
       where a.appeal_id = $1::uuid group by a.state`,
      [appealId],
    )
    expect(rows[0].open).toBe(rows[0].state === 'proposed' ? 1 : 0)
  }
})

it('a request that comes again after its proposal was taken back proposes nothing', async () => {
  const { citizen, appealId } = await appealed()
  await office.call('POST', `${LIST}/${appealId}/taking`)
  const body = { requestId: randomUUID(), kind: 'withdrawn', evidence: '车票属实' }
  const { proposalId } = (await office.call('POST', `${LIST}/${appealId}/proposal`, body)).body
  const reason = { reason: '核实有误' }
  await office.call('POST', `/api/v1/operator/proposals/${proposalId}/withdrawal`, reason)
  const again = await office.call('POST', `${LIST}/${appealId}/proposal`, body)
  expect([again.status, again.body]).toMatchObject([201, { proposalId, state: 'withdrawn' }])
  expect(await mine(citizen)).toMatchObject({ state: 'in_progress' })
})
