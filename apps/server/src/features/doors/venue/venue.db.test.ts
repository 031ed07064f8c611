import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createDivisions, registerCitizen } from '../../../../test/factories.ts'
import { createOperator, type TestOperator } from '../../../../test/operators.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'

const application = (extra: object = {}) => ({
  requestId: randomUUID(),
  name: '云上小店',
  kind: 'retail',
  divisionCode: '320302',
  address: '虚构路 1 号',
  responsibleName: '王小二',
  responsiblePhone: '13900000000',
  points: ['正门', '后门'],
  ...extra,
})

describe('venues in the console', () => {
  let app: TestApp
  let hq: TestOperator
  let owner: TestOperator
  beforeAll(async () => {
    app = await startTestApp()
    await createDivisions(app)
    hq = await createOperator(app, { roles: ['hq'] })
    owner = await createOperator(app, { roles: ['venue_manager'], divisionCode: '320302' })
  })
  afterAll(() => app.close())

  const apply = (as = owner, extra: object = {}) =>
    as.call('POST', '/api/v1/operator/venues', application(extra))
  const review = (venueId: string, body: object, as = hq) =>
    as.call('POST', `/api/v1/operator/venues/${venueId}/review`, body)
  const active = async () => {
    const { body } = await apply()
    return (await review(body.venueId, { verdict: 'approve' })).body
  }

  it('goes from application to posted codes that a citizen can scan', async () => {
    const applied = await apply()
    expect([applied.status, applied.body]).toEqual([
      201,
      expect.objectContaining({
        state: 'applied',
        responsibleNameMasked: '王**',
        responsiblePhoneMasked: '139****0000',
      }),
    ])
    expect(applied.body.points).toMatchObject([{ name: '正门' }, { name: '后门' }])
    expect(applied.body.points[0]).not.toHaveProperty('venueCode')
    const approved = await review(applied.body.venueId, { verdict: 'approve' })
    expect(approved.body).toMatchObject({
      state: 'active',
      history: [{ action: 'venue.approved' }, { action: 'venue.applied' }],
    })
    const [point] = approved.body.points
    expect(point.qrText).toBe(`https://jkb.example/v/${point.venueCode}`)
    const citizen = await registerCitizen(app)
    const scan = await app.http.inject({
      method: 'POST',
      url: '/api/v1/visits',
      headers: citizen.headers,
      payload: { requestId: randomUUID(), venueCode: point.qrText },
    })
    expect(scan.json().venue).toEqual({ name: '云上小店', point: '正门', kind: 'retail' })
    const figures = await owner.call('GET', `/api/v1/operator/venues/${applied.body.venueId}/figures`)
    expect(figures.body.today).toEqual({ visits: 1, admit: 1, deny: 0, review: 0 })
  })

  it('answers a repeated application with the same venue, and refuses the request id of somebody else', async () => {
    const body = application()
    const first = await owner.call('POST', '/api/v1/operator/venues', body)
    expect((await owner.call('POST', '/api/v1/operator/venues', body)).body.venueId).toBe(first.body.venueId)
    expect((await hq.call('POST', '/api/v1/operator/venues', body)).body.code).toBe('REQUEST_ID_REUSED')
  })

  it('names every wrong field of an application', async () => {
    const { status, body } = await apply(owner, {
      kind: 'moon_base',
      divisionCode: '999999',
      creditCode: '91320300MA1X00000X',
      responsibleName: '王2',
      responsiblePhone: '12345678901',
    })
    expect(status).toBe(400)
    expect(body.fields.map((each: { field: string }) => each.field).sort()).toEqual([
      'creditCode',
      'divisionCode',
      'kind',
      'responsibleName',
      'responsiblePhone',
    ])
    expect((await apply(owner, { colour: 'green' })).body.fields).toEqual([
      { field: 'colour', reason: 'unknown_field' },
    ])
    expect((await apply(owner, { divisionCode: '320300' })).body.code).toBe('OUT_OF_DIVISION')
  })

  it('lets nobody review their own, and one of many reviewers win', async () => {
    const own = await apply(hq)
    expect((await review(own.body.venueId, { verdict: 'approve' })).body.code).toBe('OWN_PROPOSAL')
    const { body } = await apply()
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => review(body.venueId, { verdict: 'approve' })),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409, 409, 409])
    const rejected = await apply()
    expect((await review(rejected.body.venueId, { verdict: 'reject' })).body.fields).toEqual([
      { field: 'reason', reason: 'required' },
    ])
    expect(
      (await review(rejected.body.venueId, { verdict: 'reject', reason: '地址不符' })).body,
    ).toMatchObject({ state: 'rejected', stateReason: '地址不符' })
  })

  it('keeps a change of an active venue waiting until somebody else approves it', async () => {
    const venue = await active()
    const changed = await owner.call('PATCH', `/api/v1/operator/venues/${venue.venueId}`, {
      name: '新店名',
      responsibleName: '李四光',
    })
    expect(changed.body).toMatchObject({
      name: '云上小店',
      pendingChange: { name: '新店名', responsibleNameMasked: '李**' },
    })
    expect(JSON.stringify(changed.body)).not.toContain('李四光')
    expect((await review(venue.venueId, { verdict: 'approve' })).body).toMatchObject({
      name: '新店名',
      responsibleNameMasked: '李**',
    })
    expect((await review(venue.venueId, { verdict: 'approve' })).body.code).toBe('STATE_CONFLICT')
  })

  it('rotates a code in one action; the old one is dead, a repeat rotates nothing', async () => {
    const venue = await active()
    const [point] = venue.points
    const body = { requestId: randomUUID(), reason: '海报被拍照转发' }
    const rotated = await owner.call('POST', `/api/v1/operator/points/${point.pointId}/rotation`, body)
    expect(rotated.body.venueCode).not.toBe(point.venueCode)
    expect(
      (await owner.call('POST', `/api/v1/operator/points/${point.pointId}/rotation`, body)).body,
    ).toEqual(rotated.body)
    expect((await app.http.inject(`/api/v1/venue-codes/${point.venueCode}`)).json().code).toBe(
      'VENUE_CODE_ROTATED',
    )
    expect((await app.http.inject(`/api/v1/venue-codes/${rotated.body.venueCode}`)).json().venue.name).toBe(
      '云上小店',
    )
  })

  it('suspends, resumes and closes with reasons; closed stays closed', async () => {
    const { venueId, points } = await active()
    const act = (method: 'POST' | 'DELETE', path: string, payload?: object) =>
      hq.call(method, `/api/v1/operator/venues/${venueId}/${path}`, payload)
    expect((await act('POST', 'suspension', { reason: '整改' })).body.state).toBe('suspended')
    expect((await app.http.inject(`/api/v1/venue-codes/${points[0].venueCode}`)).json().code).toBe(
      'VENUE_NOT_ACTIVE',
    )
    expect((await act('DELETE', 'suspension')).body.state).toBe('active')
    expect((await act('POST', 'closure', { reason: '停业' })).body.state).toBe('closed')
    expect((await act('POST', 'suspension', { reason: '整改' })).body.code).toBe('STATE_CONFLICT')
  })

  it('adds and closes points', async () => {
    const { venueId } = await active()
    const body = { requestId: randomUUID(), name: '侧门' }
    const added = await owner.call('POST', `/api/v1/operator/venues/${venueId}/points`, body)
    expect([added.status, added.body]).toEqual([
      201,
      expect.objectContaining({ name: '侧门', venueCode: expect.any(String) }),
    ])
    expect((await owner.call('POST', `/api/v1/operator/venues/${venueId}/points`, body)).body).toEqual(
      added.body,
    )
    const close = () =>
      owner.call('POST', `/api/v1/operator/points/${added.body.pointId}/closure`, { reason: '封闭' })
    expect((await close()).body.state).toBe('closed')
    expect((await close()).body.code).toBe('STATE_CONFLICT')
    expect((await app.http.inject(`/api/v1/venue-codes/${added.body.venueCode}`)).json().code).toBe(
      'POINT_CLOSED',
    )
  })

  it('shows venues out of scope to nobody: other managers and other divisions get 404', async () => {
    const { venueId, points } = await active()
    const otherManager = await createOperator(app, { roles: ['venue_manager'], divisionCode: '320302' })
    const otherOffice = await createOperator(app, { roles: ['office'], divisionCode: '320302' })
    expect((await otherManager.call('GET', `/api/v1/operator/venues/${venueId}`)).status).toBe(404)
    expect(
      (
        await otherManager.call('POST', `/api/v1/operator/points/${points[0].pointId}/rotation`, {
          requestId: randomUUID(),
          reason: 'mine now',
        })
      ).status,
    ).toBe(404)
    expect((await otherManager.call('GET', '/api/v1/operator/venues')).body.venues).toEqual([])
    expect((await otherOffice.call('GET', `/api/v1/operator/venues/${venueId}`)).status).toBe(200)
    const auditor = await createOperator(app, { roles: ['auditor'] })
    expect((await auditor.call('GET', `/api/v1/operator/venues/${venueId}`)).status).toBe(403)
    expect(
      (await owner.call('POST', `/api/v1/operator/venues/${venueId}/review`, { verdict: 'approve' })).status,
    ).toBe(403)
  })

  it('pages by key without doubles, and filters by kind with those below', async () => {
    for (const kind of ['mall', 'market']) await apply(owner, { kind, name: `筛选-${kind}` })
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const { body } = await hq.call(
        'GET',
        `/api/v1/operator/venues?limit=3${cursor ? `&cursor=${cursor}` : ''}`,
      )
      seen.push(...body.venues.map((venue: { venueId: string }) => venue.venueId))
      cursor = body.nextCursor
    } while (cursor)
    expect(new Set(seen).size).toBe(seen.length)
    const retail = await hq.call(
      'GET',
      '/api/v1/operator/venues?kind=retail&search=筛选'.replace('筛选', encodeURIComponent('筛选')),
    )
    expect(retail.body.venues.map((venue: { kind: string }) => venue.kind).sort()).toEqual(['mall', 'market'])
    expect((await hq.call('GET', '/api/v1/operator/venues?cursor=abc')).body.fields).toEqual([
      { field: 'cursor', reason: 'invalid' },
    ])
  })
})
