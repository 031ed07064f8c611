import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  addMember,
  addRelative,
  createVenue,
  registerCitizen,
  type SignedIn,
  signInCitizen,
} from '../../../../test/factories.ts'
import { createOperator } from '../../../../test/operators.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'
import { inTransaction } from '../../../db/pool.ts'
import { evaluateDirty } from '../../colours/status/status.service.ts'

let app: TestApp
beforeAll(async () => {
  app = await startTestApp()
})
afterAll(() => app.close())

const get = (citizen: Pick<SignedIn, 'headers'>, query: Record<string, string> = {}) =>
  app.http.inject({
    url: `/api/v1/me/code-events?${new URLSearchParams(query)}`,
    headers: citizen.headers,
  })
const evaluate = () => inTransaction(app.parts.pool, (tx) => evaluateDirty(tx, 100, app.parts.clock()))

/** Two offices make somebody yellow, or end it again. */
const decide = async (url: string, body: object) => {
  const proposer = await createOperator(app, { roles: ['hq'], organisation: '云龙区防控办' })
  const approver = await createOperator(app, { roles: ['hq'], organisation: '市防疫指挥部' })
  const proposed = await proposer.call('POST', url, { requestId: randomUUID(), ...body })
  expect(proposed.status, JSON.stringify(proposed.body)).toBe(201)
  const decided = await approver.call(
    'POST',
    `/api/v1/operator/proposals/${proposed.body.proposalId}/decision`,
    { verdict: 'approve', reason: '材料属实' },
  )
  expect(decided.status, JSON.stringify(decided.body)).toBe(200)
  await evaluate()
}
const makeYellow = (personId: string) =>
  decide('/api/v1/operator/finding-proposals', {
    personId,
    category: 'control_zone',
    anchorAt: new Date(Date.now() - 3600_000).toISOString(),
    evidence: '通告 2022-3 号',
    source: '市指挥部',
  })
const lookUp = async (personId: string, at = new Date()) => {
  const { pointId } = await createVenue(app, { name: '徐州东站', kind: 'railway_station', point: '出站口' })
  await app.parts.pool.query(
    `insert into lookups (person_id, means, purpose, organisation, point_id, looked_up_at)
     values ($1::bigint, 'document', '车站查验', '牌楼街道办', $2::int, $3::timestamptz)`,
    [personId, pointId, at],
  )
}

describe('what happened to my code', () => {
  it('tells each change with its reasons and the offices that decided it, and each look-up', async () => {
    const citizen = await registerCitizen(app)
    await makeYellow(citizen.personId)
    await lookUp(citizen.personId)
    const { rows } = await app.parts.pool.query(
      `select finding_id from findings where person_id = $1::bigint`,
      [citizen.personId],
    )
    await decide(`/api/v1/operator/findings/${rows[0]?.finding_id}/end-proposals`, {
      kind: 'withdrawn',
      evidence: '更正通知 4 号',
    })
    const answer = await get(citizen)
    expect(answer.statusCode, answer.body).toBe(200)
    const decision = {
      proposedAt: expect.any(String),
      proposedBy: '云龙区防控办',
      approvedAt: expect.any(String),
      approvedBy: '市防疫指挥部',
    }
    const title = { zh: '封控区、管控区人员', en: 'Inside a control zone' }
    const common = { eventId: expect.any(String), at: expect.any(String) }
    expect(answer.json()).toEqual({
      who: '张**',
      colour: 'green',
      events: [
        {
          kind: 'change',
          ...common,
          from: 'yellow',
          to: 'green',
          cause: 'decision',
          reasons: [],
          ended: [{ category: 'control_zone', title, ...decision }],
        },
        {
          kind: 'lookup',
          ...common,
          by: '牌楼街道办',
          purpose: '车站查验',
          means: 'document',
          place: '徐州东站 出站口',
        },
        {
          kind: 'change',
          ...common,
          from: 'green',
          to: 'yellow',
          cause: 'decision',
          reasons: [
            expect.objectContaining({
              category: 'control_zone',
              title,
              colour: 'yellow',
              appealable: expect.any(Boolean),
              ...decision,
            }),
          ],
          ended: [],
        },
        { kind: 'change', ...common, to: 'green', cause: 'registration', reasons: [], ended: [] },
      ],
    })
    // Never who, never the evidence itself.
    expect(answer.body).not.toMatch(/测试员|通告|材料属实/)
  })

  it('pages without gaps or repeats, also over events of the same instant', async () => {
    const citizen = await registerCitizen(app)
    const at = new Date()
    for (let index = 0; index < 5; index += 1) await lookUp(citizen.personId, at)
    await app.parts.pool.query(
      `insert into status_changes (person_id, changed_at, from_colour, to_colour, reasons, cause, ruleset_id)
       select $1::bigint, $2::timestamptz + i * interval '100 microseconds', 1, 1, '[]', 'time', 'r' from generate_series(0, 4) i`,
      [citizen.personId, at],
    )
    const whole = (await get(citizen, { limit: '100' })).json<{ events: object[] }>().events
    expect(whole).toHaveLength(11)
    for (const limit of [1, 3, 11]) {
      const seen: object[] = []
      for (let cursor: string | undefined, pages = 0; pages < 20; pages += 1) {
        const page = (await get(citizen, { limit: String(limit), ...(cursor ? { cursor } : {}) })).json<{
          events: object[]
          nextCursor?: string
        }>()
        seen.push(...page.events)
        cursor = page.nextCursor
        if (!cursor) break
      }
      expect(seen).toEqual(whole)
    }
  })

  it('is told of a member without an account, since they were added; of nobody else', async () => {
    const daughter = await registerCitizen(app)
    const { memberId } = await addMember(app, daughter)
    const stranger = await registerCitizen(app)
    const { rows } = await app.parts.pool.query(`select person_id from members where member_id = $1::uuid`, [
      memberId,
    ])
    await lookUp(rows[0]?.person_id, new Date('2021-01-01T00:00:00Z'))
    await lookUp(rows[0]?.person_id)
    const own = (await get(daughter, { memberId })).json<{ events: { kind: string }[] }>()
    expect(own.events.filter(({ kind }) => kind === 'lookup')).toHaveLength(1)
    for (const member of [memberId, randomUUID()])
      expect((await get(stranger, { memberId: member })).statusCode).toBe(404)

    const wife = await registerCitizen(app, { name: '王芳' })
    const added = await addRelative(app, daughter, wife)
    expect((await get(daughter, { memberId: added.memberId })).statusCode).toBe(404)
  })

  it('needs a registered caller and takes nothing unknown', async () => {
    expect((await get({ headers: { authorization: '' } })).statusCode).toBe(401)
    const unregistered = await get(await signInCitizen(app))
    expect([unregistered.statusCode, unregistered.json<{ code: string }>().code]).toEqual([
      403,
      'NOT_REGISTERED',
    ])
    const citizen = await registerCitizen(app)
    for (const query of [
      { limit: '0' },
      { cursor: '!!' },
      { memberId: 'x' },
      { offset: '3' },
      { cursor: Buffer.from('2022-03-01T00:00:00.000Z 2:1').toString('base64url') },
    ])
      expect((await get(citizen, query as Record<string, string>)).statusCode, JSON.stringify(query)).toBe(
        400,
      )
  })
})
