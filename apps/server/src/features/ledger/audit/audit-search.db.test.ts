import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { asOwner } from '../../../../test/audit-chain.ts'
import { registerCitizen } from '../../../../test/factories.ts'
import { createOperator, type TestOperator } from '../../../../test/operators.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'
import { inTransaction } from '../../../db/pool.ts'
import { csvField } from '../../../sheets/csv-field.ts'
import { writeAudit } from './audit.service.ts'

const EXPORTS_PER_HOUR = 30

let app: TestApp
let auditor: TestOperator
beforeAll(async () => {
  app = await startTestApp({ limits: { auditExportsPerOperatorPerHour: EXPORTS_PER_HOUR } })
  auditor = await createOperator(app, { roles: ['auditor'] })
})
afterAll(() => app.close())

const list = async (query: Record<string, string>) => {
  const { status, body } = await auditor.call(
    'GET',
    `/api/v1/operator/audit-entries?${new URLSearchParams({ limit: '100', ...query })}`,
  )
  expect(status, JSON.stringify(body)).toBe(200)
  return body.entries as { action: string; actorId?: string; objectId?: string; at: string }[]
}
const search = (by: TestOperator, body: object) =>
  by.call('POST', '/api/v1/operator/audit-person-searches', body)
const exportCsv = (by: TestOperator, body: object) =>
  app.http.inject({
    method: 'POST',
    url: '/api/v1/operator/audit-exports',
    headers: by.headers,
    payload: body,
  })

describe('searching the log', () => {
  it('finds a person by document, with a purpose, and the person sees it', async () => {
    const citizen = await registerCitizen(app)
    const document = { type: 'resident_id', number: citizen.documentNumber }
    const { status, body } = await search(auditor, { document, purpose: '审计核查：投诉 12 号' })
    expect([status, body]).toEqual([
      200,
      {
        persons: [
          {
            personId: citizen.personId,
            nameMasked: '张**',
            documentNumberMasked: expect.stringMatching(/^32\*+.{2}$/),
          },
        ],
      },
    ])
    const lookups = await app.http.inject({ url: '/api/v1/me/lookups', headers: citizen.headers })
    expect(lookups.json<{ lookups: object[] }>().lookups).toMatchObject([{ purpose: '审计核查：投诉 12 号' }])
    expect((await list({ personId: citizen.personId }))[0]).toMatchObject({
      action: 'person.console_search',
      actorId: auditor.operatorId,
    })
  })

  it('finds what is about a person: the person itself and who is named by id in the details', async () => {
    const [citizen, other] = [await registerCitizen(app), await registerCitizen(app)]
    const hq = await createOperator(app, { roles: ['hq'] })
    await hq.call(
      'GET',
      `/api/v1/operator/persons/${citizen.personId}?purpose=${encodeURIComponent('核实赋码依据')}`,
    )
    for (const { personId } of [citizen, other])
      await hq.call('POST', '/api/v1/operator/finding-proposals', {
        requestId: randomUUID(),
        personId,
        category: 'control_zone',
        anchorAt: '2022-03-01T00:00:00.000Z',
        evidence: '通告 3 号',
        source: '市指挥部',
      })
    const actions = (await list({ personId: citizen.personId })).map(({ action }) => action)
    expect(actions.slice(0, 2)).toEqual(['proposal.made', 'person.console_view'])
    expect(actions.filter((action) => action === 'proposal.made')).toHaveLength(1)
  })

  it('finds a person in entries about several', async () => {
    const [citizen, other] = [await registerCitizen(app), await registerCitizen(app)]
    await inTransaction(app.parts.pool, (tx) =>
      writeAudit(tx, {
        actor: { kind: 'system' },
        action: 'entry.arrived',
        objectKind: 'declaration',
        details: { persons: [citizen.personId, '4294967297'] },
      }),
    )
    const actionsOf = async ({ personId }: { personId: string }) =>
      (await list({ personId })).map(({ action }) => action)
    expect(await actionsOf(citizen)).toContain('entry.arrived')
    expect(await actionsOf(other)).not.toContain('entry.arrived')
  })

  it('finds acts by user name and by division of the operator', async () => {
    const gulou = await createOperator(app, { roles: ['hq'], divisionCode: '320302' })
    const yunlong = await createOperator(app, { roles: ['hq'], divisionCode: '320303' })
    for (const operator of [gulou, yunlong])
      await operator.call('DELETE', '/api/v1/operator/sessions/current')
    const { rows } = await app.parts.pool.query(
      `select username from operators where operator_id = $1::bigint`,
      [gulou.operatorId],
    )
    expect((await list({ username: rows[0]?.username.toUpperCase() })).map(({ actorId }) => actorId)).toEqual(
      [gulou.operatorId],
    )
    expect(await list({ username: 'nobody-of-that-name' })).toEqual([])
    const signedOut = async (divisionCode: string) =>
      (await list({ divisionCode, action: 'operator.signed_out' })).map(({ actorId }) => actorId)
    expect(await signedOut('320302')).toContain(gulou.operatorId)
    expect(await signedOut('320302')).not.toContain(yunlong.operatorId)
    expect(await signedOut('320300')).toEqual(expect.arrayContaining([gulou.operatorId, yunlong.operatorId]))
  })

  it('finds a time range among many without losing an edge', async () => {
    await asOwner(
      app,
      `insert into audit_entries (occurred_at, actor_kind, action, object_kind, object_id)
       select timestamptz '2020-01-01' + i * interval '1 second', 'system', 'test.timed', 'timed', i::text from generate_series(1, 30000) i`,
    )
    const found = await list({
      objectKind: 'timed',
      from: '2020-01-01T04:00:00.000Z',
      until: '2020-01-01T04:00:05.000Z',
    })
    const epoch = Date.parse('2020-01-01T04:00:00.000Z')
    expect(found.map(({ at }) => (Date.parse(at) - epoch) / 1000)).toEqual([4, 3, 2, 1, 0])
    expect(await list({ objectKind: 'timed', until: '2019-01-01T00:00:00.000Z' })).toEqual([])
    expect(await list({ objectKind: 'timed', from: '2099-01-01T00:00:00.000Z' })).toEqual([])
  })

  it('asks a purpose and a real document, and only auditors', async () => {
    const document = { type: 'resident_id', number: '320302199001011234' }
    for (const body of [
      { document },
      { document, purpose: 'x' },
      { purpose: '审计核查' },
      { document: { type: 'resident_id', number: '123456' }, purpose: '审计核查' },
      { name: '张小明', purpose: '审计核查' },
    ])
      expect((await search(auditor, body)).status, JSON.stringify(body)).toBe(400)
    const hq = await createOperator(app, { roles: ['hq'] })
    expect((await search(hq, { document, purpose: '审计核查' })).status).toBe(403)
    expect((await exportCsv(hq, { purpose: '审计核查' })).statusCode).toBe(403)
    for (const url of ['audit-person-searches', 'audit-exports']) {
      const answer = await app.http.inject({ method: 'POST', url: `/api/v1/operator/${url}`, payload: {} })
      expect(answer.statusCode).toBe(401)
    }
  })
})

