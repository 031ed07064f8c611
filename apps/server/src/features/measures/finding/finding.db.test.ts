import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { registerCitizen } from '../../../../test/factories.ts'
import { createOperator, type TestOperator } from '../../../../test/operators.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'
import { inTransaction } from '../../../db/pool.ts'
import { evaluateDirty } from '../../colours/status/status.service.ts'

const start = new Date('2022-03-20T02:00:00Z')
const hoursLater = (hours: number) => new Date(start.getTime() + hours * 3600_000)

let app: TestApp
let hq: TestOperator
let hq2: TestOperator
let office: TestOperator
let office2: TestOperator
let elsewhere: TestOperator
beforeAll(async () => {
  app = await startTestApp({ now: start })
  hq = await createOperator(app, { roles: ['hq'] })
  hq2 = await createOperator(app, { roles: ['hq'] })
  office = await createOperator(app, { roles: ['office'], divisionCode: '320302' })
  office2 = await createOperator(app, { roles: ['office'], divisionCode: '320302' })
  elsewhere = await createOperator(app, { roles: ['office'], divisionCode: '320303' })
})
beforeEach(() => app.setNow(start))
afterAll(() => app.close())

const proposals = '/api/v1/operator/finding-proposals'
const bodyFor = (personId: string, more: object = {}) => ({
  requestId: randomUUID(),
  personId,
  category: 'close_contact',
  anchorAt: '2022-03-19T04:00:00.000Z',
  evidence: '流调报告 2022-031',
  source: '鼓楼区疾控中心',
  ...more,
})
const propose = async (by: TestOperator, personId: string, more: object = {}) => {
  const { status, body } = await by.call('POST', proposals, bodyFor(personId, more))
  expect([status, body.code]).toEqual([201, undefined])
  return body
}
const decide = (by: TestOperator, proposalId: string, verdict = 'approve') =>
  by.call('POST', `/api/v1/operator/proposals/${proposalId}/decision`, { verdict, reason: '材料齐全' })
const evaluate = () => inTransaction(app.parts.pool, (tx) => evaluateDirty(tx, 100, app.parts.clock()))
const colourOf = async (personId: string): Promise<string | undefined> => {
  const { body } = await hq.call('GET', `/api/v1/operator/persons/${personId}?purpose=flow`)
  return body.colour
}
const count = async (table: 'findings' | 'proposals' | 'dirty_persons', personId: string) =>
  (await app.parts.pool.query(`select 1 from ${table} where person_id = $1::bigint`, [personId])).rowCount
const actionsOn = async (objectId: string) =>
  (
    await app.parts.pool.query<{ action: string; actor_id: string }>(
      `select action, actor_id from audit_entries where object_kind = 'proposal' and object_id = $1::text order by audit_id`,
      [objectId],
    )
  ).rows

describe('proposing a finding', () => {
  it('changes nothing and tells what it would do', async () => {
    const { personId } = await registerCitizen(app)
    const proposal = await propose(office, personId)
    expect(proposal).toEqual({
      proposalId: expect.any(String),
      kind: 'finding.add',
      state: 'open',
      person: { personId, nameMasked: '张**', documentNumberMasked: expect.stringMatching(/^32\*+..$/) },
      category: 'close_contact',
      anchorAt: '2022-03-19T04:00:00.000Z',
      evidence: '流调报告 2022-031',
      source: '鼓楼区疾控中心',
      // Day 0 is 19 March, so the 14th day ends with 2 April in Shanghai.
      impact: { from: 'green', to: 'red', until: '2022-04-02T16:00:00.000Z' },
      impactWhenProposed: { from: 'green', to: 'red', until: '2022-04-02T16:00:00.000Z' },
      needsHq: true,
      alarms: [],
      proposedBy: '测试员',
      proposedAt: start.toISOString(),
      mine: true,
      allowed: ['withdraw'],
      expiresAt: hoursLater(72).toISOString(),
    })
    await evaluate()
    expect([await count('findings', personId), await colourOf(personId)]).toEqual([0, 'green'])
    expect(await actionsOn(proposal.proposalId)).toEqual([
      { action: 'proposal.made', actor_id: office.operatorId },
    ])
  })

  it('is made once however often the request arrives, and not under somebody else’s request', async () => {
    const { personId } = await registerCitizen(app)
    const body = bodyFor(personId)
    const answers = await Promise.all(Array.from({ length: 5 }, () => office.call('POST', proposals, body)))
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201, 201])
    expect(new Set(answers.map((answer) => answer.body.proposalId)).size).toBe(1)
    expect(await count('proposals', personId)).toBe(1)
    expect((await office2.call('POST', proposals, body)).body.code).toBe('REQUEST_ID_REUSED')
    const other = await registerCitizen(app)
    const answer = await office.call('POST', proposals, { ...body, personId: other.personId })
    expect([answer.status, answer.body.code]).toEqual([409, 'REQUEST_ID_REUSED'])
    for (const more of [
      { category: 'confirmed' },
      { evidence: '另一份报告' },
      { anchorAt: '2022-03-18T04:00:00.000Z' },
    ]) {
      const changed = await office.call('POST', proposals, { ...body, ...more })
      expect([changed.status, changed.body.code]).toEqual([409, 'REQUEST_ID_REUSED'])
    }
  })

  it.each([
    ['an unknown category', { category: 'bad_mood' }, 'category', 'not_allowed'],
    ['a category that only systems report', { category: 'provincial' }, 'category', 'not_allowed'],
    ['an anchor in the future', { anchorAt: '2022-03-20T02:00:01.000Z' }, 'anchorAt', 'in_the_future'],
    ['an anchor that is no instant', { anchorAt: 'yesterday' }, 'anchorAt', 'format'],
    ['no evidence', { evidence: '' }, 'evidence', 'too_short'],
    ['a colour', { colour: 'green' }, 'colour', 'unknown_field'],
    ['a number as person', { personId: 5 }, 'personId', 'wrong_type'],
  ])('refuses %s', async (_, more, field, reason) => {
    const { personId } = await registerCitizen(app)
    const { status, body } = await office.call('POST', proposals, bodyFor(personId, more))
    expect([status, body.code, body.fields]).toEqual([400, 'VALIDATION_FAILED', [{ field, reason }]])
    expect(await count('proposals', personId)).toBe(0)
  })

  it('is for those who investigate, about somebody who is there', async () => {
    const { personId } = await registerCitizen(app)
    expect((await office.call('POST', proposals, bodyFor('999999'))).status).toBe(404)
    for (const role of ['hotline', 'auditor', 'sysadmin', 'venue_manager', 'checker', 'sampler', 'lab']) {
      const operator = await createOperator(app, { roles: [role] })
      expect((await operator.call('POST', proposals, bodyFor(personId))).status).toBe(403)
    }
    const nobody = await app.http.inject({ method: 'POST', url: proposals, payload: bodyFor(personId) })
    expect(nobody.statusCode).toBe(401)
  })
})

