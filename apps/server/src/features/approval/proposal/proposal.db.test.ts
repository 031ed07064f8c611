import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { registerCitizen } from '../../../../test/factories.ts'
import { useImports } from '../../../../test/imports.ts'
import { createOperator, type TestOperator } from '../../../../test/operators.ts'
import { PROPOSALS, useProposals } from '../../../../test/proposals.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'
import { expireProposals } from './expire-proposals.ts'

const start = new Date('2022-03-20T02:00:00Z')
const hoursLater = (hours: number) => new Date(start.getTime() + hours * 3600_000)

let app: TestApp
let hq: TestOperator
let districtHq: TestOperator
let office: TestOperator
let office2: TestOperator
beforeAll(async () => {
  app = await startTestApp({ now: start, environment: { PROPOSAL_EXPIRY_HOURS: '1' } })
  hq = await createOperator(app, { roles: ['hq'] })
  districtHq = await createOperator(app, { roles: ['hq'], divisionCode: '320302' })
  office = await createOperator(app, { roles: ['office'], divisionCode: '320302' })
  office2 = await createOperator(app, { roles: ['office'], divisionCode: '320302' })
})
beforeEach(() => app.setNow(start))
afterAll(() => app.close())

const { add, decide, evaluate, found, end, show, actionsOn } = useProposals(() => app)
const withdraw = (by: TestOperator, proposalId: string, reason = '录入有误') =>
  by.call('POST', `${PROPOSALS}/${proposalId}/withdrawal`, { reason })
const red = { category: 'close_contact' }

describe('what needs headquarters', () => {
  it('is for those of the whole city, not of a district', async () => {
    const { personId } = await registerCitizen(app)
    const { proposalId } = await add(office, personId, red)
    expect((await show(districtHq, proposalId)).allowed).toEqual(['reject'])
    const refused = await decide(districtHq, proposalId)
    expect([refused.status, refused.body.fields]).toEqual([
      403,
      [{ field: 'division', reason: 'needs_city' }],
    ])
    expect((await show(office2, proposalId)).allowed).toEqual(['reject'])
    expect((await show(office, proposalId)).allowed).toEqual(['withdraw'])
    expect((await show(hq, proposalId)).allowed).toEqual(['approve', 'reject'])
    expect((await decide(hq, proposalId)).body).toMatchObject({ state: 'approved', allowed: [] })
  })

  it('is to say that red was never right', async () => {
    const { personId } = await registerCitizen(app)
    const findingId = await found(office, hq, personId, 'close_contact')
    const { body } = await end(office, findingId)
    expect(body).toMatchObject({ needsHq: true, impact: { from: 'red', to: 'green' } })
    expect((await decide(office2, body.proposalId)).body.fields).toEqual([
      { field: 'category', reason: 'needs_hq' },
    ])
    expect((await decide(districtHq, body.proposalId)).status).toBe(403)
    expect((await decide(hq, body.proposalId)).status).toBe(200)
  })

  it('is the second of two withdrawals that together take red away, whichever comes first', async () => {
    const { personId } = await registerCitizen(app)
    const one = await found(office, hq, personId, 'close_contact')
    const two = await found(office, hq, personId, 'inbound_abroad')
    const ends = [(await end(office, one)).body, (await end(office, two)).body]
    expect(ends.map(({ needsHq }) => needsHq)).toEqual([false, false])
    const decisions = await Promise.all(ends.map(({ proposalId }) => decide(office2, proposalId)))
    expect(decisions.map(({ status }) => status).sort()).toEqual([200, 403])
  })

  it('is not the end of red by its regular fact, nor a withdrawal that leaves red standing', async () => {
    const { personId } = await registerCitizen(app)
    const post = await found(office, hq, personId, 'high_risk_post')
    const left = await end(office, post, { kind: 'ended', endedAt: '2022-03-20T01:00:00.000Z' })
    expect(left.body).toMatchObject({ needsHq: false, impact: { from: 'red', to: 'green' } })
    expect((await decide(office2, left.body.proposalId)).status).toBe(200)
  })
})

describe('what was seen', () => {
  it('stays with the proposal after the colour has changed', async () => {
    const { personId } = await registerCitizen(app)
    const { proposalId } = await add(office, personId, red)
    const yellow = await add(office, personId)
    await decide(office2, yellow.proposalId)
    await evaluate()
    const seen = { from: 'yellow', to: 'red', until: expect.any(String) }
    expect((await decide(hq, proposalId)).body.impact).toEqual(seen)
    await evaluate()
    const auditor = await createOperator(app, { roles: ['auditor'] })
    expect(await show(auditor, proposalId)).toMatchObject({
      impact: seen,
      impactWhenProposed: { from: 'green', to: 'red' },
    })
    const { rows } = await app.parts.pool.query(
      `select details from audit_entries where object_kind = 'proposal' and object_id = $1::text and action = 'proposal.approved'`,
      [proposalId],
    )
    expect(rows).toMatchObject([{ details: { from: 'yellow', to: 'red' } }])
  })

  it('is what its maker saw where nobody decided', async () => {
    const { personId } = await registerCitizen(app)
    const { proposalId } = await add(office, personId, red)
    await found(office, hq, personId, 'inbound_abroad')
    expect((await show(hq, proposalId)).impact).toMatchObject({ from: 'red' })
    await withdraw(office, proposalId)
    expect((await show(hq, proposalId)).impact).toMatchObject({ from: 'green', to: 'red' })
  })

  it('is absent, not false, where it was not kept', async () => {
    const { personId } = await registerCitizen(app)
    const { proposalId } = await add(office, personId)
    await decide(office2, proposalId)
    await app.parts.pool.query(
      `update proposals set seen_at_proposal = null, seen_at_decision = null where proposal_id = $1::bigint`,
      [proposalId],
    )
    const shown = await show(hq, proposalId)
    expect(['impact', 'impactWhenProposed'].filter((name) => name in shown)).toEqual([])
  })
})

