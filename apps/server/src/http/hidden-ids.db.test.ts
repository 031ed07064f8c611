import { randomUUID } from 'node:crypto'
import type { Access } from '@jiankangbao/contracts/access'
import type { HiddenIdKind } from '@jiankangbao/contracts/atoms'
import type { OperationSchemas } from '@jiankangbao/contracts/operation-schemas'
import { type OperationName, operations } from '@jiankangbao/contracts/operations'
import { schemas } from '@jiankangbao/contracts/schemas'
import { OPERATOR_ROLES } from '@jiankangbao/domain/vocabulary/people'
import type { InjectOptions } from 'fastify'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { asOwner } from '../../test/audit-chain.ts'
import { ago, makeDays, openCase, scanned } from '../../test/cases.ts'
import { createVenue, type RegisteredCitizen, registerCitizen } from '../../test/factories.ts'
import { createOperator, type TestOperator } from '../../test/operators.ts'
import { useProposals } from '../../test/proposals.ts'
import { startTestApp, type TestApp } from '../../test/test-app.ts'

// Keys of what is about people counted upwards in addresses and answers: whoever had one had the next. Here `app.outer` is the
// server as clients meet it.

/** What every key of this test begins with, so that one is known in whatever text it turns up. */
const MARK = '4711000'

const tables = [
  ['persons', 'person_id'],
  ['proposals', 'proposal_id'],
  ['findings', 'finding_id'],
  ['cases', 'case_id'],
  ['case_stays', 'stay_id'],
  ['exposures', 'exposure_id'],
  ['test_results', 'test_id'],
  ['follow_ups', 'follow_up_id'],
  ['identity_matters', 'matter_id'],
  ['declaration_matters', 'matter_id'],
  ['incidents', 'incident_id'],
  ['imports', 'import_id'],
] as const

let app: TestApp
let hq: TestOperator
let byRole: Map<string, TestOperator>
let citizen: RegisteredCitizen
let contact: RegisteredCitizen
let findingId: string
const { add, found } = useProposals(() => app)

beforeAll(async () => {
  app = await startTestApp()
  for (const [table, column] of tables)
    await asOwner(app, `select setval(pg_get_serial_sequence('${table}', '${column}'), ${MARK}000)`)
  byRole = new Map()
  for (const role of OPERATOR_ROLES) byRole.set(role, await createOperator(app, { roles: [role] }))
  hq = byRole.get('hq') as TestOperator
  const second = await createOperator(app, { roles: ['hq'] })
  citizen = await registerCitizen(app)
  contact = await registerCitizen(app)
  await makeDays(app)
  const { pointId } = await createVenue(app)
  for (const { personId } of [citizen, contact]) await scanned(app, personId, pointId, ago(1, '10:00'))
  findingId = await found(hq, second, citizen.personId, 'confirmed')
  await add(hq, contact.personId)
  expect((await openCase(hq, { findingId })).status).toBe(201)
})
afterAll(() => app.close())

const written = (kind: HiddenIdKind, key: string) => app.parts.hiddenIds.write(kind, key)
const call = (method: InjectOptions['method'], url: string, payload?: object, headers: object = hq.headers) =>
  app.outer.inject({ method: method ?? 'GET', url, headers: { ...headers }, ...(payload ? { payload } : {}) })
/** Of somebody who may call it. */
const headersFor = (access: Access): object => {
  if (access.kind === 'citizen') return citizen.headers
  const roles = 'roles' in access ? access.roles : undefined
  return byRole.get(roles?.[0] ?? 'hq')?.headers ?? {}
}
const open = (id: string) => call('GET', `/api/v1/operator/persons/${id}?purpose=colour`)

it('keys are what this test takes them for', () => {
  for (const key of [citizen.personId, contact.personId, findingId]) expect(key.startsWith(MARK)).toBe(true)
})

it('a search, the file and a proposal know the person by what nobody counts on from', async () => {
  const id = written('person', citizen.personId)
  const search = await call('POST', '/api/v1/operator/person-searches', {
    phone: citizen.phone,
    purpose: 'colour',
  })
  expect(search.json().persons).toMatchObject([{ personId: id }])
  expect((await open(id)).json()).toMatchObject({ personId: id })
  const listed = await call(
    'GET',
    `/api/v1/operator/proposals?personId=${written('person', contact.personId)}`,
  )
  expect(
    listed.json().proposals.map(({ person }: { person: { personId: string } }) => person.personId),
  ).toEqual([written('person', contact.personId)])
})

