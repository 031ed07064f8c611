import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { registerCitizen } from '../../../../test/factories.ts'
import { createOperator, type TestOperator } from '../../../../test/operators.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'
import { inTransaction } from '../../../db/pool.ts'
import { evaluateDirty } from '../../colours/status/status.service.ts'

const start = new Date('2022-03-20T02:00:00Z')
const POSITIVE_AT = '2022-03-16T04:00:00.000Z'

let app: TestApp
let hq: TestOperator
let office: TestOperator
beforeAll(async () => {
  app = await startTestApp({ now: start })
  hq = await createOperator(app, { roles: ['hq'] })
  office = await createOperator(app, { roles: ['office'], divisionCode: '320302' })
})
afterAll(() => app.close())

const evaluate = () => inTransaction(app.parts.pool, (tx) => evaluateDirty(tx, 100, app.parts.clock()))
const url = '/api/v1/operator/finding-proposals'
const bodyFor = (personId: string, more: object) => ({
  requestId: randomUUID(),
  personId,
  anchorAt: '2022-03-15T04:00:00.000Z',
  evidence: '流调报告 2022-031',
  source: '鼓楼区疾控中心',
  ...more,
})
const propose = async (personId: string, more: object): Promise<string> => {
  const { status, body } = await office.call('POST', url, bodyFor(personId, more))
  expect([status, body.fields]).toEqual([201, undefined])
  return body.proposalId
}
const approve = async (proposalId: string) => {
  const decision = { verdict: 'approve', reason: '材料齐全' }
  expect((await hq.call('POST', `/api/v1/operator/proposals/${proposalId}/decision`, decision)).status).toBe(
    200,
  )
}
const hangOn = (personId: string, contactPersonId: string) =>
  propose(personId, { category: 'secondary_contact', contactPersonId })
const confirm = (personId: string) => propose(personId, { category: 'confirmed', anchorAt: POSITIVE_AT })
const fileOf = async (personId: string) => {
  await evaluate()
  return (await hq.call('GET', `/api/v1/operator/persons/${personId}?purpose=flow`)).body
}
const categoriesOf = (file: { reasons: { category: string }[] }) =>
  file.reasons.map(({ category }) => category)
const two = async () =>
  [(await registerCitizen(app)).personId, (await registerCitizen(app)).personId] as const

it('shows on whom a secondary contact hangs, and to the one who decides', async () => {
  const [dependent, contact] = await two()
  const proposalId = await hangOn(dependent, contact)
  const { body } = await hq.call('GET', `/api/v1/operator/proposals/${proposalId}`)
  expect(body.contact).toBe('张**')
  await approve(proposalId)
  expect((await fileOf(dependent)).findings).toMatchObject([
    { category: 'secondary_contact', contact: { personId: contact, nameMasked: '张**' } },
  ])
})

it.each(['contact named first', 'contact positive first', 'at the same time'])(
  'turns a close contact when the contact turns positive: %s',
  async (order) => {
    const [dependent, contact] = await two()
    const hanging = await hangOn(dependent, contact)
    const positive = await confirm(contact)
    if (order === 'at the same time') await Promise.all([approve(hanging), approve(positive)])
    else
      for (const id of order === 'contact named first' ? [hanging, positive] : [positive, hanging])
        await approve(id)
    const file = await fileOf(dependent)
    expect(file.findings[0].contact).toMatchObject({ positiveAt: POSITIVE_AT })
    expect(file.reasons).toContainEqual(expect.objectContaining({ category: 'close_contact', colour: 'red' }))
    const { rows } = await app.parts.pool.query(
      `select action, details from audit_entries where object_kind = 'finding' and object_id = $1::text`,
      [file.findings[0].findingId],
    )
    expect(rows).toEqual([{ action: 'finding.contact_positive', details: { personId: dependent } }])
  },
)

it('takes it back when the confirmed finding was never right', async () => {
  const [dependent, contact] = await two()
  await approve(await hangOn(dependent, contact))
  await approve(await confirm(contact))
  const { findingId } = (await fileOf(contact)).findings[0]
  const withdrawal = await office.call('POST', `/api/v1/operator/findings/${findingId}/end-proposals`, {
    requestId: randomUUID(),
    kind: 'withdrawn',
    evidence: '复核为阴性，误录',
  })
  await approve(withdrawal.body.proposalId)
  const file = await fileOf(dependent)
  expect(file.findings[0].contact.positiveAt).toBeUndefined()
  expect(categoriesOf(file)).toEqual(['secondary_contact'])
})

it('does not count an infection that was over before', async () => {
  const [dependent, contact] = await two()
  const longAgo = { category: 'confirmed', anchorAt: '2022-01-01T04:00:00.000Z' }
  await approve(await propose(contact, longAgo))
  await app.parts.pool.query(
    `update findings set ended_at = '2022-01-20T04:00:00Z' where person_id = $1::bigint`,
    [contact],
  )
  await approve(await hangOn(dependent, contact))
  expect(categoriesOf(await fileOf(dependent))).toEqual(['secondary_contact'])
})

it('is named only for who hangs on somebody else who is there', async () => {
  const [dependent, contact] = await two()
  const fieldsOf = async (more: object) =>
    (await office.call('POST', url, bodyFor(dependent, more))).body.fields
  const category = 'secondary_contact'
  expect(await fieldsOf({ category: 'symptom', contactPersonId: contact })).toEqual([
    { field: 'contactPersonId', reason: 'not_allowed' },
  ])
  expect(await fieldsOf({ category, contactPersonId: dependent })).toEqual([
    { field: 'contactPersonId', reason: 'own_identity' },
  ])
  expect(await fieldsOf({ category, contactPersonId: '999999' })).toEqual([
    { field: 'contactPersonId', reason: 'not_found' },
  ])
})
