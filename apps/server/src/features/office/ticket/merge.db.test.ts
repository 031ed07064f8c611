import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { makePhone, type RegisteredCitizen, registerCitizen } from '../../../../test/factories.ts'
import { createOperator, goOnTo, type TestOperator } from '../../../../test/operators.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'
import { inRow } from '../../../keys/encrypted-fields.ts'

// A Monday, ten o'clock in Shanghai.
const start = new Date('2022-03-21T02:00:00Z')
const shanghai = (text: string) => new Date(`${text.replace(' ', 'T')}:00+08:00`)

let app: TestApp
let hotline: TestOperator
let office: TestOperator
let hq: TestOperator
beforeAll(async () => {
  app = await startTestApp({ now: start })
  hotline = await createOperator(app, { roles: ['hotline'] })
  office = await createOperator(app, { roles: ['office'], divisionCode: '320302' })
  hq = await createOperator(app, { roles: ['hq'] })
})
beforeEach(() => goOnTo(app, start))
afterAll(() => app.close())

const TICKETS = '/api/v1/operator/tickets'
const at = (ticketId: string, act = '') => `${TICKETS}/${ticketId}${act}`
const REASON = { reason: '同一人同一件事' }
const called = async (phone: string, more: object = {}) => {
  const made = await hotline.call('POST', TICKETS, {
    ...{ requestId: randomUUID(), kind: 'question', statement: '第一次来电：怎样打印纸质码？' },
    ...{ divisionCode: '320302', phone, ...more },
  })
  expect(made.status, JSON.stringify(made.body)).toBe(201)
  return made.body.ticketId as string
}
const merge = (ticketId: string, into: string, by = hotline) =>
  by.call('POST', at(ticketId, '/merging'), { into, ...REASON })
const part = (ticketId: string, by = hotline) => by.call('POST', at(ticketId, '/parting'), REASON)
const note = (ticketId: string, words: string, forCaller: boolean, by = hotline) =>
  by.call('POST', at(ticketId, '/notes'), { requestId: randomUUID(), note: words, forCaller })
const mine = async (by: RegisteredCitizen, method: 'GET' | 'POST' = 'GET', path = '', payload?: object) => {
  const url = `/api/v1/me/tickets${path}`
  const answer = await app.http.inject({ method, url, headers: by.headers, ...(payload ? { payload } : {}) })
  return { status: answer.statusCode, body: answer.json() }
}
const two = async () => {
  const citizen = await registerCitizen(app)
  const first = await called(citizen.phone)
  // Lists are by the time of each.
  await goOnTo(app, new Date(start.getTime() + 60_000))
  const second = await called(citizen.phone, { statement: '第二次来电：还是纸质码的事。' })
  await goOnTo(app, start)
  return { citizen, first, second }
}
const wordsOf = (body: { entries: { words?: string }[] }) => body.entries.flatMap(({ words }) => words ?? [])