it('no list, file or export that anybody is given has a bare key in it', async () => {
  const auditor = headersFor(operations.exportAuditEntries.access)
  const file = `/api/v1/operator/persons/${written('person', citizen.personId)}`
  const asked: { method: InjectOptions['method']; url: string; headers: object; payload?: object }[] = [
    { method: 'GET', url: `${file}?purpose=colour`, headers: hq.headers },
    { method: 'POST', url: `${file}/unmaskings`, headers: hq.headers, payload: { purpose: 'colour' } },
    {
      method: 'POST',
      url: '/api/v1/operator/audit-exports',
      headers: auditor,
      payload: { purpose: 'audit：年度审计' },
    },
    { method: 'GET', url: '/api/v1/operator/audit-entries?limit=100', headers: auditor },
    ...Object.values(operations).flatMap(({ method, path, access }) =>
      method === 'GET' && !path.includes(':') && access.kind !== 'public'
        ? [{ method, url: path, headers: headersFor(access) }]
        : [],
    ),
  ]
  const answered = new Map<number, number>()
  for (const { method, url, headers, payload } of asked) {
    const answer = await call(method, url, payload, headers)
    answered.set(answer.statusCode, (answered.get(answer.statusCode) ?? 0) + 1)
    expect(answer.body.includes(MARK), `${url}: ${answer.body.slice(0, 2000)}`).toBe(false)
  }
  expect(answered.get(200)).toBeGreaterThan(40)
})

it('the audit log leads to the person by the id of the file, in the page and in the export', async () => {
  const id = written('person', citizen.personId)
  await open(id)
  const auditor = headersFor(operations.listAuditEntries.access)
  const entries = (query: string) =>
    call('GET', `/api/v1/operator/audit-entries?limit=100&${query}`, undefined, auditor)
  const page = await entries(`objectKind=person&objectId=${id}`)
  expect(page.json().entries.length).toBeGreaterThan(0)
  for (const entry of page.json().entries) expect(entry).toMatchObject({ objectKind: 'person', objectId: id })
  // Of one kind of thing alone, so that the kind need not be said.
  const same = await entries(`objectId=${id}`)
  expect(same.json().entries.map(({ auditId }: { auditId: string }) => auditId)).toEqual(
    page.json().entries.map(({ auditId }: { auditId: string }) => auditId),
  )
  const payload = { purpose: 'audit：年度审计', personId: id }
  const csv = await call('POST', '/api/v1/operator/audit-exports', payload, auditor)
  expect(csv.body).toContain(`,person,${id},`)
  expect((await entries(`objectKind=person&objectId=${citizen.personId}`)).statusCode).toBe(400)
})

it('a proposal names its person by the id, and by nothing else', async () => {
  const propose = (personId: string) =>
    call('POST', '/api/v1/operator/finding-proposals', {
      requestId: randomUUID(),
      personId,
      category: 'close_contact',
      anchorAt: app.parts.clock().toISOString(),
      evidence: '协查函 2022-031',
      source: '区疾控中心',
    })
  expect((await propose(written('person', contact.personId))).statusCode).toBe(201)
  for (const personId of [contact.personId, written('finding', contact.personId), 'A'.repeat(22)]) {
    const { statusCode, body } = await propose(personId)
    expect([statusCode, body], personId).toEqual([
      400,
      expect.stringContaining('"field":"personId","reason":"format"'),
    ])
  }
})

const names = (Object.keys(operations) as OperationName[]).flatMap((name) => {
  const { properties = {} } = ((schemas[name] as OperationSchemas).params ?? {}) as {
    properties?: Record<string, { 'x-id-of'?: HiddenIdKind }>
  }
  const hidden = Object.entries(properties).find(([, schema]) => schema['x-id-of'])
  return hidden ? [{ name, param: hidden[0], kind: hidden[1]['x-id-of'] as HiddenIdKind }] : []
})

it('whoever walks through neighbours in any address meets nothing, whether somebody is there or not', async () => {
  expect(names.length).toBeGreaterThan(25)
  const statuses: string[] = []
  for (const { name, param, kind } of names) {
    const { method, path, access } = operations[name]
    const other: HiddenIdKind = kind === 'person' ? 'finding' : 'person'
    const real = written(kind, citizen.personId)
    const tried = [
      citizen.personId,
      contact.personId,
      '1',
      // Of another kind of thing, though the row of this number exists.
      written(other, citizen.personId),
      `${real.slice(0, 10)}${real[10] === 'A' ? 'B' : 'A'}${real.slice(11)}`,
      'A'.repeat(22),
    ]
    for (const id of tried) {
      const url = path.replace(`:${param}`, id).replace(/:\w+/g, '1')
      const { statusCode } = await call(method, url, method === 'GET' ? undefined : {}, headersFor(access))
      if (statusCode !== 404) statuses.push(`${name} ${id}: ${statusCode}`)
    }
  }
  expect(statuses).toEqual([])
})

it('one of the right form that nobody has is not found either', async () => {
  expect((await open(written('person', '999999999'))).statusCode).toBe(404)
})
