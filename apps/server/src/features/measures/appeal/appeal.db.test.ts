import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { appealing, appealBody as bodyFor } from '../../../../test/appeals.ts'
import { addMember, registerCitizen } from '../../../../test/factories.ts'
import { createOperator, type TestOperator } from '../../../../test/operators.ts'
import { bundlePictureWorker, JPEG, PNG, TELLING_JPEG } from '../../../../test/pictures.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'
import { expireProposals } from '../../approval/proposal/expire-proposals.ts'
import { purgeAppeals, reopenLapsedAppeals } from './lapsed.ts'

const start = new Date('2022-03-20T02:00:00Z')
const later = (hours: number) => new Date(start.getTime() + hours * 3600_000)

let app: TestApp
let office: TestOperator
let office2: TestOperator
let elsewhere: TestOperator
let hotline: TestOperator
let hq: TestOperator
beforeAll(async () => {
  app = await startTestApp({ now: start, pictureWorker: await bundlePictureWorker() })
  office = await createOperator(app, { roles: ['office'], divisionCode: '320302' })
  office2 = await createOperator(app, { roles: ['office'], divisionCode: '320302' })
  elsewhere = await createOperator(app, { roles: ['office'], divisionCode: '320303' })
  hotline = await createOperator(app, { roles: ['hotline'] })
  hq = await createOperator(app, { roles: ['hq'] })
})
beforeEach(() => app.setNow(start))
afterAll(() => app.close())

const { evaluate, findingOn, citizenCall, yellow, appealed, mine } = appealing(() => app)
const at = (appealId: string, act = '') => `/api/v1/operator/appeals/${appealId}${act}`
const proposalOf = (more: object = {}) => ({
  requestId: randomUUID(),
  kind: 'withdrawn',
  evidence: '车票核实，当日不在本市',
  ...more,
})
const withdrawnOf = async (personId: string): Promise<string[]> =>
  (
    await app.parts.pool.query<{ finding_id: string }>(
      'select finding_id from findings where person_id = $1::bigint and withdrawn_at is not null order by finding_id',
      [personId],
    )
  ).rows.map((row) => row.finding_id)
const decide = (by: TestOperator, proposalId: string, verdict = 'approve') =>
  by.call('POST', `/api/v1/operator/proposals/${proposalId}/decision`, { verdict, reason: '车票属实' })

