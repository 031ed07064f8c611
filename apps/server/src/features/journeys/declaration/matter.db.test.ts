import { randomUUID } from 'node:crypto'
import type { Matter } from '@jiankangbao/contracts/declaration/schemas'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createDeclarations } from '../../../../test/declarations.ts'
import { type RegisteredCitizen, registerCitizen } from '../../../../test/factories.ts'
import { createOperator, type TestOperator } from '../../../../test/operators.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'
import { expireProposals } from '../../approval/proposal/expire-proposals.ts'
import { reopenLapsedMatters } from './lapsed-matters.ts'

const start = new Date('2022-03-20T02:00:00Z')
const url = '/api/v1/operator/declaration-matters'

let app: TestApp
let declare: Awaited<ReturnType<typeof createDeclarations>>
let office: TestOperator
let hq: TestOperator
beforeAll(async () => {
  app = await startTestApp({ now: start })
  declare = await createDeclarations(app)
  office = await createOperator(app, { roles: ['office'], divisionCode: '320302' })
  hq = await createOperator(app, { roles: ['hq'] })
})
beforeEach(() => app.setNow(start))
afterAll(() => app.close())

const declared = async (citizen: RegisteredCitizen, kind: 'health' | 'exposure', more: object = {}) => {
  const content =
    kind === 'health'
      ? { symptoms: [], hadContact: true }
      : {
          divisionCode: '320302',
          riskAreaStays: [],
          toldContact: { lastContactOn: '2022-03-18', toldBy: '疾控' },
        }
  const { status, body } = await declare.call(citizen, 'POST', `/api/v1/me/${kind}-declarations`, {
    requestId: randomUUID(),
    commitment: true,
    ...content,
    ...more,
  })
  expect([status, body]).toMatchObject([201, { effect: 'office' }])
  return body.declaration.declarationId as string
}
const matterOf = async (citizen: RegisteredCitizen, by = hq): Promise<Matter> => {
  const { body } = await by.call('GET', `${url}?limit=100`)
  return body.matters.find(({ person }: Matter) => person.personId === citizen.personId)
}
const decide = (by: TestOperator, matterId: string, verdict: 'propose' | 'dismiss') =>
  by.call('POST', `${url}/${matterId}/decision`, { verdict, note: '电话核实' })
const proposalsOf = async (personId: string) =>
  (await hq.call('GET', `/api/v1/operator/proposals?personId=${personId}`)).body.proposals
const toldTo = async (citizen: RegisteredCitizen) =>
  (await declare.call(citizen, 'GET', '/api/v1/me/notices')).body.notices.filter(
    ({ kind }: { kind: string }) => kind === 'declaration_checked',
  )
const listed = async (citizen: RegisteredCitizen) =>
  (await declare.call(citizen, 'GET', '/api/v1/me/declarations')).body.declarations[0].matters

