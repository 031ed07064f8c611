import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createOperator } from '../../../../test/operators.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'
import { purgeIncidents } from './incident.service.ts'
import { raiseIncident } from './incident.ts'

const PATH = '/api/v1/operator/incidents'
const now = new Date('2022-04-01T02:00:00Z')
const noted = { note: '已电话核实' }

describe('what the watch found', () => {
  let app: TestApp
  beforeAll(async () => {
    app = await startTestApp({ now })
  })
  afterAll(() => app.close())

  const raise = (more: Partial<Parameters<typeof raiseIncident>[1]> = {}) =>
    raiseIncident(app.parts.pool, {
      kind: 'sign_in_guessing',
      subject: 'operator:1',
      divisionCode: '320300',
      details: { count: 20 },
      at: now,
      ...more,
    })

  it('counts the same matter once more while nobody has taken note, and opens it anew afterwards', async () => {
    const hq = await createOperator(app, { roles: ['hq'] })
    await raise()
    await raise({ details: { count: 40 }, at: new Date(now.getTime() + 60_000) })
    const [first] = (await hq.call('GET', PATH)).body.incidents
    expect(first).toMatchObject({
      kind: 'sign_in_guessing',
      times: 2,
      details: { count: 40 },
      raisedAt: now.toISOString(),
      lastAt: new Date(now.getTime() + 60_000).toISOString(),
      mayAcknowledge: true,
    })
    const path = `${PATH}/${first.incidentId}/acknowledgement`
    expect(await hq.call('POST', path, { note: 'x' })).toMatchObject({ status: 400 })
    expect(await hq.call('POST', path, noted)).toMatchObject({
      status: 200,
      body: { note: noted.note, mayAcknowledge: false },
    })
    // A second time changes nothing.
    expect((await hq.call('POST', path, { note: '另一个说明' })).body.note).toBe(noted.note)
    const entries = await app.parts.pool.query(
      `select actor_id, purpose from audit_entries where action = 'incident.acknowledged' and object_id = $1::text`,
      [first.incidentId],
    )
    expect(entries.rows).toEqual([{ actor_id: hq.operatorId, purpose: noted.note }])
    await raise()
    const { body } = await hq.call('GET', `${PATH}?acknowledged=false`)
    expect(body).toMatchObject({ open: 1, incidents: [{ times: 1 }] })
    expect(body.incidents[0].incidentId).not.toBe(first.incidentId)
  })

  it('nobody takes note of what is about themselves', async () => {
    const admin = await createOperator(app, { roles: ['sysadmin'] })
    const auditor = await createOperator(app, { roles: ['auditor'] })
    await raise({ kind: 'many_lookups', subject: 'mine', operatorId: admin.operatorId })
    const own = (await admin.call('GET', `${PATH}?kind=many_lookups`)).body.incidents[0]
    expect(own).toMatchObject({ mayAcknowledge: false, operator: { operatorId: admin.operatorId } })
    const path = `${PATH}/${own.incidentId}/acknowledgement`
    expect(await admin.call('POST', path, noted)).toMatchObject({
      status: 403,
      body: { fields: [{ field: 'operator', reason: 'own_matter' }] },
    })
    expect(await auditor.call('POST', path, noted)).toMatchObject({ status: 200 })
  })

  it('a district sees its own, and other roles see none', async () => {
    const district = await createOperator(app, { roles: ['hq'], divisionCode: '320303' })
    const office = await createOperator(app, { roles: ['office'] })
    await raise({ kind: 'code_at_two_doors', subject: 'here', divisionCode: '320303' })
    await raise({ kind: 'code_at_two_doors', subject: 'there', divisionCode: '320302' })
    const { body } = await district.call('GET', PATH)
    expect(body.incidents.map(({ division }: { division: { code: string } }) => division.code)).toEqual([
      '320303',
    ])
    const city = await createOperator(app, { roles: ['hq'] })
    const all = (await city.call('GET', `${PATH}?kind=code_at_two_doors`)).body.incidents
    const there = all.find(({ division }: { division: { code: string } }) => division.code === '320302')
    expect(await district.call('POST', `${PATH}/${there.incidentId}/acknowledgement`, noted)).toMatchObject({
      status: 404,
    })
    const hotline = await createOperator(app, { roles: ['hotline'] })
    expect((await hotline.call('GET', PATH)).status).toBe(403)
    // An office looks at what is about doors, and at nothing else.
    await raise({ kind: 'sign_in_guessing', subject: 'other matter' })
    const seen = (await office.call('GET', PATH)).body.incidents.map(({ kind }: { kind: string }) => kind)
    expect([...new Set(seen)]).toEqual(['code_at_two_doors'])
    expect((await office.call('GET', `${PATH}?kind=sign_in_guessing`)).body.incidents).toEqual([])
  })

  it('forgets a matter half a year after somebody took note, and never an open one', async () => {
    const count = async () =>
      (await app.parts.pool.query('select count(*)::int as n from incidents')).rows[0].n as number
    const before = await count()
    app.setNow(new Date(now.getTime() + 181 * 86_400_000))
    await purgeIncidents(app.parts)
    const { rows } = await app.parts.pool.query('select acknowledged_at from incidents')
    expect(rows.length).toBeLessThan(before)
    expect(rows.every(({ acknowledged_at }) => acknowledged_at === null)).toBe(true)
    app.setNow(now)
  })
})
