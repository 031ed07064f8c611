import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createOperator, type TestOperator } from '../../../../test/operators.ts'
import { DRAFTS, ninthEdition, RULESETS, useRulesets } from '../../../../test/rulesets.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'
import { takeRun } from './dry-run.queries.ts'
import { workOnDryRun } from './dry-run.ts'
import { startRulesetLoops } from './ruleset-desk.jobs.ts'

describe('the jobs of rulesets', () => {
  let app: TestApp
  let office: TestOperator
  let hq: TestOperator
  beforeAll(async () => {
    app = await startTestApp()
    office = await createOperator(app, { roles: ['office'] })
    hq = await createOperator(app, { roles: ['hq'] })
    await seedPeople(2500)
  })
  afterAll(() => app.close())
  const { draft, propose, decide, read, seedPeople } = useRulesets(() => app)
  const poll = { timeout: 15_000, interval: 100 }

  const publish = async (draftId: string) => {
    const { body } = await propose(office, draftId, new Date())
    expect((await decide(hq, body.proposalId)).body).toMatchObject({ state: 'approved' })
  }
  const whenTried = async (draftId: string) => {
    await office.call('POST', `${DRAFTS}/${draftId}/dry-run`)
    await expect.poll(async () => (await read(office, draftId)).state, poll).toBe('dry_run_done')
  }
  const applicationOf = async (rulesetId: string) =>
    (await hq.call('GET', `${RULESETS}/${rulesetId}`)).body.ruleset.application

  it('lay a dry run down at a stop, so that the next process goes on at once', async () => {
    const draftId = await draft(office)
    await office.call('POST', `${DRAFTS}/${draftId}/dry-run`)
    const taken = await takeRun(app.parts.pool)
    if (!taken) throw new Error('no dry run waits')
    await workOnDryRun(app.parts, taken, async () => false)
    expect(await takeRun(app.parts.pool)).toMatchObject({ draftId, cursor: expect.any(String), done: 1000 })
    await office.call('POST', `${DRAFTS}/${draftId}/cancellation`)
  })

  it('try a draft and take it to everybody, shared by two processes', async () => {
    const processes = [startRulesetLoops(app.parts), startRulesetLoops(app.parts)]
    const draftId = await draft(office, ninthEdition({ id: 'by-two' }))
    await whenTried(draftId)
    expect((await read(office, draftId)).dryRun).toMatchObject({ done: 2500, total: 2500 })
    await publish(draftId)
    await expect.poll(async () => (await applicationOf('by-two'))?.finishedAt, poll).toBeDefined()
    await Promise.all(processes.map((process) => process.stop()))
    expect(await applicationOf('by-two')).toMatchObject({ done: 2500, total: 2500 })
    const { rows } = await app.parts.pool.query(`select distinct ruleset_id from status_current`)
    expect(rows).toEqual([{ ruleset_id: 'by-two' }])
    const twice = await app.parts.pool.query(
      `select 1 from status_changes where cause = 'ruleset' group by person_id having count(*) > 1`,
    )
    expect(twice.rowCount).toBe(0)
  })

  it('leave people to the queue who cannot be evaluated with a thousand others', async () => {
    const loops = startRulesetLoops(app.parts)
    const draftId = await draft(office, ninthEdition({ id: 'with-one-bad' }))
    await whenTried(draftId)
    await app.parts.pool.query(
      `insert into findings (person_id, category, anchor_at, evidence, source)
       select min(person_id), 'symptom', 'infinity', 'case', 'test' from persons`,
    )
    await publish(draftId)
    await expect.poll(async () => (await applicationOf('with-one-bad'))?.finishedAt, poll).toBeDefined()
    await loops.stop()
    const waiting = await app.parts.pool.query(`select 1 from dirty_persons where cause = 'ruleset'`)
    expect(waiting.rowCount).toBe(1000)
    const reached = await app.parts.pool.query(
      `select 1 from status_current where ruleset_id = 'with-one-bad'`,
    )
    expect(reached.rowCount).toBe(1500)
  })
})
