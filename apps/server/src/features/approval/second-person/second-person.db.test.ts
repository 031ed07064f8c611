import { randomBytes, randomUUID } from 'node:crypto'
import { DEFAULT_HOTLINE_POLICY } from '@jiankangbao/domain/ticket/hotline'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { addAnnouncement, proposeRelease } from '../../../../test/announcements.ts'
import {
  createDivisions,
  makeResidentId,
  registerCitizen,
  signInUnproved,
} from '../../../../test/factories.ts'
import { useImports } from '../../../../test/imports.ts'
import { createOperator, type TestOperator } from '../../../../test/operators.ts'
import { createPartner } from '../../../../test/partners.ts'
import { useProposals } from '../../../../test/proposals.ts'
import { useRulesets } from '../../../../test/rulesets.ts'
import {
  createLaboratoryOperator,
  createSampler,
  createSite,
  makeBarcode,
} from '../../../../test/sampling.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'

// The same attacks on every kind of matter that one writes and another decides. A new kind gets its line in `KINDS`.

const OPERATOR = '/api/v1/operator'
type Answer = Awaited<ReturnType<TestOperator['call']>>

let app: TestApp
beforeAll(async () => {
  // No demonstration: there, two accounts in one browser only raise an alarm.
  app = await startTestApp({ environment: { DEMO: 'false' } })
  await createDivisions(app)
})
afterAll(() => app.close())
beforeEach(async () => {
  app.outside.identity = 'match'
  await app.parts.pool.query(`update hotline_policies set state = 'dropped' where state = 'draft'`)
  await app.parts.pool.query(
    `update service_lists set state = 'dropped' where state in ('draft', 'proposed')`,
  )
})

interface Set {
  writer: TestOperator
  decider: TestOperator
  decide: (by: TestOperator) => Promise<Answer>
}
const { add, decide } = useProposals(() => app)
const { dryRun, propose: proposeRuleset } = useRulesets(() => app)
const { checked, person, work, propose: proposeImport } = useImports(() => app)
const as = (role: string, more: object = {}) => createOperator(app, { roles: [role], ...more })
const two = async (role: string, more: object = {}): Promise<[TestOperator, TestOperator]> => [
  await as(role, more),
  await as(role, more),
]
const must = async (answer: Promise<Answer>): Promise<Answer['body']> => {
  const { status, body } = await answer
  expect(status, JSON.stringify(body)).toBeLessThan(300)
  return body
}
const ask = (body: object) => ({ requestId: randomUUID(), ...body })
const approve = { verdict: 'approve', reason: '已核对材料' }

const finding = async (): Promise<Set> => {
  const [writer, decider] = await two('hq')
  const { personId } = await registerCitizen(app)
  const { proposalId } = await add(writer, personId)
  return { writer, decider, decide: (by) => decide(by, proposalId) }
}
const alarm = async (): Promise<Set> => {
  const { writer, decider } = await finding()
  app.parts.config.approval.manyADay = 0
  const { personId } = await registerCitizen(app)
  const { proposalId } = await add(writer, personId)
  app.parts.config.approval.manyADay = 1000
  const path = `${OPERATOR}/alarms/${proposalId}/acknowledgement`
  return { writer, decider, decide: (by) => by.call('POST', path, { note: '已经看到' }) }
}
const ruleset = async (): Promise<Set> => {
  const [writer, decider] = await two('hq')
  const draftId = await dryRun(writer)
  const other = await as('hq')
  const body = await must(proposeRuleset(other, draftId, new Date(Date.now() + 3600_000)))
  return { writer, decider, decide: (by) => decide(by, body.proposalId) }
}
const list = async (): Promise<Set> => {
  const [writer, decider] = await two('hq')
  const { row } = await person()
  const read = await checked(writer, `姓名,证件号码,类别,起算时间,依据\n${row}`)
  const { proposalId } = await must(proposeImport(writer, read.importId))
  const decideAndApply = async (by: TestOperator) => {
    const answer = await decide(by, proposalId)
    if (answer.status === 200) await work()
    return answer
  }
  return { writer, decider, decide: decideAndApply }
}
const announcement = async (): Promise<Set> => {
  const [writer, decider] = await two('hq')
  const { announcementId } = await must(addAnnouncement(writer, 'bulletin'))
  const { proposalId } = await must(proposeRelease(await as('hq'), announcementId))
  return { writer, decider, decide: (by) => decide(by, proposalId) }
}
const savedServices = (by: TestOperator) =>
  must(by.call('PUT', `${OPERATOR}/service-draft`, { revision: 0, services: [], note: '调整' }))
