import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { createOperator, type TestOperator } from '../../../../test/operators.ts'
import { ninthEdition, RULESETS, useRulesets } from '../../../../test/rulesets.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'
import { inTransaction } from '../../../db/pool.ts'
import { beginApplication, lockUnapplied } from '../../colours/rules/published.queries.ts'
import { getRulesetInForce } from '../../colours/rules/ruleset.service.ts'
import { applyRuleset } from '../../colours/status/apply-ruleset.ts'
import { evaluateDirty, markStale } from '../../colours/status/status.service.ts'

const start = new Date('2022-03-20T02:00:00Z')
const after = (minutes: number) => new Date(start.getTime() + minutes * 60_000)

let app: TestApp
let office: TestOperator
let office2: TestOperator
let hq: TestOperator
let hq2: TestOperator
let districtHq: TestOperator
beforeAll(async () => {
  app = await startTestApp({ now: start })
  office = await createOperator(app, { roles: ['office'], divisionCode: '320302' })
  office2 = await createOperator(app, { roles: ['office'], divisionCode: '320302' })
  hq = await createOperator(app, { roles: ['hq'] })
  hq2 = await createOperator(app, { roles: ['hq'] })
  districtHq = await createOperator(app, { roles: ['hq'], divisionCode: '320302' })
  await rulesets.seedPeople(200)
})
beforeEach(() => app.setNow(start))
afterAll(() => app.close())

const rulesets = useRulesets(() => app)
const { decide, read } = rulesets

const publish = async (id: string, at: Date): Promise<string> => {
  const draftId = await rulesets.dryRun(hq, ninthEdition({ id }))
  const { proposalId } = (await rulesets.propose(hq, draftId, at)).body
  expect((await decide(hq2, proposalId)).status).toBe(200)
  return draftId
}
const reason = '联防联控机制综发〔2022〕70 号：暂缓执行'
const propose = (by: TestOperator, rulesetId: string, requestId: string = randomUUID(), why = reason) =>
  by.call('POST', `${RULESETS}/${rulesetId}/call-off-proposals`, { requestId, reason: why })
const shown = async (rulesetId: string) => (await hq.call('GET', `${RULESETS}/${rulesetId}`)).body.ruleset
const inForceAt = async (now: Date) => (await getRulesetInForce(app.parts.pool, now)).id
const tooLate = { code: 'STATE_CONFLICT', fields: [{ field: 'effectiveFrom', reason: 'too_late' }] }

it('is proposed of a coming ruleset only, once, with a reason', async () => {
  await publish('asked', after(20))
  expect((await propose(office, 'xz-2022-03')).body).toMatchObject(tooLate)
  expect((await propose(office, 'nothing-here')).status).toBe(404)
  expect((await propose(office, 'asked', randomUUID(), '。')).status).toBe(400)
  const auditor = await createOperator(app, { roles: ['auditor'] })
  expect((await propose(auditor, 'asked')).status).toBe(403)
  const requestId = randomUUID()
  const answers = await Promise.all([1, 2, 3].map(() => propose(office, 'asked', requestId)))
  const body = answers[0]?.body
  expect(answers.map((each) => [each.status, each.body.proposalId])).toEqual(
    [1, 2, 3].map(() => [201, body.proposalId]),
  )
  expect(body).toMatchObject({
    kind: 'ruleset.call_off',
    needsHq: true,
    evidence: reason,
    ruleset: { rulesetId: 'asked', effectiveFrom: after(20).toISOString(), persons: 0, moves: [] },
  })
  const made = await app.parts.pool.query(
    `select actor_id, details ->> 'rulesetId' as ruleset from audit_entries where action = 'proposal.made' and object_id = $1`,
    [body.proposalId],
  )
  expect(made.rows).toEqual([{ actor_id: office.operatorId, ruleset: 'asked' }])
  expect((await propose(hq, 'asked')).body.fields).toEqual([{ field: 'state', reason: 'call_off_proposed' }])
  expect(await propose(office, 'xz-2022-03', requestId)).toMatchObject({
    status: 409,
    body: { code: 'REQUEST_ID_REUSED' },
  })
  expect(await shown('asked')).toMatchObject({ state: 'coming', callOffProposalId: body.proposalId })

  expect((await decide(office2, body.proposalId)).body.fields).toEqual([
    { field: 'category', reason: 'needs_hq' },
  ])
  expect((await decide(districtHq, body.proposalId)).body.fields).toEqual([
    { field: 'division', reason: 'needs_city' },
  ])
  const withdrawal = `/api/v1/operator/proposals/${body.proposalId}/withdrawal`
  expect((await office.call('POST', withdrawal, { reason: '有误' })).status).toBe(200)
  expect(await shown('asked')).not.toHaveProperty('callOffProposalId')
  const second = (await propose(office, 'asked')).body.proposalId
  expect((await decide(hq, second, 'reject')).body.state).toBe('rejected')
  expect(await shown('asked')).toMatchObject({ state: 'coming' })
  const own = (await propose(hq, 'asked')).body.proposalId
  expect((await decide(hq, own)).body.code).toBe('OWN_PROPOSAL')
  expect((await decide(hq2, own)).body.state).toBe('approved')
})

