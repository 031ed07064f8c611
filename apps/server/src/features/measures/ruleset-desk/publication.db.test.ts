import { randomUUID } from 'node:crypto'
import { numberToColour } from '@jiankangbao/domain/decision/coding'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createOperator, type TestOperator } from '../../../../test/operators.ts'
import { DRAFTS, ninthEdition, RULESETS, useRulesets } from '../../../../test/rulesets.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'
import { inTransaction } from '../../../db/pool.ts'
import { lockUnapplied } from '../../colours/rules/published.queries.ts'
import { applyRuleset } from '../../colours/status/apply-ruleset.ts'
import { markStale } from '../../colours/status/status.service.ts'
import { takeRun } from './dry-run.queries.ts'
import { workOnDryRun } from './dry-run.ts'

const start = new Date('2022-03-20T02:00:00Z')
const HOUR = 3600_000
const STEP = 5 * 60_000
const after = (milliseconds: number) => new Date(start.getTime() + milliseconds)

describe('a ruleset on its way into force', () => {
  let app: TestApp
  let office: TestOperator
  let hq: TestOperator
  let hq2: TestOperator
  let districtHq: TestOperator
  beforeAll(async () => {
    app = await startTestApp({ now: start })
    office = await createOperator(app, { roles: ['office'], divisionCode: '320302' })
    hq = await createOperator(app, { roles: ['hq'] })
    hq2 = await createOperator(app, { roles: ['hq'] })
    districtHq = await createOperator(app, { roles: ['hq'], divisionCode: '320302' })
    await seedPeople(400)
  })
  beforeEach(() => app.setNow(start))
  afterAll(() => app.close())
  const { draft, run, dryRun, propose, read, decide, apply, seedPeople, colours } = useRulesets(() => app)

  const drafted = async () => {
    const draftId = await draft(office)
    await office.call('POST', `${DRAFTS}/${draftId}/dry-run`)
    return draftId
  }
  const sum = (moves: { persons: number }[]) => moves.reduce((total, { persons }) => total + persons, 0)

  it('counts in a dry run what a kill and three processes do not change, and touches nobody', async () => {
    const before = await colours()
    const whole = await read(office, await dryRun(office))
    const draftId = await drafted()
    await run(2)
    expect(await read(office, draftId)).toMatchObject({
      state: 'dry_running',
      dryRun: { done: 200, total: 400, outdated: false },
    })
    // Killed: nobody else may have it yet.
    await expect(run()).rejects.toThrow('no dry run waits')
    await app.parts.pool.query(`update ruleset_drafts set run_worked_at = now() - interval '1 minute'`)
    await run(1)
    await app.parts.pool.query(`update ruleset_drafts set run_worked_at = now() - interval '1 minute'`)
    await run()
    const resumed = await read(office, draftId)
    expect(resumed).toMatchObject({ state: 'dry_run_done', dryRun: { done: 400, total: 400 } })
    expect(resumed.dryRun.moves).toEqual(whole.dryRun.moves)
    expect(sum(resumed.dryRun.moves)).toBe(400)
    const changed = resumed.dryRun.moves.filter((move: { from: string; to: string }) => move.from !== move.to)
    expect(changed.length).toBeGreaterThan(2)
    expect(resumed.dryRun.sample.length).toBeGreaterThan(4)
    expect(resumed.dryRun.sample.length).toBeLessThanOrEqual(20)
    expect(await colours()).toEqual(before)
    expect((await app.parts.pool.query('select 1 from dirty_persons')).rowCount).toBe(0)
  })

  it('stops a dry run that is cancelled, also under a process that is at it', async () => {
    const draftId = await drafted()
    await run(1)
    const { body } = await office.call('POST', `${DRAFTS}/${draftId}/dry-run/cancellation`)
    expect(body).toMatchObject({ state: 'draft' })
    expect(body.dryRun).toBeUndefined()
    await expect(run()).rejects.toThrow('no dry run waits')
    // Begun again while the process of the first one still counts: what it saves is not taken.
    await office.call('POST', `${DRAFTS}/${draftId}/dry-run`)
    const former = await takeRun(app.parts.pool)
    if (!former) throw new Error('no dry run waits')
    await office.call('POST', `${DRAFTS}/${draftId}/dry-run/cancellation`)
    await office.call('POST', `${DRAFTS}/${draftId}/dry-run`)
    await workOnDryRun(app.parts, former, async () => true, 100)
    expect(await read(office, draftId)).toMatchObject({
      state: 'dry_running',
      dryRun: { done: 0, moves: [] },
    })
    await run()
    expect(await read(office, draftId)).toMatchObject({ state: 'dry_run_done', dryRun: { done: 400 } })
  })

  it('gives a dry run up that breaks off again and again without getting further', async () => {
    const draftId = await drafted()
    await app.parts.pool.query(`update ruleset_drafts set run_tries = 5 where draft_id = $1`, [draftId])
    await run()
    expect(await read(office, draftId)).toMatchObject({ state: 'draft', dryRun: { failure: 'failed' } })
  })

  it('is proposed once, for an instant that makes sense, with a dry run that is done and fresh', async () => {
    const draftId = await drafted()
    expect((await propose(office, draftId, start)).body).toMatchObject({ code: 'STATE_CONFLICT' })
    await run()
    const refusals: [Date, string][] = [
      [after(-6 * 60_000), 'past'],
      [after(400 * 24 * HOUR), 'too_far_ahead'],
    ]
    for (const [at, reason] of refusals)
      expect((await propose(office, draftId, at)).body.fields).toEqual([{ field: 'effectiveFrom', reason }])
    const wrong = { requestId: randomUUID(), effectiveFrom: 'tomorrow', evidence: '文件' }
    expect((await office.call('POST', `${DRAFTS}/${draftId}/proposal`, wrong)).status).toBe(400)
    app.setNow(after(73 * HOUR))
    const later = await createOperator(app, { roles: ['office'] })
    expect((await propose(later, draftId, after(80 * HOUR))).body.fields).toEqual([
      { field: 'dryRun', reason: 'outdated' },
    ])
    app.setNow(start)
    const requestId = randomUUID()
    const [first, again] = await Promise.all([
      propose(office, draftId, after(HOUR), requestId),
      propose(office, draftId, after(HOUR), requestId),
    ])
    expect([first.status, again.body.proposalId]).toEqual([201, first.body.proposalId])
    expect(first.body).toMatchObject({
      kind: 'ruleset.publish',
      needsHq: true,
      alarms: [],
      ruleset: { draftId, persons: 400 },
    })
    expect((await propose(hq, draftId, after(2 * HOUR))).body.fields).toEqual([
      { field: 'state', reason: 'proposed' },
    ])
    expect((await office.call('POST', `${DRAFTS}/${draftId}/cancellation`)).body.code).toBe('STATE_CONFLICT')
    expect((await decide(hq, first.body.proposalId, 'reject')).body).toMatchObject({ state: 'rejected' })
    expect(await read(office, draftId)).toMatchObject({ state: 'rejected', warnings: [] })
  })

  it('can be proposed again after its proposal ran out', async () => {
    const draftId = await dryRun(office)
    const { body } = await propose(office, draftId, after(HOUR))
    await app.parts.pool.query(`update proposals set state = 'expired' where proposal_id = $1`, [
      body.proposalId,
    ])
    expect(await read(office, draftId)).toMatchObject({ state: 'dry_run_done' })
    const second = await propose(office, draftId, after(HOUR))
    expect(second.status).toBe(201)
    await decide(hq, second.body.proposalId, 'reject')
  })

  it('turns colours exactly from its instant on, as its dry run said, and survives a kill', async () => {
    const own = await dryRun(hq)
    const ownProposal = (await propose(hq, own, after(STEP))).body.proposalId
    expect((await decide(hq, ownProposal)).body.code).toBe('OWN_PROPOSAL')
    const draftId = await dryRun(office, ninthEdition({ id: 'ninth-city' }))
    const { dryRun: tried } = await read(office, draftId)
    const { proposalId } = (await propose(office, draftId, after(STEP))).body
    const office2 = await createOperator(app, { roles: ['office'] })
    expect((await decide(office2, proposalId)).body.fields).toEqual([
      { field: 'category', reason: 'needs_hq' },
    ])
    expect((await decide(districtHq, proposalId)).body.fields).toEqual([
      { field: 'division', reason: 'needs_city' },
    ])
    expect((await decide(hq, proposalId)).body).toMatchObject({ state: 'approved' })
    expect(await read(office, draftId)).toMatchObject({ state: 'published' })
    const listed = async () => (await hq.call('GET', RULESETS)).body.rulesets
    expect(await listed()).toMatchObject([
      { rulesetId: 'ninth-city', state: 'coming', effectiveFrom: after(STEP).toISOString() },
      { rulesetId: 'xz-2022-03', state: 'in_force' },
    ])

    app.setNow(after(STEP - 1))
    expect(await applyRuleset(app.parts, 100, 'evaluate')).toBeUndefined()
    const before = await colours()
    app.setNow(after(STEP))
    expect(await applyRuleset(app.parts, 100, 'evaluate')).toBe(100)
    // Killed in the middle of a batch: nothing of it is there, and nobody else has to wait.
    await inTransaction(app.parts.pool, async (tx) => {
      expect(await lockUnapplied(tx, after(STEP))).toMatchObject({ ruleset_id: 'ninth-city' })
      expect(await applyRuleset(app.parts, 100, 'evaluate')).toBeUndefined()
      throw new Error('killed')
    }).catch(() => {})
    expect((await listed())[0]).toMatchObject({ state: 'in_force', application: { done: 100, total: 400 } })
    expect(await apply()).toBe(300)
    expect((await listed())[0].application).toMatchObject({
      done: 400,
      total: 400,
      finishedAt: after(STEP).toISOString(),
    })
    expect(await applyRuleset(app.parts, 100, 'evaluate')).toBeUndefined()

    const moves = new Map<string, number>()
    for (const [personId, colour] of await colours()) {
      const move = `${numberToColour(before.get(personId))}>${numberToColour(colour)}`
      moves.set(move, (moves.get(move) ?? 0) + 1)
    }
    expect(Object.fromEntries(moves)).toEqual(
      Object.fromEntries(
        tried.moves.map(({ from, to, persons }: { from: string; to: string; persons: number }) => [
          `${from}>${to}`,
          persons,
        ]),
      ),
    )
    const { rows } = await app.parts.pool.query(
      `select count(*)::int as changes, count(distinct person_id)::int as persons from status_changes where cause = 'ruleset'`,
    )
    expect(rows[0].changes).toBe(rows[0].persons)
    expect(rows[0].changes).toBeGreaterThan(10)
    // What venues ask came with it.
    const policy = await app.parts.pool.query(
      `select test_max_age_hours from admission_policies where kind = 'medical'`,
    )
    expect(policy.rows[0].test_max_age_hours).toBe(48)

    // What was tried next to the rules before is no ground for a decision any more.
    expect((await decide(hq2, ownProposal)).body.fields).toEqual([{ field: 'dryRun', reason: 'outdated' }])
    const actions = await app.parts.pool.query(
      `select action from audit_entries where object_kind = 'ruleset' order by audit_id`,
    )
    expect(actions.rows.map((row) => row.action)).toEqual([
      'ruleset.published',
      'ruleset.came_into_force',
      'ruleset.reached_everybody',
    ])
  })

  it('applies from its approval on where that came too late, and never twice under one id', async () => {
    app.setNow(after(2 * STEP))
    const document = ninthEdition({ id: 'late' })
    const [one, other] = [await dryRun(office, document), await dryRun(hq, document)]
    const first = (await propose(office, one, after(2.5 * STEP))).body.proposalId
    const second = (await propose(hq, other, after(2.6 * STEP))).body.proposalId
    app.setNow(after(3 * STEP))
    const answers = await Promise.all([decide(hq2, first), decide(hq2, second)])
    const statuses = answers.map(({ status }) => status).sort()
    expect(statuses).toEqual([200, 409])
    const { body } = await hq.call('GET', `${RULESETS}/late`)
    expect(body.ruleset).toMatchObject({ effectiveFrom: after(3 * STEP).toISOString(), state: 'in_force' })
    expect(body.document.effectiveFrom).toBe(after(3 * STEP).getTime())
  })

  it('finds whoever was evaluated by other rules after all, and hands a bad batch to the queue', async () => {
    app.setNow(after(4 * STEP))
    const { pool } = app.parts
    expect(await applyRuleset(app.parts, 100, 'mark')).toBe(100)
    expect((await pool.query(`delete from dirty_persons where cause = 'ruleset'`)).rowCount).toBe(100)
    expect(await apply()).toBe(300)
    const marked = async () => {
      await markStale(pool, '0', after(4 * STEP), 1000)
      return (await pool.query(`delete from dirty_persons where cause = 'ruleset'`)).rowCount
    }
    expect(await marked()).toBe(100)
    await pool.query(`update status_current set ruleset_id = 'late'`)
    expect(await marked()).toBe(0)
  })
})
