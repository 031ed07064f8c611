import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeResidentId, registerCitizen } from '../../../../test/factories.ts'
import { readMetrics } from '../../../../test/metrics.ts'
import { createOperator, type TestOperator } from '../../../../test/operators.ts'
import { useProposals } from '../../../../test/proposals.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'

const start = new Date('2022-03-20T02:00:00Z')
let app: TestApp
let hq: TestOperator
let hq2: TestOperator
let auditor: TestOperator
let districtHq: TestOperator
let office: TestOperator
let office2: TestOperator
let elsewhere: TestOperator
beforeAll(async () => {
  app = await startTestApp({ now: start, environment: { APPROVAL_MANY_A_DAY: '0' } })
  hq = await createOperator(app, { roles: ['hq'] })
  hq2 = await createOperator(app, { roles: ['hq'] })
  auditor = await createOperator(app, { roles: ['auditor'] })
  districtHq = await createOperator(app, { roles: ['hq'], divisionCode: '320302' })
  office = await createOperator(app, { roles: ['office'], divisionCode: '320302' })
  office2 = await createOperator(app, { roles: ['office'], divisionCode: '320302' })
  elsewhere = await createOperator(app, { roles: ['office'], divisionCode: '320303' })
})
afterAll(() => app.close())

const { add, decide, actionsOn } = useProposals(() => app)
const ALARMS = '/api/v1/operator/alarms'
const alarmed = async (by: TestOperator, more: object = {}): Promise<string> => {
  // Somebody of the office's own division.
  const division = by === elsewhere ? '320303' : '320302'
  const { personId } = await registerCitizen(app, { documentNumber: makeResidentId({ division }) })
  const { proposalId, alarms } = await add(by, personId, more)
  expect(alarms.length).toBeGreaterThan(0)
  return proposalId
}
const list = async (by: TestOperator, query = '') => {
  const { status, body } = await by.call('GET', `${ALARMS}?limit=100${query}`)
  expect(status).toBe(200)
  return body.alarms as { proposalId: string }[]
}
const idsOf = (alarms: { proposalId: string }[]) => alarms.map(({ proposalId }) => proposalId)
const find = async (by: TestOperator, proposalId: string) =>
  (await list(by)).find((alarm) => alarm.proposalId === proposalId)
const figures = async (by: TestOperator, query = '') =>
  (await by.call('GET', `/api/v1/operator/alarm-figures${query}`)).body
const acknowledge = (by: TestOperator, proposalId: string, note = '已核实，属实') =>
  by.call('POST', `${ALARMS}/${proposalId}/acknowledgement`, { note })
const metric = async (): Promise<string | undefined> => {
  const body = await readMetrics(app)
  return /^jkb_alarms_open (\d+)/m.exec(body)?.[1]
}