const services = async (): Promise<Set> => {
  const [writer, decider] = await two('hq')
  const { revision } = await savedServices(writer)
  const path = `${OPERATOR}/service-release-proposals`
  const asked = ask({ revision, evidence: '会议纪要' })
  const { proposalId } = await must((await as('hq')).call('POST', path, asked))
  return { writer, decider, decide: (by) => decide(by, proposalId) }
}
const stopped = async (): Promise<Set> => {
  const [writer, decider] = await two('hq')
  const { key } = (await app.http.inject({ url: '/api/v1/services' })).json().services[0]
  const path = `${OPERATOR}/services/${key}`
  await must(writer.call('POST', `${path}/stop`, { reason: '打不开' }))
  return { writer, decider, decide: (by) => by.call('POST', `${path}/resumption`, { reason: '已修好' }) }
}
const norm = async (): Promise<Set> => {
  const [writer, decider] = await two('hq')
  const { norms } = await must(writer.call('GET', `${OPERATOR}/lookup-norms`))
  const { least } = norms[0]
  const asked = ask({ least: least + 1, timesUsual: 3, most: 300, evidence: '筛查期间上调' })
  const { proposalId } = await must(writer.call('POST', `${OPERATOR}/lookup-norms/hq/proposals`, asked))
  return { writer, decider, decide: (by) => decide(by, proposalId) }
}
const identity = async (): Promise<Set> => {
  const [writer, decider] = await two('office')
  const { personId } = await registerCitizen(app)
  const path = `${OPERATOR}/identity-changes`
  const asked = ask({ kind: 'set_absence', personId, absence: 'moved_away', reason: '迁出证明' })
  const { changeId } = await must(writer.call('POST', path, asked))
  return { writer, decider, decide: (by) => by.call('POST', `${path}/${changeId}/decision`, approve) }
}
const operator = async (): Promise<Set> => {
  const [writer, decider] = await two('sysadmin')
  const asked = ask({
    ...{ username: `op-${randomUUID().slice(0, 8)}`, displayName: '测试员', organisation: '示例单位' },
    ...{ roles: ['office'], divisionCode: '320302', reason: '新入职' },
  })
  const { change } = await must(writer.call('POST', `${OPERATOR}/operators`, asked))
  const path = `${OPERATOR}/operator-changes/${change.changeId}/decision`
  return { writer, decider, decide: (by) => by.call('POST', path, approve) }
}
const counter = async (): Promise<Set> => {
  const [writer, decider] = await two('office')
  const documentNumber = makeResidentId({ birthOn: '1940-02-03' })
  const asked = ask({
    ...{ kind: 'register', cause: 'no_phone', seen: 'resident_card', evidence: '身份证原件' },
    identity: { name: '孙奶奶', documentType: 'resident_id', documentNumber },
  })
  const path = `${OPERATOR}/counter-acts`
  const { actId } = await must(writer.call('POST', path, asked))
  return { writer, decider, decide: (by) => by.call('POST', `${path}/${actId}/decision`, approve) }
}
const proof = async (): Promise<Set> => {
  const [writer, decider] = await two('hotline')
  const owner = await registerCitizen(app)
  const { headers } = await signInUnproved(app, owner)
  const { proofCode } = (await app.http.inject({ url: '/api/v1/me/sign-in-proof', headers })).json()
  const { documentNumber } = owner
  const asked = ask({ proofCode, documentType: 'resident_id', documentNumber, reason: '来电核对无误' })
  const path = `${OPERATOR}/sign-in-proofs`
  const { proofId } = await must(writer.call('POST', path, asked))
  return { writer, decider, decide: (by) => by.call('POST', `${path}/${proofId}/decision`, approve) }
}
const hotline = async (): Promise<Set> => {
  const [writer, decider] = await two('hq')
  const body = { revision: 0, changeNote: '改答复时限', policy: DEFAULT_HOTLINE_POLICY }
  await must(writer.call('PUT', `${OPERATOR}/hotline-policy-draft`, body))
  const path = `${OPERATOR}/hotline-policy-releases`
  return { writer, decider, decide: (by) => by.call('POST', path, { revision: 1 }) }
}
const round = async (): Promise<Set> => {
  const [writer, decider] = await two('office', { divisionCode: '320302' })
  const at = (hours: number) => new Date(Date.now() + hours * 3600_000).toISOString()
  const asked = ask({
    ...{ name: '第一轮', divisionCodes: ['320302'], rosterIds: [], kind: 'pooled', times: 1 },
    ...{ fromAt: at(-1), untilAt: at(7), dueAt: at(31) },
  })
  const { roundId } = await must(writer.call('POST', `${OPERATOR}/test-rounds`, asked))
  const path = `${OPERATOR}/test-rounds/${roundId}/beginning`
  return { writer, decider, decide: (by) => by.call('POST', path, {}) }
}
const tube = async (): Promise<Set> => {
  const writer = await createSampler(app, await createSite(app))
  const decider = await createSampler(app, writer.siteId)
  const barcode = makeBarcode('ten')
  await writer.open(barcode)
  await writer.sample(barcode, await registerCitizen(app))
  const asked = ask({ barcode, toBarcode: makeBarcode('ten'), reason: 'broken', count: 1 })
  const path = '/api/v1/sampling/tube-moves'
  const { moveId } = await must(writer.call('POST', path, asked))
  const body = { verdict: 'confirmed', count: 1 }
  return { writer, decider, decide: (by) => by.call('POST', `${path}/${moveId}/decision`, body) }
}
const result = async (): Promise<Set> => {
  const name = `检验所 ${randomUUID()}`
  await createPartner(app, 'laboratory', name)
  const [writer, decider] = [
    await createLaboratoryOperator(app, name),
    await createLaboratoryOperator(app, name),
  ]
  const sampler = await createSampler(app)
  const barcode = makeBarcode('ten')
  await sampler.open(barcode)
  await sampler.sample(barcode, await registerCitizen(app))
  await sampler.seal(barcode, 1)
  const told = ask({ results: [{ action: 'report', barcode, result: 'negative' }] })
  await must(writer.call('POST', '/api/v1/laboratory/tube-results', told))
  const path = '/api/v1/laboratory/held-results'
  const { results } = await must(writer.call('GET', `${path}?limit=100`))
  const { tubeResultId } = results.find((each: { barcode: string }) => each.barcode === barcode)
  const body = { verdict: 'apply', reason: '已核对原始记录' }
  return { writer, decider, decide: (by) => by.call('POST', `${path}/${tubeResultId}/decision`, body) }
}
const venue = async (): Promise<Set> => {
  const [writer, decider] = await two('office', { divisionCode: '320302' })
  const asked = ask({
    ...{ name: '云上小店', kind: 'retail', divisionCode: '320302', address: '虚构路 1 号' },
    ...{ responsibleName: '王小二', responsiblePhone: '13900000000', points: ['正门'] },
  })
  const { venueId } = await must(writer.call('POST', `${OPERATOR}/venues`, asked))
  const path = `${OPERATOR}/venues/${venueId}/review`
  return { writer, decider, decide: (by) => by.call('POST', path, { verdict: 'approve' }) }
}