it('never comes into force, changes and tells nobody, and is shown with who and why', async () => {
  const draftId = await publish('withheld', after(10))
  expect(await inForceAt(after(10))).toBe('withheld')
  app.setNow(after(1))
  for (const [name, { operatorId }] of Object.entries({ 提出人: office, 批准人: hq }))
    await app.parts.pool.query('update operators set display_name = $1 where operator_id = $2', [
      name,
      operatorId,
    ])
  const { proposalId } = (await propose(office, 'withheld')).body
  expect((await decide(hq, proposalId)).body).toMatchObject({ state: 'approved' })
  expect(await shown('withheld')).toMatchObject({
    state: 'called_off',
    calledOff: { at: after(1).toISOString(), proposedBy: '提出人', by: '批准人', reason },
  })
  expect(await read(hq, draftId)).toMatchObject({ state: 'called_off', warnings: [] })
  expect((await propose(office, 'withheld')).body.fields).toEqual([{ field: 'state', reason: 'called_off' }])
  const { rows: entries } = await app.parts.pool.query(
    `select action, actor_id, purpose from audit_entries where object_kind = 'ruleset' and object_id = 'withheld' order by audit_id`,
  )
  expect(entries.map(({ action }) => action)).toEqual(['ruleset.published', 'ruleset.called_off'])
  expect(entries[1]).toMatchObject({ actor_id: hq.operatorId, purpose: reason })

  const everybody = async () =>
    (
      await app.parts.pool.query(
        'select person_id, colour, next_change_at, ruleset_id from status_current order by person_id',
      )
    ).rows
  const before = await everybody()
  app.setNow(after(10))
  expect(await inForceAt(after(10))).toBe('xz-2022-03')
  expect(await applyRuleset(app.parts, 100, 'evaluate')).toBeUndefined()
  await markStale(app.parts.pool, '0', after(10), 1000)
  expect((await app.parts.pool.query('select 1 from dirty_persons')).rowCount).toBe(0)
  expect(await everybody()).toEqual(before)
  expect((await hq.call('GET', RULESETS)).body.rulesets.map((each: { state: string }) => each.state)).toEqual(
    ['called_off', 'called_off', 'in_force'],
  )

  // Whoever a process whose clock was ahead had evaluated by it is found, and evaluated by the rules in force.
  await app.parts.pool.query(
    `update status_current set ruleset_id = 'withheld' where person_id = (select min(person_id) from status_current)`,
  )
  await markStale(app.parts.pool, '0', after(10), 1000)
  expect(await inTransaction(app.parts.pool, (tx) => evaluateDirty(tx, 100, after(10)))).toBe(1)
  expect(await everybody()).toEqual(before)
})

