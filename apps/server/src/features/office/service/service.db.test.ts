import { randomUUID } from 'node:crypto'
import type { Service } from '@jiankangbao/domain/service/service'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createOperator, goOnTo, type TestOperator } from '../../../../test/operators.ts'
import { PROPOSALS, useProposals } from '../../../../test/proposals.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'
import { checkServices } from './service.jobs.ts'

const ORIGIN = 'https://module.example'
const start = new Date('2022-03-20T02:00:00Z')
const later = (minutes: number) => new Date(start.getTime() + minutes * 60_000)
const OPERATOR = '/api/v1/operator'

let app: TestApp
const by = {} as Record<'hq' | 'hq2' | 'office' | 'auditor', TestOperator>
beforeAll(async () => {
  app = await startTestApp({ now: start, environment: { SERVICE_ORIGINS: ORIGIN } })
  by.hq = await createOperator(app, { roles: ['hq'] })
  by.hq2 = await createOperator(app, { roles: ['hq'] })
  by.office = await createOperator(app, { roles: ['office'], divisionCode: '320302' })
  by.auditor = await createOperator(app, { roles: ['auditor'] })
})
beforeEach(() => goOnTo(app, start))
afterAll(() => app.close())

const { decide, actionsOn } = useProposals(() => app)
const service = (key: string, more: object = {}): Service =>
  ({
    key,
    title: { zh: `服务 ${key}`, en: '' },
    words: { zh: '', en: '' },
    icon: 'link',
    kind: 'link',
    url: `${ORIGIN}/${key}`,
    viewers: 'everybody',
    elder: true,
    scopes: [],
    ...more,
  }) as Service
const save = (who: TestOperator, revision: number, services: Service[]) =>
  who.call('PUT', `${OPERATOR}/service-draft`, { revision, services, note: '调整' })
const propose = (who: TestOperator, revision: number) =>
  who.call('POST', `${OPERATOR}/service-release-proposals`, {
    requestId: randomUUID(),
    revision,
    evidence: '指挥部会议纪要',
  })
const release = async (services: Service[]) => {
  const saved = await save(by.hq, 0, services)
  expect([saved.status, saved.body.fields]).toEqual([200, undefined])
  const { proposalId } = (await propose(by.hq, 1)).body
  expect((await decide(by.hq2, proposalId)).status).toBe(200)
  return { version: saved.body.version as number, proposalId: proposalId as string }
}
const shown = async (): Promise<{ key: string; failing: boolean }[]> => {
  await goOnTo(app, new Date(app.parts.clock().getTime() + 11_000))
  return (await app.http.inject({ url: '/api/v1/services' })).json().services
}
const keys = async () => (await shown()).map(({ key }) => key)

it('the app has the services of its city before anybody released any', async () => {
  const answer = (await app.http.inject({ url: '/api/v1/services' })).json()
  expect(answer.version).toBe(0)
  expect(answer.services.map(({ key }: { key: string }) => key)).toEqual(
    expect.arrayContaining(['tests', 'entry', 'risk-areas', 'fever-clinics', 'vaccination', 'communities']),
  )
  expect(answer.services.at(-1)).toMatchObject({ kind: 'telephone', telephone: '12345' })
})