describe('deciding a matter', () => {
  it('is one act: of two at once the first counts, and no proposal is left behind by the other', async () => {
    const second = await createOperator(app, { roles: ['office'], divisionCode: '320302' })
    for (let round = 0; round < 5; round++) {
      const citizen = await registerCitizen(app)
      await declared(citizen, 'exposure')
      const { matterId } = await matterOf(citizen)
      const answers = await Promise.all([
        decide(office, matterId, 'propose'),
        decide(second, matterId, 'dismiss'),
        decide(second, matterId, 'propose'),
      ])
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409])
      const matter = await matterOf(citizen)
      const proposals = await proposalsOf(citizen.personId)
      expect(proposals).toHaveLength(matter.state === 'proposed' ? 1 : 0)
      expect(matter.proposalId).toBe(proposals[0]?.proposalId)
    }
  })

  it.each([
    ['approve', 'approved'],
    ['reject', 'rejected'],
  ])('ends with the second operator, who would %s, and the citizen is told', async (verdict, state) => {
    const citizen = await registerCitizen(app)
    const declarationId = await declared(citizen, 'exposure')
    expect(await listed(citizen)).toMatchObject([
      { category: 'close_contact', state: 'waiting', title: { zh: '密切接触者' } },
    ])
    const { matterId } = await matterOf(citizen)
    const { body } = await decide(office, matterId, 'propose')
    expect(await toldTo(citizen)).toEqual([])
    await hq.call('POST', `/api/v1/operator/proposals/${body.proposalId}/decision`, {
      verdict,
      reason: '已复核',
    })
    expect((await matterOf(citizen)).state).toBe(state)
    expect(await toldTo(citizen)).toMatchObject([
      { details: { declarationId, outcome: state, name: '张**' } },
    ])
    expect(await listed(citizen)).toMatchObject([
      { category: 'close_contact', state, title: { zh: '密切接触者' } },
    ])
    expect(await declare.findingsOf(citizen.personId)).toHaveLength(state === 'approved' ? 1 : 0)
  })

  it('dismissed is told at once', async () => {
    const citizen = await registerCitizen(app)
    await declared(citizen, 'exposure')
    await decide(office, (await matterOf(citizen)).matterId, 'dismiss')
    expect(await toldTo(citizen)).toMatchObject([{ details: { outcome: 'dismissed' } }])
  })

  it('waits again where its proposal is taken back', async () => {
    const citizen = await registerCitizen(app)
    await declared(citizen, 'exposure')
    const { matterId } = await matterOf(citizen)
    const { body } = await decide(office, matterId, 'propose')
    const taken = await office.call('POST', `/api/v1/operator/proposals/${body.proposalId}/withdrawal`, {
      reason: '核实有误',
    })
    expect(taken.status).toBe(200)
    expect((await matterOf(citizen)).state).toBe('waiting')
  })

  it('waits again where nobody decided the proposal in time, and may be proposed by anybody', async () => {
    const citizen = await registerCitizen(app)
    await declared(citizen, 'exposure')
    const { matterId } = await matterOf(citizen)
    await decide(office, matterId, 'propose')
    await reopenLapsedMatters(app.parts)
    expect((await matterOf(citizen)).state).toBe('proposed')
    app.setNow(new Date(start.getTime() + 73 * 3600_000))
    await expireProposals(app.parts)
    await reopenLapsedMatters(app.parts)
    app.setNow(start)
    const matter = await matterOf(citizen)
    expect(matter).toMatchObject({ matterId, state: 'waiting' })
    expect(matter.proposalId).toBeUndefined()
    expect((await decide(hq, matterId, 'propose')).body.state).toBe('proposed')
    expect((await proposalsOf(citizen.personId)).map(({ state }: { state: string }) => state)).toEqual([
      'open',
      'expired',
    ])
  })
})

describe('matters', () => {
  it('of health go to the division the person names, and later to the last one named', async () => {
    const quarter = await createOperator(app, { roles: ['office'], divisionCode: '320303' })
    const citizen = await registerCitizen(app)
    await declared(citizen, 'health', { divisionCode: '320303' })
    expect((await matterOf(citizen, quarter)).divisionCode).toBe('320303')
    app.setNow(new Date(start.getTime() + 86_400_000))
    await declared(citizen, 'health')
    const { rows } = await app.parts.pool.query(
      `select division_code from declaration_matters where person_id = $1::bigint`,
      [citizen.personId],
    )
    expect(rows).toEqual([{ division_code: '320303' }, { division_code: '320303' }])
    const wrong = await declare.call(citizen, 'POST', '/api/v1/me/health-declarations', {
      requestId: randomUUID(),
      commitment: true,
      symptoms: [],
      hadContact: true,
      divisionCode: '110101',
    })
    expect(wrong.body.fields).toEqual([{ field: 'divisionCode', reason: 'unknown_place' }])
  })

  it('that wait are a queue, page by page', async () => {
    const by = await createOperator(app, { roles: ['office'], divisionCode: '320303' })
    const declaredBy: string[] = []
    for (let count = 0; count < 3; count++) {
      const citizen = await registerCitizen(app)
      await declared(citizen, 'exposure', { divisionCode: '320303' })
      declaredBy.push(citizen.personId)
    }
    const personIds: string[] = []
    for (let cursor = ''; ; ) {
      const { matters, nextCursor } = (await by.call('GET', `${url}?state=waiting&limit=2${cursor}`)).body
      personIds.push(...matters.map(({ person }: Matter) => person.personId))
      if (!nextCursor) break
      cursor = `&cursor=${nextCursor}`
    }
    expect(personIds.filter((personId) => declaredBy.includes(personId))).toEqual(declaredBy)
  })

  it('show what the person says now where it was corrected', async () => {
    const citizen = await registerCitizen(app)
    const corrects = await declared(citizen, 'exposure')
    expect((await matterOf(citizen)).corrected).toBeUndefined()
    app.setNow(new Date(start.getTime() + 60_000))
    await declared(citizen, 'exposure', {
      corrects,
      toldContact: { lastContactOn: '2022-03-18', toldBy: '社区' },
    })
    expect(await matterOf(citizen)).toMatchObject({
      version: 1,
      exposure: { toldContact: { toldBy: '疾控' } },
      corrected: { version: 2, exposure: { toldContact: { toldBy: '社区' } } },
    })
  })
})
