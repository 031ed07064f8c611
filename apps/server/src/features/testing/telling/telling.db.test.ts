import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type RegisteredCitizen, registerCitizen } from '../../../../test/factories.ts'
import { createOperator, type TestOperator } from '../../../../test/operators.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'
import { tellNext } from './tell-wave.ts'

const HOUR = 3_600_000
const GULOU = '320302'
const ROUNDS = '/api/v1/operator/test-rounds'

let app: TestApp
let office: TestOperator
let second: TestOperator
let elsewhere: TestOperator
beforeAll(async () => {
  app = await startTestApp({ limits: { documentChecksPerCallerPerMinute: 10_000 } })
  office = await createOperator(app, { roles: ['office'], divisionCode: GULOU })
  second = await createOperator(app, { roles: ['office'], divisionCode: GULOU })
  elsewhere = await createOperator(app, { roles: ['office'], divisionCode: '320303' })
})
afterAll(() => app.close())

const minutesOn = (minutes: number): void => app.setNow(new Date(Date.now() + minutes * 60_000))

/** A round of so many people that two have begun. */
const begun = async (
  count: number,
  isBegun = true,
): Promise<{ roundId: string; people: RegisteredCitizen[] }> => {
  const people = await Promise.all(Array.from({ length: count }, () => registerCitizen(app)))
  const saved = await office.call('POST', '/api/v1/operator/rosters', {
    requestId: randomUUID(),
    divisionCode: GULOU,
    kind: 'building',
    name: `${randomUUID().slice(0, 8)} 号楼`,
    people: people.map(({ documentNumber }) => ({ type: 'resident_id', number: documentNumber })),
  })
  const now = Date.now()
  const made = await office.call('POST', ROUNDS, {
    requestId: randomUUID(),
    name: '全员第一轮',
    divisionCodes: [],
    rosterIds: [saved.body.roster.rosterId],
    kind: 'pooled',
    fromAt: new Date(now + HOUR).toISOString(),
    untilAt: new Date(now + 9 * HOUR).toISOString(),
    dueAt: new Date(now + 33 * HOUR).toISOString(),
    times: 1,
  })
  expect(made.status, JSON.stringify(made.body)).toBe(201)
  const { roundId } = made.body
  if (isBegun) expect((await second.call('POST', `${ROUNDS}/${roundId}/beginning`, {})).status).toBe(200)
  return { roundId, people }
}
const tell = (roundId: string, more: object = {}, by = office) =>
  by.call('POST', `${ROUNDS}/${roundId}/telling`, { perWave: 10, everyMinutes: 5, texts: false, ...more })
const stop = (roundId: string, by = office) =>
  by.call('POST', `${ROUNDS}/${roundId}/telling/stop`, { reason: '时间有变' })
const progress = async (roundId: string) =>
  (await office.call('GET', `${ROUNDS}/${roundId}/telling`)).body.telling
const toldOf = async (people: RegisteredCitizen[]): Promise<number> => {
  const { rows } = await app.parts.pool.query<{ count: number }>(
    `select count(*)::int as count from notices n join accounts a using (account_id)
     where n.kind = 'round_told' and a.person_id = any($1::bigint[])`,
    [people.map(({ personId }) => personId)],
  )
  return rows[0]?.count ?? 0
}
const turns = async (): Promise<number[]> => {
  const told: number[] = []
  for (let turn = 0; turn < 10; turn++) {
    const count = await tellNext(app.parts)
    if (count === 0) break
    told.push(count)
  }
  return told
}

it('is told in waves, one after so many minutes, and each phone once', async () => {
  const { roundId, people } = await begun(23)
  expect((await tell(roundId)).body.telling).toMatchObject({ state: 'running', told: 0, perWave: 10 })
  // The first turn gathers the people.
  expect(await turns()).toEqual([1, 10])
  expect(await progress(roundId)).toMatchObject({ total: 23, told: 10, waves: 1 })
  expect(await turns()).toEqual([])
  minutesOn(6)
  expect(await turns()).toEqual([10])
  // Begun again while it runs: nothing changes.
  expect((await tell(roundId)).body.telling).toMatchObject({ state: 'running', told: 20 })
  minutesOn(12)
  expect(await turns()).toEqual([3])
  minutesOn(18)
  await turns()
  expect(await progress(roundId)).toMatchObject({ state: 'done', told: 23, waves: 3 })
  expect(await toldOf(people)).toBe(23)
  expect((await tell(roundId)).body.code).toBe('STATE_CONFLICT')
  app.setNow(undefined)
})

it('stops in the middle, says who stopped it, and goes on with whoever was not told', async () => {
  const { roundId, people } = await begun(15)
  await tell(roundId)
  await turns()
  expect((await stop(roundId, elsewhere)).status).toBe(404)
  expect((await stop(roundId)).body.telling).toMatchObject({
    state: 'stopped',
    told: 10,
    stopReason: '时间有变',
  })
  expect((await stop(roundId)).status).toBe(200)
  minutesOn(6)
  expect(await turns()).toEqual([])
  expect(await toldOf(people)).toBe(10)
  expect((await tell(roundId, {}, second)).body.telling).not.toHaveProperty('stopReason')
  expect(await turns()).toEqual([5])
  expect(await toldOf(people)).toBe(15)
  const { rows } = await app.parts.pool.query(
    `select action from audit_entries where object_kind = 'test_round' and object_id = $1::text and action like 'test_round.telling%' order by audit_id`,
    [roundId],
  )
  expect(rows.map(({ action }) => action)).toEqual([
    'test_round.telling',
    'test_round.telling_stopped',
    'test_round.telling',
  ])
  app.setNow(undefined)
})

it('is dropped with the round, and refused before it has begun, to other divisions and with a bad body', async () => {
  const { roundId, people } = await begun(3)
  await tell(roundId)
  expect((await office.call('POST', `${ROUNDS}/${roundId}/end`, { reason: '改期' })).status).toBe(200)
  await turns()
  expect(await progress(roundId)).toMatchObject({ state: 'dropped', told: 0 })
  expect(await toldOf(people)).toBe(0)
  const waiting = await begun(1, false)
  expect((await tell(waiting.roundId)).body.code).toBe('STATE_CONFLICT')
  expect((await tell(waiting.roundId, {}, elsewhere)).status).toBe(404)
  for (const bad of [{ perWave: 1 }, { everyMinutes: 0 }, { texts: 'yes' }])
    expect((await tell(waiting.roundId, bad)).status).toBe(400)
  expect((await stop(waiting.roundId)).status).toBe(404)
})

it('comes as a text too where it was asked for, each once, and not to a number that is somebody else’s', async () => {
  const { roundId, people } = await begun(3)
  const [left] = people
  await app.parts.pool.query(`update accounts set number_left_at = now() where person_id = $1::bigint`, [
    left?.personId,
  ])
  expect((await tell(roundId, { texts: true })).status).toBe(200)
  await turns()
  minutesOn(6)
  await turns()
  expect(await progress(roundId)).toMatchObject({ told: 3, textsSent: 2, textsFailed: 0 })
  app.setNow(undefined)
})
