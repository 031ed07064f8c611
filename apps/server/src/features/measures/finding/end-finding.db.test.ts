import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { registerCitizen } from '../../../../test/factories.ts'
import { createOperator, type TestOperator } from '../../../../test/operators.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'
import { inTransaction } from '../../../db/pool.ts'
import { evaluateDirty } from '../../colours/status/status.service.ts'

const start = new Date('2022-03-20T02:00:00Z')
const hoursLater = (hours: number) => new Date(start.getTime() + hours * 3600_000)

let app: TestApp
let hq: TestOperator
let office: TestOperator
let office2: TestOperator
beforeAll(async () => {
  app = await startTestApp({ now: start })
  hq = await createOperator(app, { roles: ['hq'] })
  office = await createOperator(app, { roles: ['office'], divisionCode: '320302' })
  office2 = await createOperator(app, { roles: ['office'], divisionCode: '320302' })
})
afterAll(() => app.close())

const propose = async (by: TestOperator, personId: string, more: object = {}) => {
  const { status, body } = await by.call('POST', '/api/v1/operator/finding-proposals', {
    requestId: randomUUID(),
    personId,
    category: 'close_contact',
    anchorAt: '2022-03-19T04:00:00.000Z',
    evidence: '流调报告 2022-031',
    source: '鼓楼区疾控中心',
    ...more,
  })
  expect([status, body.code]).toEqual([201, undefined])
  return body
}
const decide = (by: TestOperator, proposalId: string) =>
  by.call('POST', `/api/v1/operator/proposals/${proposalId}/decision`, {
    verdict: 'approve',
    reason: '材料齐全',
  })
const evaluate = () => inTransaction(app.parts.pool, (tx) => evaluateDirty(tx, 100, app.parts.clock()))
const colourOf = async (personId: string): Promise<string | undefined> => {
  const { body } = await hq.call('GET', `/api/v1/operator/persons/${personId}?purpose=flow`)
  return body.colour
}
const countFindings = async (personId: string) =>
  (await app.parts.pool.query('select 1 from findings where person_id = $1::bigint', [personId])).rowCount

