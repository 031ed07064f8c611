import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { appealing } from '../../../../test/appeals.ts'
import { createOperator, type TestOperator } from '../../../../test/operators.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'

let app: TestApp
let office: TestOperator
let hotline: TestOperator
beforeAll(async () => {
  app = await startTestApp({ now: new Date('2022-03-20T02:00:00Z') })
  office = await createOperator(app, { roles: ['office'], divisionCode: '320302' })
  hotline = await createOperator(app, { roles: ['hotline'] })
})
afterAll(() => app.close())

const { appealed, mine } = appealing(() => app)
const at = (appealId: string, act: string) => `/api/v1/operator/appeals/${appealId}${act}`
const proposalOf = () => ({ requestId: randomUUID(), kind: 'withdrawn', evidence: '车票核实，当日不在本市' })

describe('the hotline', () => {
  it('takes and passes on, and alone rejects nobody', async () => {
    const { citizen, appealId } = await appealed()
    await hotline.call('POST', at(appealId, '/taking'))
    const answer = { answer: '经核实当日确有停留记录，维持原码。' }
    expect((await hotline.call('POST', at(appealId, '/answer'), answer)).status).toBe(403)
    expect((await hotline.call('POST', at(appealId, '/proposal'), proposalOf())).status).toBe(403)
    expect(await mine(citizen)).toMatchObject({ state: 'in_progress' })
    const { divisionCode } = await mine(citizen)
    const note = { divisionCode, note: '已电话核实，建议维持' }
    const passed = await hotline.call('POST', at(appealId, '/hand-over'), note)
    expect([passed.status, passed.body.state]).toEqual([200, 'submitted'])
    // What is no longer in its hands it does not pass on again.
    expect((await hotline.call('POST', at(appealId, '/hand-over'), note)).status).toBe(409)
    await office.call('POST', at(appealId, '/taking'))
    expect((await office.call('POST', at(appealId, '/hand-over'), note)).body.fields).toEqual([
      { field: 'divisionCode', reason: 'unchanged' },
    ])
    const { body } = await office.call('POST', at(appealId, '/answer'), answer)
    expect(body.state).toBe('answered')
    expect(JSON.stringify(body.steps)).toContain('建议维持')
  })
})