describe('submitting', () => {
  it('keeps what was said encrypted and shows it to its author', async () => {
    const { citizen, appealId } = await appealed({ pictures: [{ content: PNG.toString('base64') }] })
    expect(await mine(citizen)).toMatchObject({
      appealId,
      state: 'submitted',
      category: 'co_presence',
      title: { zh: '时空伴随人员', en: 'Same place and time as a case' },
      pictures: 1,
      mayWithdraw: true,
      divisionName: expect.any(String),
      steps: [{ at: start.toISOString(), step: 'submitted' }],
    })
    const { rows } = await app.parts.pool.query(
      'select a::text as all from appeals a where appeal_id = $1::uuid',
      [appealId],
    )
    expect(rows[0].all).not.toContain('出差')
  })

  it('takes the places and names out of pictures', async () => {
    const { appealId } = await appealed({ pictures: [{ content: TELLING_JPEG.toString('base64') }] })
    const { body } = await office.call('GET', at(appealId, '/pictures/1'))
    const bytes = Buffer.from(body.content, 'base64')
    expect(body.mediaType).toBe('image/jpeg')
    expect([bytes.includes('GPS'), bytes.includes('hidden'), bytes.includes('JFIF')]).toEqual([
      false,
      false,
      true,
    ])
    expect((await elsewhere.call('GET', at(appealId, '/pictures/1'))).status).toBe(404)
    expect((await office.call('GET', at(appealId, '/pictures/2'))).status).toBe(404)
  })

  it('looks at pictures last, and not at many an hour', async () => {
    const { citizen } = await yellow()
    const broken = { pictures: [{ content: JPEG.subarray(0, 200).toString('base64') }] }
    const nowhere = await citizenCall(citizen, 'POST', '', bodyFor({ ...broken, divisionCode: '999999' }))
    expect(nowhere.body.fields).toEqual([{ field: 'divisionCode', reason: 'unknown_division' }])
    expect((await citizenCall(citizen, 'POST', '', bodyFor(broken))).status).toBe(400)
    await app.parts.pool.query(
      `update rate_counters set count = 12 where key = (
         select 'appeal-pictures:' || account_id from accounts where person_id = $1::bigint)`,
      [citizen.personId],
    )
    expect((await citizenCall(citizen, 'POST', '', bodyFor(broken))).status).toBe(429)
    expect((await citizenCall(citizen, 'POST', '', bodyFor())).status).toBe(201)
    expect((await citizenCall(citizen, 'POST', '', bodyFor(broken))).status).toBe(409)
  })

  it.each([
    ['a reason the colour does not have', { category: 'close_contact' }, 'category', 'not_a_reason'],
    [
      'a picture that is none',
      { pictures: [{ content: JPEG.subarray(0, 200).toString('base64') }] },
      'pictures.0',
      'unreadable',
    ],
    ['a phone that is none', { contactPhone: '1391234567' }, 'contactPhone', 'length'],
    ['a division that is none', { divisionCode: '999999' }, 'divisionCode', 'unknown_division'],
    ['nothing said', { statement: '不对不对         ' }, 'statement', 'too_short'],
    ['somebody else', { memberId: randomUUID() }, 'memberId', 'not_a_member'],
  ])('refuses %s', async (_, more, field, reason) => {
    const { citizen } = await yellow()
    const { status, body } = await citizenCall(citizen, 'POST', '', bodyFor(more))
    expect([status, body.fields]).toEqual([400, [{ field, reason }]])
  })

  it('makes one of twenty at once, one of a repeat, and one open per reason', async () => {
    const { citizen } = await yellow()
    const body = bodyFor()
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => citizenCall(citizen, 'POST', '', body)),
    )
    expect(new Set(answers.map((answer) => answer.body.appealId)).size).toBe(1)
    expect((await citizenCall(citizen, 'GET', '')).body.appeals).toHaveLength(1)
    const second = await citizenCall(citizen, 'POST', '', bodyFor())
    expect([second.status, second.body.fields]).toEqual([409, [{ field: 'category', reason: 'open_appeal' }]])
    const reused = await citizenCall(citizen, 'POST', '', { ...body, category: 'none' })
    expect(reused.body.code).toBe('REQUEST_ID_REUSED')
  })

  it('is for people in one’s care too, and three times a day', async () => {
    const citizen = await registerCitizen(app)
    const member = await addMember(app, citizen)
    const { rows } = await app.parts.pool.query<{ member_id: string; person_id: string }>(
      'select member_id, person_id from members where account_id = (select account_id from accounts where person_id = $1::bigint)',
      [citizen.personId],
    )
    expect(member).toBeDefined()
    await findingOn(rows[0]?.person_id ?? '')
    for (let time = 0; time < 3; time += 1) {
      const made = await citizenCall(citizen, 'POST', '', bodyFor({ memberId: rows[0]?.member_id }))
      expect([made.status, made.body.memberId]).toEqual([201, rows[0]?.member_id])
      await citizenCall(citizen, 'POST', `/${made.body.appealId}/withdrawal`)
    }
    const fourth = await citizenCall(citizen, 'POST', '', bodyFor({ memberId: rows[0]?.member_id }))
    expect([fourth.status, fourth.body.retryAfterSeconds > 0]).toEqual([429, true])
  })

  it('belongs to its author', async () => {
    const { citizen, appealId } = await appealed()
    const other = await registerCitizen(app)
    expect((await citizenCall(other, 'POST', `/${appealId}/withdrawal`)).status).toBe(404)
    expect((await citizenCall(other, 'GET', '')).body.appeals).toEqual([])
    const withdrawn = await citizenCall(citizen, 'POST', `/${appealId}/withdrawal`)
    expect(withdrawn.body).toMatchObject({ state: 'withdrawn', mayWithdraw: false })
    expect((await citizenCall(citizen, 'POST', `/${appealId}/withdrawal`)).status).toBe(200)
    expect((await office.call('POST', at(appealId, '/taking'))).status).toBe(409)
  })
})