describe('deciding', () => {
  it('turns the person the proposed colour, with both names on the finding', async () => {
    const { personId } = await registerCitizen(app)
    const { proposalId } = await propose(office, personId)
    const { status, body } = await decide(hq, proposalId)
    expect([status, body]).toMatchObject([
      200,
      { state: 'approved', mine: false, decidedBy: '测试员', decisionReason: '材料齐全' },
    ])
    expect(await evaluate()).toBe(1)
    expect(await colourOf(personId)).toBe('red')
    const { rows } = await app.parts.pool.query(
      `select proposal_id, category, anchor_at, entered_by, approved_by from findings where person_id = $1::bigint`,
      [personId],
    )
    expect(rows).toEqual([
      {
        proposal_id: proposalId,
        category: 'close_contact',
        anchor_at: new Date('2022-03-19T04:00:00.000Z'),
        entered_by: office.operatorId,
        approved_by: hq.operatorId,
      },
    ])
    expect((await actionsOn(proposalId)).map(({ action }) => action)).toEqual([
      'proposal.made',
      'proposal.approved',
    ])
  })

  it('leaves everything as it is when rejected', async () => {
    const { personId } = await registerCitizen(app)
    const { proposalId } = await propose(office, personId)
    expect((await decide(office2, proposalId, 'reject')).body.state).toBe('rejected')
    expect([await count('findings', personId), await count('dirty_persons', personId)]).toEqual([0, 0])
    expect((await actionsOn(proposalId)).at(-1)?.action).toBe('proposal.rejected')
    expect((await decide(hq, proposalId)).body.code).toBe('STATE_CONFLICT')
  })

  it('is not for the proposer, not even at headquarters', async () => {
    const { personId } = await registerCitizen(app)
    for (const by of [office, hq]) {
      const { proposalId } = await propose(by, personId, { category: 'co_presence' })
      for (const verdict of ['approve', 'reject']) {
        const { status, body } = await decide(by, proposalId, verdict)
        expect([status, body.code]).toEqual([403, 'OWN_PROPOSAL'])
      }
    }
    expect(await count('findings', personId)).toBe(0)
  })

  it('counts once, whoever decides at the same time', async () => {
    const { personId } = await registerCitizen(app)
    const { proposalId } = await propose(office, personId, { category: 'co_presence' })
    const deciders = [hq, hq2, office2, hq, hq2, office2, hq, hq2]
    const answers = await Promise.all(
      deciders.map((by, index) => decide(by, proposalId, index % 2 === 0 ? 'approve' : 'reject')),
    )
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(answers.filter(({ body }) => body.code === 'STATE_CONFLICT')).toHaveLength(7)
    const { state } = answers.find(({ status }) => status === 200)?.body ?? {}
    expect(await count('findings', personId)).toBe(state === 'approved' ? 1 : 0)
    expect(await actionsOn(proposalId)).toHaveLength(2)
  })

  it('needs headquarters for what can turn somebody red', async () => {
    const { personId } = await registerCitizen(app)
    const red = await propose(office, personId)
    const { status, body } = await decide(office2, red.proposalId)
    expect([status, body.fields]).toEqual([403, [{ field: 'category', reason: 'needs_hq' }]])
    expect((await hq.call('GET', `/api/v1/operator/proposals/${red.proposalId}`)).body.state).toBe('open')
    const yellow = await propose(office, personId, { category: 'co_presence' })
    expect((await decide(office2, yellow.proposalId)).body.state).toBe('approved')
  })

  it('is for the division and those above it', async () => {
    const { personId } = await registerCitizen(app)
    const { proposalId } = await propose(office, personId, { category: 'co_presence' })
    const url = `/api/v1/operator/proposals/${proposalId}`
    expect((await elsewhere.call('GET', url)).status).toBe(404)
    expect((await decide(elsewhere, proposalId)).status).toBe(404)
    const ofCity = await propose(hq, personId, { category: 'co_presence' })
    expect((await decide(office, ofCity.proposalId)).status).toBe(404)
    const listOf = async (by: TestOperator): Promise<string[]> => {
      const { body } = await by.call('GET', `/api/v1/operator/proposals?personId=${personId}`)
      return body.proposals.map((proposal: { proposalId: string }) => proposal.proposalId)
    }
    expect(await listOf(elsewhere)).toEqual([])
    expect(await listOf(office2)).toEqual([proposalId])
    expect(await listOf(hq2)).toEqual([ofCity.proposalId, proposalId])
  })

  it('is for offices and headquarters: others read at most', async () => {
    const { personId } = await registerCitizen(app)
    const { proposalId } = await propose(office, personId)
    const url = `/api/v1/operator/proposals/${proposalId}`
    for (const role of ['epidemiologist', 'auditor']) {
      const operator = await createOperator(app, { roles: [role] })
      expect((await operator.call('GET', url)).body).toMatchObject({ state: 'open', mine: false })
      expect((await decide(operator, proposalId)).status).toBe(403)
    }
    for (const role of ['sysadmin', 'checker'])
      expect((await (await createOperator(app, { roles: [role] })).call('GET', url)).status).toBe(403)
    expect((await hq.call('GET', '/api/v1/operator/proposals/999999')).status).toBe(404)
    expect((await decide(hq, '999999')).status).toBe(404)
  })

  it('comes too late after 72 hours', async () => {
    const { personId } = await registerCitizen(app)
    const { proposalId } = await propose(office, personId)
    app.setNow(hoursLater(72))
    const late = await createOperator(app, { roles: ['hq'] })
    const { status, body } = await decide(late, proposalId)
    expect([status, body.code, body.fields]).toEqual([
      409,
      'STATE_CONFLICT',
      [{ field: 'state', reason: 'expired' }],
    ])
    const listed = await late.call('GET', `/api/v1/operator/proposals?state=expired&personId=${personId}`)
    expect(listed.body.proposals).toMatchObject([{ proposalId, state: 'expired' }])
    const open = await late.call('GET', `/api/v1/operator/proposals?state=open&personId=${personId}`)
    expect(open.body.proposals).toEqual([])
    expect(await count('findings', personId)).toBe(0)
  })
})