it('leaves its instant to another ruleset, its id to none', async () => {
  await publish('first', after(15))
  await decide(hq, (await propose(office, 'first')).body.proposalId)
  await publish('second', after(15))
  expect(await inForceAt(after(15))).toBe('second')
  const body = { requestId: randomUUID(), document: ninthEdition({ id: 'first' }) }
  expect((await hq.call('POST', '/api/v1/operator/ruleset-drafts', body)).body.fields).toEqual([
    { field: 'document/id', reason: 'is published already' },
  ])
  await decide(hq, (await propose(office, 'second')).body.proposalId)
})

it('is decided before the instant or not at all', async () => {
  await publish('close', after(10))
  const { proposalId } = (await propose(office, 'close')).body
  app.setNow(new Date(after(10).getTime() - 29_000))
  expect((await decide(hq, proposalId)).body).toMatchObject(tooLate)
  app.setNow(new Date(after(10).getTime() - 30_000))
  // Another process, whose clock is ahead, has begun to apply it and not committed yet: the decision waits for it.
  let deciding: ReturnType<typeof decide> | undefined
  await inTransaction(app.parts.pool, async (tx) => {
    expect(await lockUnapplied(tx, after(10))).toMatchObject({ ruleset_id: 'close' })
    await beginApplication(tx, 'close', after(10))
    deciding = decide(hq, proposalId)
    await untilWaiting()
  })
  expect((await deciding)?.body).toMatchObject(tooLate)
  expect(await inForceAt(after(10))).toBe('close')
})

it('keeps a process from applying what is being called off', async () => {
  app.setNow(after(20))
  await publish('racing', after(30))
  const { proposalId } = (await propose(office, 'racing')).body
  await inTransaction(app.parts.pool, async (tx) => {
    await tx.query(`select 1 from rulesets where ruleset_id = 'racing' for update`)
    expect(await inTransaction(app.parts.pool, (other) => lockUnapplied(other, after(30)))).toBeUndefined()
  })
  expect((await decide(hq, proposalId)).body.state).toBe('approved')
  const unapplied = await inTransaction(app.parts.pool, (tx) => lockUnapplied(tx, after(30)))
  expect(unapplied?.ruleset_id).toBe('close')
})

it('answers a repeat with the first proposal, whatever became of it', async () => {
  await publish('repeated', after(12))
  const requestId = randomUUID()
  const repeat = async () => {
    const { status, body } = await propose(office, 'repeated', requestId)
    return [status, body.proposalId, body.state]
  }
  const { proposalId } = (await propose(office, 'repeated', requestId)).body
  expect((await decide(hq, proposalId)).body.state).toBe('approved')
  expect(await repeat()).toEqual([201, proposalId, 'approved'])
  app.setNow(after(11))
  expect(await repeat()).toEqual([201, proposalId, 'approved'])
})

it('can be proposed again once the first proposal ran out, also before a job has closed it', async () => {
  await publish('undecided', after(120))
  const first = (await propose(office, 'undecided')).body
  const { rows: cut } = await app.parts.pool.query(
    `update proposals set expires_at = $2 where proposal_id = $1 returning state`,
    [first.proposalId, after(5)],
  )
  expect(cut).toEqual([{ state: 'open' }])
  app.setNow(new Date(after(5).getTime() - 1))
  expect((await propose(hq, 'undecided')).body.fields).toEqual([
    { field: 'state', reason: 'call_off_proposed' },
  ])
  app.setNow(after(5))
  const second = await propose(hq, 'undecided')
  expect([second.status, second.body.state]).toEqual([201, 'open'])
  const { rows } = await app.parts.pool.query(
    `select action from audit_entries where object_kind = 'proposal' and object_id = $1 order by audit_id`,
    [first.proposalId],
  )
  expect(rows.map(({ action }) => action)).toEqual(['proposal.made', 'proposal.expired'])
  expect((await decide(hq2, second.body.proposalId)).body.state).toBe('approved')
})

/** Until a statement waits for a lock of another. */
const untilWaiting = async (): Promise<void> => {
  for (;;) {
    const { rowCount } = await app.parts.pool.query(
      `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    )
    if (rowCount) return
  }
}