describe('handling', () => {
  it('is for offices of the division; whoever took it answers, and the colour stays', async () => {
    const { citizen, appealId } = await appealed()
    expect((await elsewhere.call('GET', at(appealId))).status).toBe(404)
    const seen = await office.call('GET', at(appealId))
    expect(seen.body).toMatchObject({
      contactPhoneMasked: '139****5678',
      person: { colour: 'yellow', findings: [{ category: 'co_presence', state: 'active' }] },
    })
    const untaken = await office.call('POST', at(appealId, '/answer'), { answer: '经核实当日确有停留记录。' })
    expect(untaken.status).toBe(409)
    await office.call('POST', at(appealId, '/taking'))
    const notMine = await office2.call('POST', at(appealId, '/answer'), {
      answer: '经核实当日确有停留记录。',
    })
    expect(notMine.body.fields).toEqual([{ field: 'handledBy', reason: 'not_taken' }])
    const answered = await office.call('POST', at(appealId, '/answer'), {
      answer: '经核实当日确有停留记录。',
    })
    expect(answered.body).toMatchObject({ state: 'answered', mine: true })
    const told = await mine(citizen)
    expect(told).toMatchObject({ state: 'answered', answer: '经核实当日确有停留记录。' })
    expect(told.steps.map(({ step }: { step: string }) => step)).toEqual(['submitted', 'taken', 'answered'])
    expect(JSON.stringify(told)).not.toContain('测试员')
    const notices = await app.http.inject({ url: '/api/v1/me/notices', headers: citizen.headers })
    expect(notices.json().notices).toContainEqual(
      expect.objectContaining({ kind: 'appeal_moved', details: { step: 'answered', appealId } }),
    )
    const lookups = await app.http.inject({ url: '/api/v1/me/lookups', headers: citizen.headers })
    expect(lookups.body).toContain('核实群众申诉')
  })

  it('goes to another division with a note that the citizen does not see', async () => {
    const { citizen, appealId } = await appealed()
    const moved = await hotline.call('POST', at(appealId, '/hand-over'), {
      divisionCode: '320303',
      note: '当事人现住地在外区',
    })
    expect([moved.status, moved.body.divisionCode]).toEqual([200, '320303'])
    expect((await office.call('GET', at(appealId))).status).toBe(404)
    const there = await elsewhere.call('GET', at(appealId))
    expect(there.body.steps.at(-1)).toMatchObject({ step: 'handed_over', note: '当事人现住地在外区' })
    expect(JSON.stringify(await mine(citizen))).not.toContain('现住地')
    expect((await hotline.call('POST', at(appealId, '/proposal'), proposalOf())).status).toBe(403)
  })

  it('shows the phone only with a purpose, and says so in the log and to its owner', async () => {
    const { citizen, appealId } = await appealed()
    expect((await office.call('POST', at(appealId, '/unmaskings'), {})).status).toBe(400)
    const shown = await office.call('POST', at(appealId, '/unmaskings'), {
      purpose: '核实群众申诉：电话核实行程',
    })
    expect(shown.body).toEqual({ contactPhone: '+8613912345678' })
    const { rows } = await app.parts.pool.query(
      `select purpose from audit_entries where action = 'appeal.phone_revealed' and object_id = $1::text`,
      [appealId],
    )
    expect(rows).toEqual([{ purpose: '核实群众申诉：电话核实行程' }])
    const lookups = await app.http.inject({ url: '/api/v1/me/lookups', headers: citizen.headers })
    expect(lookups.json().lookups).toContainEqual(
      expect.objectContaining({ means: 'unmasking', purpose: '核实群众申诉：电话核实行程' }),
    )
  })
})