describe('the services', () => {
  it('are written by one and released by another, who sees what changes', async () => {
    const before = await keys()
    const saved = await save(by.hq, 0, [service('one'), service('two')])
    expect(saved.body).toMatchObject({ state: 'draft', revision: 1 })
    expect(await keys()).toEqual(before)
    expect((await save(by.hq2, 0, [])).body.fields).toEqual([
      { field: 'revision', reason: 'changed_meanwhile' },
    ])
    const { proposalId } = (await propose(by.hq2, 1)).body
    expect((await by.hq2.call('GET', `${PROPOSALS}/${proposalId}`)).body).toMatchObject({
      kind: 'services.release',
      needsHq: true,
      services: { version: saved.body.version, added: ['服务 one', '服务 two'] },
    })
    expect((await save(by.hq, 1, [])).body.fields).toEqual([{ field: 'state', reason: 'proposed' }])
    // Who wrote it does not release it, though another asked for it; who asked does not either.
    expect((await decide(by.hq, proposalId)).body.code).toBe('OWN_PROPOSAL')
    expect((await decide(by.hq2, proposalId)).body.code).toBe('OWN_PROPOSAL')
    await decide(by.hq, proposalId, 'reject', '链接待核')
    const hq3 = await createOperator(app, { roles: ['hq'] })
    const second = (await propose(by.hq, 1)).body
    expect((await decide(hq3, second.proposalId)).status).toBe(200)
    expect(await keys()).toEqual(['one', 'two'])
    expect(await actionsOn(second.proposalId)).toEqual(['proposal.made', 'proposal.approved'])
    const { rows } = await app.parts.pool.query<{ action: string }>(
      `select action from audit_entries where object_kind = 'service' and object_id = $1::text order by audit_id`,
      [String(saved.body.version)],
    )
    expect(rows.map(({ action }) => action)).toEqual(['service.saved'])
    const kept = (await by.auditor.call('GET', `${OPERATOR}/service-versions`)).body
    expect(kept).toMatchObject({ current: saved.body.version, origins: [ORIGIN] })
    expect(kept.versions[0]).toMatchObject({ state: 'released', editedBy: '测试员', changeNote: '调整' })
  })

  it('replace each other by versions; an older one stays to be read', async () => {
    const first = await release([service('old')])
    await release([service('new')])
    expect(await keys()).toEqual(['new'])
    const kept = await by.auditor.call('GET', `${OPERATOR}/service-versions/${first.version}`)
    expect(kept.body.services.map(({ key }: Service) => key)).toEqual(['old'])
    expect((await by.auditor.call('GET', `${OPERATOR}/service-versions/99999`)).status).toBe(404)
  })

  it('a draft is dropped, and one that waits for its second person is not', async () => {
    const { version } = (await save(by.hq, 0, [service('draft')])).body
    expect((await by.hq.call('DELETE', `${OPERATOR}/service-draft`)).status).toBe(204)
    const { rowCount } = await app.parts.pool.query(
      `select from audit_entries where action = 'service.draft_dropped' and object_id = $1::text`,
      [String(version)],
    )
    expect(rowCount).toBe(1)
    expect((await by.hq.call('DELETE', `${OPERATOR}/service-draft`)).status).toBe(409)
    await save(by.hq, 0, [service('draft')])
    const { proposalId } = (await propose(by.hq, 1)).body
    expect((await by.hq.call('DELETE', `${OPERATOR}/service-draft`)).status).toBe(409)
    expect((await propose(by.hq, 1)).status).toBe(409)
    await decide(by.hq2, proposalId, 'reject', '不需要')
    expect((await by.hq.call('DELETE', `${OPERATOR}/service-draft`)).status).toBe(204)
  })

  it('of two who begin at once, one is told', async () => {
    const both = await Promise.all([save(by.hq, 0, [service('first')]), save(by.hq2, 0, [service('second')])])
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
    expect((await by.hq.call('DELETE', `${OPERATOR}/service-draft`)).status).toBe(204)
  })

  it.each([
    ['javascript:alert(1)//', 'services.0.url'],
    ['https://module.example@evil.example/', 'services.0.url'],
    ['https://module.example.evil.example/', 'services.0.url'],
    ['http://module.example/', 'services.0.url'],
    ['https://module.example:444/', 'services.0.url'],
  ])('lead nowhere else: %s', async (url, field) => {
    const { status, body } = await save(by.hq, 0, [service('bad', { url })])
    expect([status, body.fields]).toEqual([400, [{ field, reason: 'origin_not_allowed' }]])
  })

  it('refuse two of one key, and words that are markup stay words', async () => {
    const twice = await save(by.hq, 0, [service('same'), service('same')])
    expect(twice.body.fields).toEqual([{ field: 'services.1.key', reason: 'duplicate' }])
    expect((await save(by.hq, 0, [service('Bad Key')])).status).toBe(400)
  })

  it('come and go by their own dates', async () => {
    await release([
      service('soon', { startsAt: later(60).toISOString() }),
      service('short', { endsAt: later(60).toISOString() }),
    ])
    expect(await keys()).toEqual(['short'])
    await goOnTo(app, later(61))
    expect(await keys()).toEqual(['soon'])
  })
})