/** About colours, rules, operators or who is who: whoever has just begun waits for a day. */
const WEIGHTY = { finding, ruleset, list, norm, identity, operator, counter, proof, result }
const OTHERS = { stopped, announcement, services, hotline, round, tube, venue, alarm }
const KINDS = Object.entries({ ...WEIGHTY, ...OTHERS })

const pool = () => app.parts.pool
const made = async (maker: TestOperator, of: TestOperator) =>
  pool().query(
    `insert into operator_changes (kind, operator_id, username, payload, reason, state, proposed_by, proposed_at, expires_at,
       decided_by, decided_at, decision_reason, request_id)
     select 'create', $1::bigint, 'made-before', '{}', '入职', 'approved', $2::bigint, now() - interval '90 days',
       now() - interval '80 days', o.operator_id, now() - interval '89 days', '同意', gen_random_uuid()
     from operators o where o.operator_id = $3::bigint`,
    [of.operatorId, maker.operatorId, (await as('hq')).operatorId],
  )
const signedIn = (by: TestOperator, browser: Buffer, address: string, hoursAgo = 1) =>
  pool().query(
    `insert into operator_browsers (operator_id, browser_hash, address, used_at)
     values ($1::bigint, $2::bytea, $3::text, now() - $4::int * interval '1 hour')`,
    [by.operatorId, browser, address, hoursAgo],
  )