describe('a proposal', () => {
  const proposed = async () => {
    const { citizen, appealId } = await appealed()
    await office.call('POST', at(appealId, '/taking'))
    const body = proposalOf()
    const made = await office.call('POST', at(appealId, '/proposal'), body)
    expect([made.status, made.body.fields]).toEqual([201, undefined])
    return { citizen, appealId, body, proposalId: made.body.proposalId as string }
  }

  it('is decided by another; approved, the colour follows and the appeal is upheld', async () => {
    const { citizen, appealId, body, proposalId } = await proposed()
    expect((await office.call('POST', at(appealId, '/proposal'), body)).body.proposalId).toBe(proposalId)
    expect((await citizenCall(citizen, 'POST', `/${appealId}/withdrawal`)).status).toBe(409)
    expect((await decide(office, proposalId)).body.code).toBe('OWN_PROPOSAL')
    expect((await decide(office2, proposalId)).status).toBe(200)
    await evaluate()
    expect(await mine(citizen)).toMatchObject({ state: 'upheld', answer: '车票属实' })
    const { body: file } = await hq.call('GET', `/api/v1/operator/persons/${citizen.personId}?purpose=flow`)
    expect(file.colour).toBe('green')
  })

  it('rejected, the appeal is refused with the reason', async () => {
    const { citizen, proposalId } = await proposed()
    await decide(office2, proposalId, 'reject')
    expect(await mine(citizen)).toMatchObject({ state: 'refused', answer: '车票属实' })
  })

  it('undecided, the appeal is in progress again and can be proposed anew', async () => {
    const { citizen, appealId, body, proposalId } = await proposed()
    app.setNow(later(73))
    await expireProposals(app.parts)
    await reopenLapsedAppeals(app.parts)
    expect(await mine(citizen)).toMatchObject({ state: 'in_progress' })
    const fresh = await createOperator(app, { roles: ['office'], divisionCode: '320302' })
    await fresh.call('POST', at(appealId, '/taking'))
    const again = await fresh.call('POST', at(appealId, '/proposal'), { ...body, requestId: randomUUID() })
    expect([again.status, again.body.proposalId !== proposalId]).toEqual([201, true])
  })

  it('tells the one who decides that a citizen will read the reason', async () => {
    const { appealId, proposalId } = await proposed()
    const { body } = await office2.call('GET', `/api/v1/operator/proposals/${proposalId}`)
    expect(body.appealId).toBe(appealId)
  })

  it('is about the reason appealed against, not about another one of the same person', async () => {
    const { citizen, findingId, appealId } = await appealed()
    await findingOn(citizen.personId, 'symptom')
    await office.call('POST', at(appealId, '/taking'))
    expect((await office.call('GET', at(appealId))).body.findingIds).toEqual([findingId])
    const made = await office.call('POST', at(appealId, '/proposal'), proposalOf())
    expect(made.body).toMatchObject({ category: 'co_presence', impact: { from: 'yellow', to: 'yellow' } })
    await decide(office2, made.body.proposalId)
    expect(await withdrawnOf(citizen.personId)).toEqual([findingId])
    const naming = await office.call('POST', at(appealId, '/proposal'), proposalOf({ findingId }))
    expect(naming.body.fields).toEqual([{ field: 'findingId', reason: 'unknown_field' }])
  })

  it('takes every finding behind the reason, so that the reason does not stay', async () => {
    const { citizen, findingId, appealId } = await appealed()
    const second = await findingOn(citizen.personId)
    await office.call('POST', at(appealId, '/taking'))
    const { body } = await office.call('POST', at(appealId, '/proposal'), proposalOf())
    expect(body.impact).toMatchObject({ from: 'yellow', to: 'green' })
    await decide(office2, body.proposalId)
    expect(await withdrawnOf(citizen.personId)).toEqual([findingId, second])
    await evaluate()
    expect(await mine(citizen)).toMatchObject({ state: 'upheld' })
    const file = await hq.call('GET', `/api/v1/operator/persons/${citizen.personId}?purpose=flow`)
    expect(file.body.colour).toBe('green')
  })

  it('can not be approved once the reason stands on more than it takes', async () => {
    const { citizen, proposalId } = await proposed()
    await findingOn(citizen.personId)
    const { status, body } = await decide(office2, proposalId)
    expect([status, body.fields]).toEqual([409, [{ field: 'findingId', reason: 'further_findings' }]])
    expect(await mine(citizen)).toMatchObject({ state: 'proposed' })
  })

  it('helps somebody whose discharge is known and who is still yellow', async () => {
    const citizen = await registerCitizen(app)
    const findingId = await findingOn(citizen.personId, 'confirmed')
    await app.parts.pool.query(
      `update findings set anchor_at = $2::timestamptz, ended_at = $3::timestamptz where finding_id = $1::bigint`,
      [findingId, later(-40 * 24), later(-20 * 24)],
    )
    await app.parts.pool.query(`insert into dirty_persons (person_id, cause) values ($1::bigint, 'test')`, [
      citizen.personId,
    ])
    await evaluate()
    const made = await citizenCall(citizen, 'POST', '', bodyFor({ category: 'confirmed' }))
    await office.call('POST', at(made.body.appealId, '/taking'))
    const seen = await office.call('GET', at(made.body.appealId))
    expect(seen.body).toMatchObject({ findingIds: [findingId], person: { colour: 'yellow' } })
    const earlier = { kind: 'ended', endedAt: later(-30 * 24).toISOString() }
    const proposal = await office.call('POST', at(made.body.appealId, '/proposal'), proposalOf(earlier))
    expect([proposal.status, proposal.body.fields]).toEqual([201, undefined])
  })

  it('does not soften what the province says, and is not for a reason that is gone', async () => {
    const citizen = await registerCitizen(app)
    const findingId = await findingOn(citizen.personId, 'provincial')
    await app.parts.pool.query(
      `update findings set details = '{"colour": "red"}', anchor_at = $2::timestamptz where finding_id = $1::bigint`,
      [findingId, later(-1)],
    )
    await app.parts.pool.query(`insert into dirty_persons (person_id, cause) values ($1::bigint, 'test')`, [
      citizen.personId,
    ])
    await evaluate()
    const made = await citizenCall(citizen, 'POST', '', bodyFor({ category: 'provincial' }))
    await office.call('POST', at(made.body.appealId, '/taking'))
    const refused = await office.call('POST', at(made.body.appealId, '/proposal'), proposalOf())
    expect(refused.body.fields).toEqual([{ field: 'kind', reason: 'given_by_province' }])
    await app.parts.pool.query('update findings set withdrawn_at = now() where finding_id = $1::bigint', [
      findingId,
    ])
    const late = await office.call('POST', at(made.body.appealId, '/proposal'), proposalOf())
    expect([late.status, late.body.fields]).toEqual([409, [{ field: 'category', reason: 'no_finding' }]])
  })
})