describe('ending a finding', () => {
  const endUrl = (findingId: string) => `/api/v1/operator/findings/${findingId}/end-proposals`
  const ending = (more: object = {}) => ({
    requestId: randomUUID(),
    kind: 'ended',
    endedAt: '2022-03-20T01:00:00.000Z',
    evidence: '解除通知书 77 号',
    ...more,
  })
  const createFinding = async (category: string) => {
    const citizen = await registerCitizen(app)
    const { proposalId } = await propose(office, citizen.personId, { category })
    await decide(hq, proposalId)
    await evaluate()
    const { rows } = await app.parts.pool.query<{ finding_id: string }>(
      'select finding_id from findings where proposal_id = $1::bigint',
      [proposalId],
    )
    return { ...citizen, findingId: rows[0]?.finding_id ?? '' }
  }

  it('brings the colour back when a second operator agrees', async () => {
    const { personId, findingId } = await createFinding('control_zone')
    expect(await colourOf(personId)).toBe('yellow')
    const proposed = await office.call('POST', endUrl(findingId), ending())
    expect([proposed.status, proposed.body]).toMatchObject([
      201,
      {
        kind: 'finding.end',
        endKind: 'ended',
        category: 'control_zone',
        impact: { from: 'yellow', to: 'green' },
      },
    ])
    expect((await decide(office, proposed.body.proposalId)).body.code).toBe('OWN_PROPOSAL')
    expect((await decide(office2, proposed.body.proposalId)).body.state).toBe('approved')
    await evaluate()
    expect(await colourOf(personId)).toBe('green')
  })

  it('withdraws what was never right, once, and keeps the row', async () => {
    const { personId, findingId } = await createFinding('close_contact')
    const withdrawal = () => ({ requestId: randomUUID(), kind: 'withdrawn', evidence: '同名误录' })
    const first = await office.call('POST', endUrl(findingId), withdrawal())
    const second = await office.call('POST', endUrl(findingId), withdrawal())
    expect(first.body.impact).toMatchObject({ from: 'red', to: 'green' })
    const decisions = await Promise.all([first, second].map(({ body }) => decide(hq, body.proposalId)))
    expect(decisions.map(({ status }) => status).sort()).toEqual([200, 409])
    await evaluate()
    expect([await colourOf(personId), await countFindings(personId)]).toEqual(['green', 1])
    expect((await office.call('POST', endUrl(findingId), withdrawal())).status).toBe(404)
  })

  it('answers a repeated request with its first proposal, also once that is decided', async () => {
    const { findingId } = await createFinding('close_contact')
    const withdrawal = { requestId: randomUUID(), kind: 'withdrawn', evidence: '同名误录' }
    const { proposalId } = (await office.call('POST', endUrl(findingId), withdrawal)).body
    expect((await decide(hq, proposalId)).body.state).toBe('approved')
    const repeated = await office.call('POST', endUrl(findingId), withdrawal)
    expect([repeated.status, repeated.body]).toMatchObject([201, { proposalId, state: 'approved' }])
    // Somebody else's request of that number is none of theirs.
    expect((await office2.call('POST', endUrl(findingId), withdrawal)).status).toBe(404)
  })

  it.each([
    ['without its time', { endedAt: undefined }, 'endedAt', 'required'],
    ['in the future', { endedAt: '2022-03-20T03:00:00.000Z' }, 'endedAt', 'in_the_future'],
    ['before it began', { endedAt: '2022-03-19T03:00:00.000Z' }, 'endedAt', 'before_anchor'],
    ['in an unknown way', { kind: 'forgotten' }, 'kind', 'not_allowed'],
  ])('is refused %s', async (_, more, field, reason) => {
    const { findingId } = await createFinding('control_zone')
    const { status, body } = await office.call('POST', endUrl(findingId), ending(more))
    expect([status, body.fields]).toEqual([400, [{ field, reason }]])
  })

  const provincialRed = async () => {
    const { personId } = await registerCitizen(app)
    const { rows } = await app.parts.pool.query<{ finding_id: string }>(
      `insert into findings (person_id, category, anchor_at, evidence, source, details)
       values ($1::bigint, 'provincial', $2::timestamptz, '省平台', 'provincial', $3::jsonb) returning finding_id`,
      [personId, hoursLater(-2), { colour: 'red', observedAt: hoursLater(-2).toISOString() }],
    )
    return { personId, findingId: rows[0]?.finding_id ?? '' }
  }
  const draftOf = async (personId: string, payload: object): Promise<string> => {
    const { rows } = await app.parts.pool.query<{ proposal_id: string }>(
      `insert into proposals (kind, person_id, payload, division_code, proposed_by, proposed_at, expires_at, request_id)
       values ('finding.end', $1::bigint, $2::jsonb, '320302', $3::bigint, $4::timestamptz, $5::timestamptz, gen_random_uuid())
       returning proposal_id`,
      [personId, payload, office.operatorId, start, hoursLater(72)],
    )
    return rows[0]?.proposal_id ?? ''
  }

  it.each(['ended', 'withdrawn'])('is not for a colour that the province gave: %s', async (kind) => {
    const { personId, findingId } = await provincialRed()
    const { status, body } = await office.call('POST', endUrl(findingId), ending({ kind }))
    expect([status, body.fields]).toEqual([400, [{ field: 'kind', reason: 'given_by_province' }]])
    const draft = { category: 'provincial', evidence: '核实', source: 's', findingId, endKind: kind }
    const proposalId = await draftOf(personId, { ...draft, endedAt: start.toISOString() })
    const decision = await decide(hq, proposalId)
    expect([decision.status, decision.body.fields]).toEqual([
      409,
      [{ field: 'kind', reason: 'given_by_province' }],
    ])
    const { rows } = await app.parts.pool.query(
      'select 1 from findings where finding_id = $1::bigint and ended_at is null and withdrawn_at is null',
      [findingId],
    )
    expect(rows).toHaveLength(1)
  })

  it.each(['close_contact', 'co_presence', 'symptom'])(
    'of a %s is no fact that anything waits for: it runs out, or was never right',
    async (category) => {
      const { personId, findingId } = await createFinding(category)
      const { status, body } = await office.call('POST', endUrl(findingId), ending())
      expect([status, body.fields]).toEqual([400, [{ field: 'kind', reason: 'nothing_awaited' }]])
      const draft = { category, evidence: '核实', source: 's', findingId, endKind: 'ended' }
      const proposalId = await draftOf(personId, { ...draft, endedAt: start.toISOString() })
      expect((await decide(hq, proposalId)).body.fields).toEqual([
        { field: 'kind', reason: 'nothing_awaited' },
      ])
      const withdrawn = await office.call('POST', endUrl(findingId), ending({ kind: 'withdrawn' }))
      expect(withdrawn.status).toBe(201)
    },
  )

  it('is not for an unknown finding or a hotline', async () => {
    expect((await office.call('POST', endUrl('999999'), ending())).status).toBe(404)
    const hotline = await createOperator(app, { roles: ['hotline'] })
    expect((await hotline.call('POST', endUrl('1'), ending())).status).toBe(403)
  })
})