describe('merging', () => {
  it('reads two tickets of one person as one: words, notes, pictures; later replies follow', async () => {
    const { citizen, first, second } = await two()
    await note(first, '已电话联系社区', false)
    await note(first, '社区窗口今天开门', true)
    const merged = await merge(first, second)
    expect(merged.body).toMatchObject({
      ...{ mergedIntoId: second, mergedInto: expect.stringMatching(/^\d{8}-\d+$/) },
      acts: { merge: false, unmerge: true, answer: false, dispatch: false, write: false },
    })
    expect((await merge(first, second)).status).toBe(200)
    const { body } = await hotline.call('GET', at(second))
    expect(body.merged).toMatchObject([{ ticketId: first, statement: '第一次来电：怎样打印纸质码？' }])
    expect(wordsOf(body)).toEqual(expect.arrayContaining(['已电话联系社区', '社区窗口今天开门']))
    expect(body.entries.filter((each: { step: string }) => each.step === 'merged')).toHaveLength(2)

    const [latest, earlier] = (await mine(citizen)).body.tickets
    expect(wordsOf(latest)).toEqual(['社区窗口今天开门'])
    expect(earlier).toMatchObject({
      mergedInto: latest.number,
      mayWrite: true,
      mayWithdraw: false,
      mayJudge: false,
    })
    const wrote = { requestId: randomUUID(), statement: '我下午去可以吗？' }
    expect((await mine(citizen, 'POST', `/${first}/messages`, wrote)).status).toBe(201)
    expect(wordsOf((await hotline.call('GET', at(second))).body)).toContain('我下午去可以吗？')
    // One on the list of work, not two.
    const list = await hotline.call('GET', `${TICKETS}?state=new&limit=100`)
    const ids = list.body.tickets.map((each: { ticketId: string }) => each.ticketId)
    expect([ids.includes(first), ids.includes(second)]).toEqual([false, true])
  })

  it('is undone: both are what they were, and what was written meanwhile stays where it was written', async () => {
    const { citizen, first, second } = await two()
    await note(first, '已电话联系社区', false)
    await merge(first, second)
    await note(second, '合并后补记', false)
    const apart = await part(first)
    expect(apart.body).toMatchObject({ acts: { merge: true, unmerge: false, answer: true } })
    expect(apart.body.mergedInto).toBeUndefined()
    expect(wordsOf(apart.body)).toEqual(expect.arrayContaining(['已电话联系社区']))
    expect(wordsOf(apart.body)).not.toContain('合并后补记')
    const other = (await hotline.call('GET', at(second))).body
    expect(other.merged).toEqual([])
    expect(wordsOf(other)).not.toContain('已电话联系社区')
    expect(wordsOf(other)).toContain('合并后补记')
    expect((await part(first)).body.code).toBe('STATE_CONFLICT')
    expect(
      (await mine(citizen)).body.tickets.map((each: { mergedInto?: string }) => each.mergedInto),
    ).toEqual([undefined, undefined])
  })

  it('stops the clock of the one, which goes on where it stood; a pause from before stays', async () => {
    const { first, second } = await two()
    await hotline.call('POST', at(first, '/dispatch'), { divisionCode: '320302' })
    await goOnTo(app, shanghai('2022-03-21 11:00'))
    expect((await merge(first, second)).body.dueAt).toBeUndefined()
    await goOnTo(app, shanghai('2022-03-22 11:00'))
    expect((await part(first)).body.dueAt).toBe(shanghai('2022-03-24 10:00').toISOString())

    await office.call('POST', at(first, '/signature'))
    await office.call('POST', at(first, '/pause'), { reason: '等来件人补充' })
    await merge(first, second)
    const apart = await part(first)
    expect([apart.body.paused, apart.body.dueAt]).toEqual([true, undefined])
  })

  it('is for one person only, and for open tickets', async () => {
    const { first, second } = await two()
    const stranger = await registerCitizen(app)
    const other = await called(stranger.phone)
    const refusal = async (ticketId: string, into: string) => {
      const { body } = await merge(ticketId, into)
      return [body.code, body.fields?.[0]?.reason]
    }
    expect(await refusal(first, other)).toEqual(['VALIDATION_FAILED', 'another_person'])
    expect(await refusal(first, first)).toEqual(['VALIDATION_FAILED', 'same_ticket'])
    expect((await merge(first, randomUUID())).status).toBe(404)
    const phone = makePhone()
    const [a, b] = [await called(phone), await called(phone)]
    expect(await refusal(a, first)).toEqual(['VALIDATION_FAILED', 'another_person'])
    expect((await merge(a, b)).status).toBe(200)
    // No chains, and nothing into what is merged.
    const c = await called(phone)
    expect(await refusal(b, c)).toEqual(['STATE_CONFLICT', 'has_merged'])
    expect(await refusal(c, a)).toEqual(['STATE_CONFLICT', 'merged'])
    await hotline.call('POST', at(second, '/answer'), { answer: '可到社区窗口打印纸质码，请带身份证。' })
    await hotline.call('POST', at(second, '/calls'), { requestId: randomUUID(), outcome: 'solved' })
    expect(await refusal(first, second)).toEqual(['STATE_CONFLICT', 'closed'])
    expect((await merge(first, second, office)).status).toBe(403)
    expect((await hotline.call('POST', at(first, '/merging'), { into: second })).status).toBe(400)
  })

  it('finds what belongs together, which the person sees', async () => {
    const { citizen, first, second } = await two()
    const stranger = await called(makePhone())
    const related = async (ticketId: string) =>
      (await hotline.call('GET', at(ticketId, '/related'))).body.tickets.map(
        (each: { ticketId: string }) => each.ticketId,
      )
    const before = await app.parts.pool.query('select from lookups where person_id = $1::bigint', [
      citizen.personId,
    ])
    expect(await related(first)).toEqual([second])
    expect(await related(stranger)).toEqual([])
    const after = await app.parts.pool.query('select from lookups where person_id = $1::bigint', [
      citizen.personId,
    ])
    expect(after.rowCount).toBe((before.rowCount ?? 0) + 1)
    expect((await office.call('GET', at(first, '/related'))).status).toBe(403)
  })

  it('each into the other at once makes one of them', async () => {
    const { first, second } = await two()
    const both = await Promise.all([merge(first, second), merge(second, first)])
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
  })

  it('takes headquarters where the rules of the hotline say so', async () => {
    const { first, second } = await two()
    const { body } = await hotline.call('GET', '/api/v1/operator/hotline-policies')
    const policy = { ...body.policy, actsAlone: [] }
    const draft = { revision: 0, changeNote: '合并须由指挥部', policy }
    await hotline.call('PUT', '/api/v1/operator/hotline-policy-draft', draft)
    await hq.call('POST', '/api/v1/operator/hotline-policy-releases', { revision: 1 })
    expect((await merge(first, second)).body.fields).toMatchObject([{ reason: 'not_alone' }])
    expect((await merge(first, second, hq)).status).toBe(200)
    expect((await part(first)).body.fields).toMatchObject([{ reason: 'not_alone' }])
    expect((await part(first, hq)).status).toBe(200)
  })
})