it('is listed by division, state and handler, page by page', async () => {
  const first = await appealed()
  await appealed()
  await office2.call('POST', at(first.appealId, '/taking'))
  const own = await office2.call('GET', '/api/v1/operator/appeals?mine=true&state=in_progress')
  expect(own.body.appeals.map((entry: { appealId: string }) => entry.appealId)).toContain(first.appealId)
  const page = await office.call('GET', '/api/v1/operator/appeals?limit=1')
  const next = await office.call('GET', `/api/v1/operator/appeals?limit=1&cursor=${page.body.nextCursor}`)
  expect(next.body.appeals[0].appealId).not.toBe(page.body.appeals[0].appealId)
  expect(next.body.appeals[0].submittedAt <= page.body.appeals[0].submittedAt).toBe(true)

  // Whoever has waited longest is the next to be taken.
  app.setNow(later(-20))
  const { appealId } = await appealed()
  app.setNow(start)
  const waiting = await office.call('GET', '/api/v1/operator/appeals?state=submitted&limit=1')
  expect(waiting.body.appeals[0].appealId).toBe(appealId)
  const after = `/api/v1/operator/appeals?state=submitted&limit=1&cursor=${waiting.body.nextCursor}`
  expect((await office.call('GET', after)).body.appeals[0].submittedAt).toBe(start.toISOString())
})

it('is deleted with its pictures half a year after its end', async () => {
  const { citizen, appealId } = await appealed({ pictures: [{ content: PNG.toString('base64') }] })
  await citizenCall(citizen, 'POST', `/${appealId}/withdrawal`)
  app.setNow(later(179 * 24))
  await purgeAppeals(app.parts)
  const left = () =>
    app.parts.pool.query('select 1 from appeal_pictures where appeal_id = $1::uuid', [appealId])
  expect((await left()).rowCount).toBe(1)
  app.setNow(later(181 * 24))
  await purgeAppeals(app.parts)
  expect((await left()).rowCount).toBe(0)
  const certificates = `select from audit_entries where action = 'retention.purged' and object_kind = 'appeal'`
  expect((await app.parts.pool.query(certificates)).rowCount).toBe(1)
})