describe('alarms', () => {
  it('stay open, and counted, until headquarters of the city take note, whoever raised them', async () => {
    const before = await figures(hq)
    const proposalId = await alarmed(office)
    expect((await figures(hq)).open).toBe(before.open + 1)
    expect(await find(auditor, proposalId)).toMatchObject({
      state: 'open',
      proposalKind: 'finding.add',
      category: 'co_presence',
      persons: 1,
      alarms: [{ kind: 'many_by_operator', persons: 1 }],
      proposedBy: { operatorId: office.operatorId, name: '测试员' },
      division: { code: '320302', name: '鼓楼区' },
      mayAcknowledge: false,
    })
    expect((await acknowledge(districtHq, proposalId)).body.fields).toEqual([
      { field: 'division', reason: 'needs_city' },
    ])
    for (const by of [auditor, office2]) expect((await acknowledge(by, proposalId)).status).toBe(403)
    expect((await acknowledge(hq, proposalId, '')).status).toBe(400)
    expect(await find(hq, proposalId)).toMatchObject({ mayAcknowledge: true })
    const answers = await Promise.all([hq, hq2, hq].map((by) => acknowledge(by, proposalId)))
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
    expect(answers[0]?.body).toMatchObject({
      acknowledgedBy: '测试员',
      acknowledgedAt: start.toISOString(),
      note: '已核实，属实',
      mayAcknowledge: false,
    })
    expect((await figures(hq)).open).toBe(before.open)
    const told = (await actionsOn(proposalId)).filter((action) => action === 'proposal.alarm_acknowledged')
    expect(told).toHaveLength(1)
  })

  it('are acknowledged by deciding at headquarters, not by an office that rejects, nor by being taken back', async () => {
    const [approved, rejected, withdrawn] = [
      await alarmed(office),
      await alarmed(office),
      await alarmed(office),
    ]
    const { open } = await figures(hq)
    await decide(hq, approved)
    await decide(office2, rejected, 'reject')
    await office.call('POST', `/api/v1/operator/proposals/${withdrawn}/withdrawal`, { reason: '算了' })
    expect((await figures(hq)).open).toBe(open - 1)
    expect(idsOf(await list(hq, '&acknowledged=false'))).toEqual(
      expect.arrayContaining([rejected, withdrawn]),
    )
    expect(idsOf(await list(hq, '&acknowledged=true'))).toContain(approved)
  })

  it('of one’s own are for somebody else', async () => {
    const proposalId = await alarmed(hq)
    expect(await find(hq, proposalId)).toMatchObject({ mayAcknowledge: false })
    expect((await acknowledge(hq, proposalId)).body.code).toBe('OWN_PROPOSAL')
    expect((await acknowledge(hq2, proposalId)).status).toBe(200)
    const calm = await registerCitizen(app)
    app.parts.config.approval.manyADay = 1000
    const { proposalId: quiet } = await add(office, calm.personId)
    app.parts.config.approval.manyADay = 0
    expect((await acknowledge(hq, quiet)).status).toBe(404)
    expect((await acknowledge(hq, '999999')).status).toBe(404)
  })

  it('are found by kind, operator, division and time, within the own division', async () => {
    const misfit = await alarmed(office, { category: 'confirmed' })
    const other = await alarmed(elsewhere)
    expect(idsOf(await list(auditor, '&kind=category_misfit'))).toEqual([misfit])
    expect(idsOf(await list(auditor, `&operatorId=${elsewhere.operatorId}`))).toEqual([other])
    expect(idsOf(await list(auditor, '&divisionCode=320303'))).toEqual([other])
    expect(idsOf(await list(districtHq))).not.toContain(other)
    expect(await list(districtHq, '&divisionCode=320303')).toEqual([])
    const later = new Date(start.getTime() + 1).toISOString()
    expect(await list(auditor, `&from=${later}`)).toEqual([])
    expect(idsOf(await list(auditor, `&from=${start.toISOString()}&until=${later}`))).toContain(other)
    expect((await auditor.call('GET', `${ALARMS}?from=yesterday`)).status).toBe(400)
    for (const role of ['office', 'epidemiologist', 'hotline', 'sysadmin'])
      expect((await (await createOperator(app, { roles: [role] })).call('GET', ALARMS)).status).toBe(403)
  })

  it('page without gaps, and are counted by day in Shanghai and by operator', async () => {
    const all = idsOf(await list(auditor))
    const seen: string[] = []
    for (let cursor = ''; ; ) {
      const { body } = await auditor.call('GET', `${ALARMS}?limit=3${cursor}`)
      seen.push(...idsOf(body.alarms))
      if (!body.nextCursor) break
      cursor = `&cursor=${body.nextCursor}`
    }
    expect(seen).toEqual(all)
    const counted = await figures(auditor, '?divisionCode=320303')
    expect(counted).toMatchObject({
      days: [{ on: '2022-03-20', alarms: 1 }],
      operators: [{ operatorId: elsewhere.operatorId, alarms: 1 }],
    })
  })

  it('reach the metrics', async () => {
    expect(Number(await metric())).toBeGreaterThan(0)
  })
})
