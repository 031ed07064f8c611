import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { registerCitizen } from '../../../../test/factories.ts'
import { createOperator } from '../../../../test/operators.ts'
import { createPartner } from '../../../../test/partners.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'
import { expireProposals } from '../../approval/proposal/expire-proposals.ts'
import { renewResultDrafts } from './laboratory.service.ts'

const NOW = new Date('2022-03-12T04:00:00.000Z')
const later = (days: number) => new Date(NOW.getTime() + days * 24 * 3600_000)

let app: TestApp
beforeAll(async () => {
  app = await startTestApp({ now: NOW })
})
afterAll(() => app.close())

const runJobs = async () => {
  await expireProposals(app.parts)
  await renewResultDrafts(app.parts)
  return renewResultDrafts(app.parts)
}

it('a positive is never without a draft: one that nobody decided in time comes again', async () => {
  const laboratory = await createPartner(app, 'laboratory', '徐州第三检验所')
  await createOperator(app)
  const citizen = await registerCitizen(app)
  const number = randomUUID()
  const push = async (row: object) => {
    const batch = { batchId: randomUUID(), results: [{ number, ...row }] }
    expect((await laboratory.push('/api/v1/partner/test-results', batch)).status).toBe(200)
  }
  // Sessions of operators do not last that long: everybody is a new one.
  const openDrafts = async () => {
    const reader = await createOperator(app, { roles: ['hq'] })
    return (await reader.call('GET', `/api/v1/operator/proposals?state=open&personId=${citizen.personId}`))
      .body.proposals
  }
  const decide = async (proposalId: string, verdict: string) => {
    const decider = await createOperator(app, { roles: ['hq'] })
    const answer = await decider.call('POST', `/api/v1/operator/proposals/${proposalId}/decision`, {
      verdict,
      reason: '核对无误',
    })
    expect(answer.status, JSON.stringify(answer.body)).toBe(200)
  }
  await push({
    action: 'report',
    kind: 'single',
    result: 'positive',
    sampledAt: '2022-03-12T08:00:00+08:00',
    persons: [{ documentType: 'resident_id', documentNumber: citizen.documentNumber }],
  })
  const [first] = await openDrafts()
  app.setNow(later(8))
  expect(await openDrafts()).toEqual([])
  expect(await runJobs()).toBe(0)
  const [second, ...others] = await openDrafts()
  expect(others).toEqual([])
  expect(second).toMatchObject({ kind: 'finding.add', category: 'confirmed', proposedBy: '徐州第三检验所' })
  expect(second.proposalId).not.toBe(first.proposalId)

  await decide(second.proposalId, 'approve')
  await push({ action: 'withdraw' })
  app.setNow(later(16))
  expect(await openDrafts()).toEqual([])
  expect(await runJobs()).toBe(0)
  const [end] = await openDrafts()
  expect(end).toMatchObject({ kind: 'finding.end', category: 'confirmed' })
  await decide(end.proposalId, 'reject')
  app.setNow(later(24))
  await runJobs()
  expect(await openDrafts()).toEqual([])
})
