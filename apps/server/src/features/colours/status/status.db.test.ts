import { colourToNumber } from '@jiankangbao/domain/decision/coding'
import { evaluateStatus } from '@jiankangbao/domain/status/evaluate'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventually } from '../../../../test/eventually.ts'
import { registerCitizen } from '../../../../test/factories.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'
import { inTransaction } from '../../../db/pool.ts'
import { getRulesetInForce } from '../rules/ruleset.service.ts'
import { startEvaluationLoop } from './status.jobs.ts'
import { insertDirty, loadFindings, loadTests } from './status.queries.ts'
import { evaluateDirty, evaluateNext, evaluateNow, markDirty, markDue, markStale } from './status.service.ts'

const HOUR = 3600_000
const categories = [
  'co_presence',
  'close_contact',
  'symptom',
  'secondary_contact',
  'control_zone',
  'no_such_category',
]

describe('status_current', () => {
  let app: TestApp
  beforeAll(async () => {
    app = await startTestApp()
  })
  afterAll(() => app.close())

  const addFinding = (personId: string, category: string, hoursAgo: number) =>
    inTransaction(app.parts.pool, async (tx) => {
      await tx.query(
        `insert into findings (person_id, category, anchor_at, evidence, source) values ($1, $2, now() - $3::float8 * interval '1 hour', 'case', 'test')`,
        [personId, category, hoursAgo],
      )
      await markDirty(tx, [personId], 'test')
    })
  const addTest = (personId: string, result: string, hoursAgo: number) =>
    inTransaction(app.parts.pool, async (tx) => {
      await tx.query(
        `insert into test_results (person_id, sampled_at, result, kind, source) values ($1, now() - $2::float8 * interval '1 hour', $3, 'single', 'test')`,
        [personId, hoursAgo, result],
      )
      await markDirty(tx, [personId], 'test')
    })
  const withdrawAll = (personId: string) =>
    inTransaction(app.parts.pool, async (tx) => {
      await tx.query(`update findings set withdrawn_at = now() where person_id = $1`, [personId])
      await markDirty(tx, [personId], 'test')
    })
  const drain = () => inTransaction(app.parts.pool, (tx) => evaluateDirty(tx, 500, app.parts.clock()))
  const readColour = async (personId: string) =>
    (await app.parts.pool.query(`select colour from status_current where person_id = $1`, [personId])).rows[0]
      ?.colour

  it('never differs from a fresh evaluation, whatever came in whatever order', async () => {
    const { pool } = app.parts
    const { personId } = await registerCitizen(app)
    const step = fc.oneof(
      fc.record({
        kind: fc.constant('finding'),
        category: fc.constantFrom(...categories),
        hoursAgo: fc.integer({ min: 0, max: 600 }),
      }),
      fc.record({
        kind: fc.constantFrom('negative', 'positive'),
        category: fc.constant(''),
        hoursAgo: fc.integer({ min: 0, max: 200 }),
      }),
      fc.record({ kind: fc.constant('withdraw'), category: fc.constant(''), hoursAgo: fc.constant(0) }),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 6 }), async (steps) => {
        for (const { kind, category, hoursAgo } of steps) {
          if (kind === 'finding') await addFinding(personId, category, hoursAgo)
          else if (kind === 'withdraw') await withdrawAll(personId)
          else await addTest(personId, kind, hoursAgo)
        }
        await drain()
        const now = app.parts.clock()
        const fresh = evaluateStatus({
          findings: (await loadFindings(pool, [personId])).get(personId) ?? [],
          tests: (await loadTests(pool, [personId])).get(personId) ?? [],
          ruleset: await getRulesetInForce(pool, now),
          now: now.getTime(),
        })
        expect(await readColour(personId)).toBe(colourToNumber(fresh.colour))
      }),
      { numRuns: 25 },
    )
  })

  it('follows the clock by itself in both directions', async () => {
    const { personId } = await registerCitizen(app, { name: '李四' })
    await addFinding(personId, 'co_presence', 1)
    await addTest(personId, 'negative', 0.5)
    await drain()
    expect(await readColour(personId)).toBe(2)
    // Second negative more than a day after the first, and three days passed.
    const later = new Date(Date.now() + 5 * 24 * HOUR)
    app.setNow(later)
    await app.parts.pool.query(
      `insert into test_results (person_id, sampled_at, result, kind, source) values ($1, now() + interval '30 hours', 'negative', 'single', 'test')`,
      [personId],
    )
    await inTransaction(app.parts.pool, (tx) =>
      evaluateNow(tx, [personId], 'test', new Date(Date.now() + 31 * HOUR)),
    )
    expect(await readColour(personId)).toBe(2)
    expect(await markDue(app.parts.pool, later, 500)).toBeGreaterThan(0)
    await drain()
    expect(await readColour(personId)).toBe(1)
    app.setNow(undefined)
  })

  it('evaluates again what was marked while it was being evaluated', async () => {
    const { personId } = await registerCitizen(app, { name: '王五' })
    await inTransaction(app.parts.pool, async (tx) => {
      await markDirty(tx, [personId], 'first')
    })
    await inTransaction(app.parts.pool, async (tx) => {
      await evaluateDirty(tx, 500, app.parts.clock())
      // On another connection, while the first transaction still holds the person.
      void addFinding(personId, 'symptom', 1)
      await eventually(async () => {
        const { rows } = await tx.query(
          `select count(*)::int as waiting from pg_stat_activity where pg_backend_pid() = any(pg_blocking_pids(pid))`,
        )
        expect(rows[0]?.waiting).toBe(1)
      })
    })
    await expect
      .poll(
        async () =>
          (await app.parts.pool.query(`select 1 from dirty_persons where person_id = $1`, [personId]))
            .rowCount,
      )
      .toBe(1)
    await drain()
    expect(await readColour(personId)).toBe(2)
  })

  it('lets one person that can not be evaluated hold up nobody', async () => {
    const poisoned = await registerCitizen(app, { name: '坏数据' })
    const fine = await registerCitizen(app, { name: '好数据' })
    await inTransaction(app.parts.pool, async (tx) => {
      await tx.query(
        `insert into findings (person_id, category, anchor_at, evidence, source, details) values ($1, 'provincial', now(), 'x', 'test', 'null'::jsonb)`,
        [poisoned.personId],
      )
      await markDirty(tx, [poisoned.personId], 'test')
    })
    await addFinding(fine.personId, 'symptom', 1)
    // The clock too goes on: somebody else is due by time alone.
    const due = await registerCitizen(app, { name: '到期' })
    await app.parts.pool.query(
      `update status_current set colour = 2, next_change_at = now() - interval '1 hour' where person_id = $1`,
      [due.personId],
    )
    const loop = startEvaluationLoop(app.parts)
    await expect.poll(() => readColour(fine.personId)).toBe(2)
    await expect.poll(() => readColour(due.personId)).toBe(1)
    await loop.stop()
    const left = await app.parts.pool.query(
      `select retry_at > now() as later from dirty_persons where person_id = $1`,
      [poisoned.personId],
    )
    expect(left.rows).toEqual([{ later: true }])
    // Whatever marks the person again does not wait.
    await inTransaction(app.parts.pool, (tx) => markDirty(tx, [poisoned.personId], 'again'))
    const marked = await app.parts.pool.query(`select retry_at from dirty_persons where person_id = $1`, [
      poisoned.personId,
    ])
    expect(marked.rows).toEqual([{ retry_at: null }])
    await app.parts.pool.query(`delete from dirty_persons`)
    await app.parts.pool.query(`update findings set withdrawn_at = now() where person_id = $1`, [
      poisoned.personId,
    ])
  })

  it('goes through everybody, and looks for old evaluations a piece at a time', async () => {
    const people = await Promise.all(
      ['甲', '乙', '丙'].map((name) => registerCitizen(app, { name: `老${name}` })),
    )
    const ids = people.map(({ personId }) => personId)
    const { pool } = app.parts
    await pool.query(
      `update status_current set evaluated_at = now() - interval '4 days' where person_id = any($1)`,
      [ids],
    )
    let looked: string | undefined = '0'
    for (let steps = 0; looked !== undefined && steps < 1000; steps += 1)
      looked = await markStale(pool, looked, new Date(), 2)
    const marked = await pool.query(
      `delete from dirty_persons where person_id = any($1) and cause = 'refresh'`,
      [ids],
    )
    expect(marked.rowCount).toBe(3)
    let last = '0'
    let evaluated = 0
    while (last !== '') {
      const next = await inTransaction(pool, (tx) => evaluateNext(tx, last, 4, 'ruleset', new Date()))
      evaluated += next.evaluated
      last = next.last
    }
    const { rows } = await pool.query(
      `select count(*)::int as all, count(*) filter (where evaluated_at > now() - interval '12 hours')::int as fresh from persons left join status_current using (person_id)`,
    )
    expect([evaluated, rows[0].fresh]).toEqual([rows[0].all, rows[0].all])
  })

  it('tells of many changes in few messages, and leaves nobody out', async () => {
    const { pool, listener, clock } = app.parts
    const { rows } = await pool.query<{ person_id: string }>(
      `insert into persons (document_type, name_encrypted, name_masked, document_number_encrypted)
       select 'passport', '\\x00', '多*', '\\x00' from generate_series(1, 700) returning person_id`,
    )
    const personIds = rows.map((row) => row.person_id)
    const messages: string[] = []
    listener.on('status_changed', (payload) => void messages.push(payload))
    await inTransaction(pool, (tx) => evaluateNow(tx, personIds, 'test', clock()))
    await eventually(() =>
      expect(messages.flatMap((each) => each.split(' ')).sort()).toEqual([...personIds].sort()),
    )
    expect(messages.length).toBe(3)
  })

  it('takes those somebody waits for before a whole list, and writes nothing that is there already', async () => {
    const { pool } = app.parts
    const people = await Promise.all(
      ['甲', '乙', '丙'].map((name) => registerCitizen(app, { name: `次序${name}` })),
    )
    const [first, second, awaited] = people.map(({ personId }) => personId)
    await drain()
    const written = async () =>
      (
        await pool.query(`select xmin from status_current where person_id = any($1) order by person_id`, [
          people.map(({ personId }) => personId),
        ])
      ).rows
    const before = await written()
    await inTransaction(pool, (tx) => insertDirty(tx, [first ?? '', second ?? ''], 'list', 1))
    await inTransaction(pool, (tx) => markDirty(tx, [awaited ?? ''], 'test'))
    // What somebody waits for stays that when a list marks it too, and a list's mark becomes it.
    await inTransaction(pool, (tx) => insertDirty(tx, [awaited ?? ''], 'list', 1))
    await inTransaction(pool, (tx) => markDirty(tx, [second ?? ''], 'test'))
    const left = async () =>
      (await pool.query(`select person_id from dirty_persons order by person_id`)).rows.map(
        (row) => row.person_id,
      )
    expect(
      await inTransaction(pool, (tx) => evaluateDirty(tx, 1, app.parts.clock(), { awaited: true })),
    ).toBe(1)
    expect(await left()).toEqual([first, second].sort())
    expect(
      await inTransaction(pool, (tx) => evaluateDirty(tx, 10, app.parts.clock(), { awaited: true })),
    ).toBe(1)
    expect(await left()).toEqual([first])
    await drain()
    expect(await written()).toEqual(before)
  })

  it('shares the work between two workers without doing it twice', async () => {
    const people = await Promise.all(
      Array.from({ length: 6 }, (_, n) => registerCitizen(app, { name: `众人${'甲乙丙丁戊己'.charAt(n)}` })),
    )
    for (const { personId } of people) await addFinding(personId, 'symptom', 1)
    const taken = await Promise.all([drain(), drain()])
    expect(taken[0] + taken[1]).toBe(people.length)
    const { rows } = await app.parts.pool.query(
      `select person_id, count(*)::int as n from status_changes where person_id = any($1) and to_colour = 2 group by 1`,
      [people.map((p) => p.personId)],
    )
    expect(rows.map((row) => row.n)).toEqual([1, 1, 1, 1, 1, 1])
  })
})