describe('lists', () => {
  it('pages through proposals without gaps or repeats', async () => {
    const { personId } = await registerCitizen(app)
    const made: string[] = []
    for (let index = 0; index < 5; index += 1) made.unshift((await propose(office, personId)).proposalId)
    const seen: string[] = []
    let cursor = ''
    for (let pages = 0; pages < 3; pages += 1) {
      const { body } = await hq.call(
        'GET',
        `${'/api/v1/operator/proposals'}?limit=2&personId=${personId}${cursor}`,
      )
      seen.push(...body.proposals.map((proposal: { proposalId: string }) => proposal.proposalId))
      cursor = `&cursor=${body.nextCursor}`
      if (pages === 2) expect(body.nextCursor).toBeUndefined()
    }
    expect(seen).toEqual(made)
    for (const query of ['cursor=x', 'limit=0', 'limit=101', 'state=maybe', 'colour=red'])
      expect((await hq.call('GET', `/api/v1/operator/proposals?${query}`)).status).toBe(400)
  })

  it('names the categories of the rules in force and who may enter them', async () => {
    const { body } = await office.call('GET', '/api/v1/operator/finding-categories')
    expect(body.rulesetId).toBe('xz-2022-03')
    const of = (name: string) =>
      body.categories.find(({ category }: { category: string }) => category === name)
    expect(of('close_contact')).toMatchObject({
      title: { zh: '密切接触者', en: 'Close contact' },
      manual: true,
      colours: ['red', 'yellow'],
    })
    expect(of('provincial')).toMatchObject({ manual: false, endKinds: [] })
    expect(of('close_contact').endKinds).toEqual(['withdrawn'])
    expect(of('confirmed')).toMatchObject({
      ends: expect.arrayContaining(['discharge']),
      endKinds: ['ended', 'withdrawn'],
    })
  })
})