describe('exporting the log', () => {
  it('streams what the filters find as CSV, and is itself in the log', async () => {
    await asOwner(
      app,
      `insert into audit_entries (actor_kind, action, object_kind, object_id, purpose, details)
       select 'system', 'test.exported', 'exported', i::text, '=HYPERLINK("x"), 甲', '{"a": 1}' from generate_series(1, 2500) i`,
    )
    const answer = await exportCsv(auditor, { purpose: '审计核查：年度审计', objectKind: 'exported' })
    expect([
      answer.statusCode,
      answer.headers['content-type'],
      answer.headers['content-disposition'],
    ]).toEqual([200, 'text/csv; charset=utf-8', 'attachment; filename="audit.csv"'])
    const lines = answer.body.trimEnd().split('\r\n')
    expect(lines).toHaveLength(2501)
    expect(lines[0]).toMatch(/^\u{feff}id,time,/u)
    expect(lines[1]).toContain(`,test.exported,exported,2500,"'=HYPERLINK(""x""), 甲","{""a"":1}",`)
    expect(new Set(lines).size).toBe(2501)
    expect(await list({ action: 'audit.exported' })).toMatchObject([
      { actorId: auditor.operatorId, purpose: '审计核查：年度审计', details: { objectKind: 'exported' } },
    ])
  })

  it('is limited for each auditor', async () => {
    const by = await createOperator(app, { roles: ['auditor'] })
    const answers = await Promise.all(
      Array.from({ length: EXPORTS_PER_HOUR + 1 }, () =>
        exportCsv(by, { purpose: 'audit', action: 'nothing' }),
      ),
    )
    expect(answers.filter(({ statusCode }) => statusCode === 429)).toHaveLength(1)
  })

  it('asks a purpose and known filters', async () => {
    for (const body of [
      {},
      { purpose: '审计核查：年度审计', from: 'yesterday' },
      { purpose: '审计核查：年度审计', limit: 5 },
    ])
      expect((await exportCsv(auditor, body)).statusCode, JSON.stringify(body)).toBe(400)
  })

  it.each([
    ['=1+1', `"'=1+1"`],
    ['+86', `"'+86"`],
    ['-5', `"'-5"`],
    ['@x', `"'@x"`],
    ['\tx', `"'\tx"`],
    ['a"b', '"a""b"'],
    ['a\nb', '"a\nb"'],
    ['甲', '甲'],
  ])('writes %j as %s', (value, field) => expect(csvField(value)).toBe(field))
})