const begun = (by: TestOperator) =>
  pool().query(
    `update operators set decides_from = now() + interval '20 hours' where operator_id = $1::bigint`,
    [by.operatorId],
  )
const refusalOf = async (answer: Promise<Answer>) => {
  const { status, body } = await answer
  return [status, body.code, body.fields?.[0]?.reason]
}
describe.each(KINDS)('what one wrote: %s', (kind, make) => {
  it('is decided by nobody who may be the same person, and by another person', async () => {
    const matter = await make()
    const { writer, decider } = matter
    expect(await refusalOf(matter.decide(writer))).toEqual([403, 'OWN_PROPOSAL', undefined])

    await made(decider, writer)
    expect(await refusalOf(matter.decide(decider))).toEqual([403, 'FORBIDDEN', 'made_by_decider'])
    await pool().query(`update operator_changes set state = 'rejected' where username = 'made-before'`)

    const browser = randomBytes(32)
    await signedIn(writer, browser, '203.0.113.7')
    await signedIn(decider, browser, '203.0.113.8', 23)
    expect(await refusalOf(matter.decide(decider))).toEqual([403, 'FORBIDDEN', 'shared_browser'])
    await pool().query(`update operator_browsers set used_at = now() - interval '25 hours'`)

    if (kind in WEIGHTY) {
      await begun(decider)
      expect(await refusalOf(matter.decide(decider))).toEqual([403, 'FORBIDDEN', 'account_new'])
      await pool().query('update operators set decides_from = null')
    } else await begun(decider)

    const { status, body } = await matter.decide(decider)
    expect(status, JSON.stringify(body)).toBeLessThan(300)
  })

  it('is decided from a shared address, and others see that', async () => {
    const matter = await make()
    await signedIn(matter.writer, randomBytes(32), '203.0.113.9')
    await signedIn(matter.decider, randomBytes(32), '203.0.113.9')
    const { status, body } = await matter.decide(matter.decider)
    expect(status, JSON.stringify(body)).toBeLessThan(300)
    const watcher = await as('auditor')
    const { incidents } = await must(
      watcher.call('GET', `${OPERATOR}/incidents?kind=decided_in_doubt&limit=100`),
    )
    const ofDecider = incidents.filter(
      (each: { operator?: { operatorId: string } }) =>
        each.operator?.operatorId === matter.decider.operatorId,
    )
    const alarms = await must(watcher.call('GET', `${OPERATOR}/alarms?limit=100`))
    const seen = ofDecider.length > 0 || JSON.stringify(alarms).includes('shared_address')
    expect(seen).toBe(true)
  })
})