describe('a ticket that an appeal decides', () => {
  const appealOf = async (citizen: RegisteredCitizen) => {
    const appealId = randomUUID()
    const { encryption, pool } = app.parts
    await pool.query(
      `insert into appeals (appeal_id, account_id, person_id, request_id, category, statement_encrypted, contact_phone_encrypted,
         division_code, state, submitted_at)
       select $1::uuid, account_id, person_id, $1::uuid, 'close_contact', $2::bytea, $2::bytea, '320302', 'submitted', $3::timestamptz
       from accounts where person_id = $4::bigint`,
      [
        appealId,
        encryption.encrypt('没有去过', inRow('appeals.statement', appealId)),
        start,
        citizen.personId,
      ],
    )
    return appealId
  }
  const link = (ticketId: string, body: object, by = hotline) =>
    by.call('PUT', at(ticketId, '/appeal'), { ...REASON, ...body })

  it('is not answered beside it: one truth, which both show', async () => {
    const { citizen, first } = await two()
    const appealId = await appealOf(citizen)
    const linked = await link(first, { appealId })
    expect(linked.body).toMatchObject({ appeal: { appealId, state: 'submitted' }, acts: { answer: false } })
    expect((await link(first, { appealId })).status).toBe(200)
    const answer = { answer: '可到社区窗口打印纸质码，请带身份证。' }
    expect((await hotline.call('POST', at(first, '/answer'), answer)).body.code).toBe('STATE_CONFLICT')
    expect((await mine(citizen)).body.tickets.at(-1).appeal).toEqual({ appealId, state: 'submitted' })
    const url = `/api/v1/me/appeals/${appealId}/withdrawal`
    const taken = await app.http.inject({ method: 'POST', url, headers: citizen.headers })
    expect(taken.statusCode, taken.body).toBe(200)
    expect((await hotline.call('GET', at(first))).body).toMatchObject({
      ...{ appeal: { state: 'withdrawn' }, acts: { answer: true } },
    })
    expect((await link(first, {})).body.appeal).toBeUndefined()
  })

  it('is of the same person', async () => {
    const { first } = await two()
    const stranger = await registerCitizen(app)
    const appealId = await appealOf(stranger)
    expect((await link(first, { appealId })).body.fields).toEqual([
      { field: 'appealId', reason: 'not_found' },
    ])
    expect((await link(first, { appealId: randomUUID() })).status).toBe(400)
    expect((await link(first, { appealId }, office)).status).toBe(403)
  })
})