describe('a service', () => {
  it('is taken out at once by one, and let in again by another', async () => {
    await release([service('one'), service('two')])
    const stop = (who: TestOperator) =>
      who.call('POST', `${OPERATOR}/services/one/stop`, { reason: '链接有误' })
    const resume = (who: TestOperator) =>
      who.call('POST', `${OPERATOR}/services/one/resumption`, { reason: '已修复' })
    expect((await stop(by.office)).status).toBe(403)
    expect((await stop(by.auditor)).status).toBe(403)
    expect((await by.hq.call('POST', `${OPERATOR}/services/three/stop`, { reason: '不存在' })).status).toBe(
      404,
    )
    const both = await Promise.all([stop(by.hq), stop(by.hq)])
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
    expect(await keys()).toEqual(['two'])
    // A new version does not bring it back.
    await release([service('one'), service('two')])
    expect(await keys()).toEqual(['two'])
    expect((await resume(by.hq)).body.code).toBe('OWN_PROPOSAL')
    expect((await resume(by.hq2)).status).toBe(200)
    expect((await resume(by.hq2)).status).toBe(409)
    expect(await keys()).toEqual(['one', 'two'])
    const { rows } = await app.parts.pool.query<{ action: string }>(
      `select action from audit_entries where object_kind = 'service' and object_id = 'one' order by audit_id`,
    )
    expect(rows.map(({ action }) => action)).toEqual(['service.stopped', 'service.resumed'])
  })

  it('whose check fails twice hides or turns grey, and comes back with the first answer', async () => {
    const check = (failing: string) => ({ url: `${ORIGIN}/health-${failing}`, failing })
    await release([
      service('hides', { check: check('hide') }),
      service('greys', { check: check('grey') }),
      service('plain'),
    ])
    const round = async (minutes: number) => {
      await goOnTo(app, later(minutes))
      await checkServices(app.parts)
    }
    app.outside.servicesAway = new Set([`${ORIGIN}/health-hide`, `${ORIGIN}/health-grey`])
    await round(1)
    expect(await keys()).toEqual(['hides', 'greys', 'plain'])
    await round(3)
    expect(await shown()).toEqual([
      expect.objectContaining({ key: 'greys', failing: true }),
      expect.objectContaining({ key: 'plain', failing: false }),
    ])
    // The check's own address is nobody's business outside.
    expect(JSON.stringify(await shown())).not.toContain('health-')
    const states = (await by.auditor.call('GET', `${OPERATOR}/service-versions`)).body.states
    expect(states[0]).toMatchObject({ key: 'hides', check: { failing: true } })
    app.outside.servicesAway.clear()
    await round(5)
    expect(await keys()).toEqual(['hides', 'greys', 'plain'])
    // Two processes in one moment ask once.
    await goOnTo(app, later(7))
    await Promise.all([checkServices(app.parts), checkServices(app.parts)])
  })
})

it.each([
  ['GET', '/service-versions'],
  ['PUT', '/service-draft'],
  ['DELETE', '/service-draft'],
  ['POST', '/service-release-proposals'],
  ['POST', '/services/one/stop'],
  ['POST', '/services/one/resumption'],
] as const)('%s %s is for headquarters', async (method, path) => {
  const answer = await app.http.inject({ method, url: `${OPERATOR}${path}` })
  expect(answer.statusCode).toBe(401)
  const body = {
    requestId: randomUUID(),
    revision: 0,
    services: [],
    reason: '理由',
    evidence: '依据',
  }
  expect(
    (await by.office.call(method, `${OPERATOR}${path}`, method === 'GET' ? undefined : body)).status,
  ).toBe(403)
})