describe('deciding', () => {
  it('needs a reason, for both verdicts', async () => {
    const { personId } = await registerCitizen(app)
    const { proposalId } = await add(office, personId)
    const refused = []
    for (const verdict of ['approve', 'reject'])
      for (const reason of ['', '好', 'x'.repeat(301)])
        refused.push((await decide(office2, proposalId, verdict, reason)).status)
    const without = await office2.call('POST', `${PROPOSALS}/${proposalId}/decision`, { verdict: 'reject' })
    expect([...refused, without.status]).toEqual(Array(7).fill(400))
    expect((await show(office2, proposalId)).state).toBe('open')
    expect((await decide(office2, proposalId, 'reject', '依据不足')).body).toMatchObject({
      state: 'rejected',
      decisionReason: '依据不足',
    })
  })
})

describe('taking a proposal back', () => {
  it('is for its maker, with a reason, and leaves nothing to decide', async () => {
    const { personId } = await registerCitizen(app)
    const { proposalId } = await add(office, personId)
    expect((await withdraw(office2, proposalId)).status).toBe(403)
    expect((await withdraw(office, proposalId, '')).status).toBe(400)
    const auditor = await createOperator(app, { roles: ['auditor'] })
    expect((await withdraw(auditor, proposalId)).status).toBe(403)
    const { status, body } = await withdraw(office, proposalId)
    expect([status, body]).toMatchObject([
      200,
      { state: 'withdrawn', decisionReason: '录入有误', allowed: [] },
    ])
    expect(body.decidedBy).toBeUndefined()
    expect((await withdraw(office, proposalId)).body.code).toBe('STATE_CONFLICT')
    expect((await decide(hq, proposalId)).body.fields).toEqual([{ field: 'state', reason: 'withdrawn' }])
    expect(await actionsOn(proposalId)).toEqual(['proposal.made', 'proposal.withdrawn'])
    const listed = await hq.call('GET', `${PROPOSALS}?state=withdrawn&personId=${personId}`)
    expect(listed.body.proposals).toHaveLength(1)
  })

  it('leaves the list as it was checked, to be proposed again or given up', async () => {
    const { checked, person, propose } = useImports(() => app)
    const { row } = await person()
    const list = await checked(office, `\ufeff姓名,身份证号码,赋码类别,起算日期,依据\r\n${row}\r\n`)
    const first = await propose(office, list.importId)
    await withdraw(office, first.body.proposalId)
    expect((await office.call('GET', `/api/v1/operator/imports/${list.importId}`)).body.state).toBe('checked')
    const second = await propose(office, list.importId)
    expect([second.status, second.body.state]).toEqual([201, 'open'])
    expect((await decide(office2, second.body.proposalId)).status).toBe(200)
  })
})

describe('time', () => {
  /** Everybody is still at work then. */
  const moveTo = async (now: Date) => {
    app.setNow(now)
    await app.parts.pool.query('update operator_sessions set last_used_at = $1::timestamptz', [now])
  }

  it('ends a proposal after the configured hours, and the job says so once', async () => {
    const { personId } = await registerCitizen(app)
    const { proposalId, expiresAt } = await add(office, personId)
    expect(expiresAt).toBe(hoursLater(1).toISOString())
    await moveTo(hoursLater(0.99))
    await expireProposals(app.parts)
    expect((await show(hq, proposalId)).state).toBe('open')
    await moveTo(hoursLater(1))
    expect((await decide(office2, proposalId)).body.fields).toEqual([{ field: 'state', reason: 'expired' }])
    expect((await withdraw(office, proposalId)).body.fields).toEqual([{ field: 'state', reason: 'expired' }])
    await expireProposals(app.parts)
    await expireProposals(app.parts)
    expect(await actionsOn(proposalId)).toEqual(['proposal.made', 'proposal.expired'])
  })
})

describe('my proposals', () => {
  it('are those I made, whatever became of them', async () => {
    const maker = await createOperator(app, { roles: ['epidemiologist'], divisionCode: '320302' })
    const { personId } = await registerCitizen(app)
    const mine = [await add(maker, personId), await add(maker, personId, red)].map(
      ({ proposalId }) => proposalId,
    )
    await add(office, personId)
    await decide(office2, mine[0] ?? '', 'reject', '依据不足')
    const { body } = await maker.call('GET', `${PROPOSALS}?mine=true`)
    expect(body.proposals).toMatchObject([
      { proposalId: mine[1], state: 'open' },
      { proposalId: mine[0], state: 'rejected', decisionReason: '依据不足' },
    ])
  })
})
