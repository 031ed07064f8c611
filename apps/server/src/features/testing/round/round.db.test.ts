import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeResidentId, type RegisteredCitizen, registerCitizen } from '../../../../test/factories.ts'
import { createOperator, type TestOperator } from '../../../../test/operators.ts'
import { createSampler, makeBarcode, type TestSampler } from '../../../../test/sampling.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'
import { countRounds } from './count-rounds.ts'

const HOUR = 3_600_000
const GULOU = '320302'
const YUNLONG = '320303'

let app: TestApp
let office: TestOperator
let second: TestOperator
let elsewhere: TestOperator
let sampler: TestSampler
beforeAll(async () => {
  app = await startTestApp({ limits: { documentChecksPerCallerPerMinute: 10_000 } })
  office = await createOperator(app, { roles: ['office'], divisionCode: GULOU })
  second = await createOperator(app, { roles: ['office'], divisionCode: GULOU })
  elsewhere = await createOperator(app, { roles: ['office'], divisionCode: YUNLONG })
  sampler = await createSampler(app)
})
afterAll(() => app.close())

const saveRoster = (people: { documentNumber: string }[], more: object = {}, as: TestOperator = office) =>
  as.call('POST', '/api/v1/operator/rosters', {
    requestId: randomUUID(),
    divisionCode: GULOU,
    kind: 'building',
    name: `${randomUUID().slice(0, 8)} 号楼`,
    people: people.map(({ documentNumber }) => ({ type: 'resident_id', number: documentNumber })),
    ...more,
  })
const roundFields = (more: object = {}) => {
  const now = Date.now()
  return {
    requestId: randomUUID(),
    name: '第一轮',
    divisionCodes: [],
    rosterIds: [],
    kind: 'pooled',
    fromAt: new Date(now - HOUR).toISOString(),
    untilAt: new Date(now + 7 * HOUR).toISOString(),
    dueAt: new Date(now + 31 * HOUR).toISOString(),
    times: 1,
    ...more,
  }
}
const rounds = (path: string, body: object | undefined, as: TestOperator = office) =>
  as.call(body ? 'POST' : 'GET', `/api/v1/operator/test-rounds${path}`, body)
const people = (count: number): Promise<RegisteredCitizen[]> =>
  Promise.all(Array.from({ length: count }, () => registerCitizen(app)))
const begun = async (fields: object): Promise<string> => {
  const made = await rounds('', roundFields(fields))
  expect(made.status, JSON.stringify(made.body)).toBe(201)
  const { body } = await rounds(`/${made.body.roundId}/beginning`, {}, second)
  expect(body.state).toBe('begun')
  return made.body.roundId
}
const swab = async (citizen: RegisteredCitizen, kind: 'ten' | 'single' = 'ten') => {
  const barcode = makeBarcode(kind)
  await sampler.open(barcode)
  expect((await sampler.sample(barcode, citizen)).body.outcome).toBe('taken')
}
const own = async (citizen: RegisteredCitizen) =>
  (await app.http.inject({ url: '/api/v1/me/test-rounds', headers: citizen.headers })).json().rounds
const at = async (ms: number, work: () => Promise<unknown>) => {
  app.setNow(new Date(Date.now() + ms))
  await work()
  app.setNow(undefined)
}

describe('rosters', () => {
  it('keep the order, name the rows that are nobody, and a person lives in one building', async () => {
    const [one, two, three] = await people(3)
    if (!one || !two || !three) throw new Error('nobody')
    const requestId = randomUUID()
    const name = `${randomUUID().slice(0, 8)} 号楼`
    const stranger = { documentNumber: makeResidentId() }
    const save = () =>
      saveRoster([two, stranger, one, two, { documentNumber: '110101199003070010' }], {
        requestId,
        name,
      })
    const first = await save()
    expect(first.body).toMatchObject({
      roster: { people: 2, kind: 'building', name },
      unknownRows: [2, 4, 5],
    })
    expect((await save()).body.roster.rosterId).toBe(first.body.roster.rosterId)
    await saveRoster([one, three])
    const { body } = await office.call('GET', '/api/v1/operator/rosters')
    expect(body.rosters.find((each: { name: string }) => each.name === name).people).toBe(1)
    expect((await saveRoster([one], {}, elsewhere)).body.code).toBe('OUT_OF_DIVISION')
    expect((await elsewhere.call('GET', '/api/v1/operator/rosters')).body.rosters).toEqual([])
  })
})

describe('a round', () => {
  it('is made by one and begun by another, and counted for everybody at once', async () => {
    const residents = await people(4)
    const saved = await saveRoster(residents)
    const { rosterId, name } = saved.body.roster
    const made = await rounds('', roundFields({ rosterIds: [rosterId] }))
    expect(made.body).toMatchObject({ state: 'made', expected: 4, sampled: 0, own: true })
    const { roundId } = made.body
    expect((await rounds(`/${roundId}/beginning`, {})).body.code).toBe('OWN_PROPOSAL')
    expect((await rounds(`/${roundId}/beginning`, {}, elsewhere)).status).toBe(404)
    expect((await rounds(`/${roundId}/beginning`, {}, second)).body.state).toBe('begun')
    const [one, two, three, four] = residents
    if (!one || !two || !three || !four) throw new Error('nobody')
    await swab(one)
    await swab(two)
    await countRounds(app.parts)
    const { body } = await rounds(`/${roundId}`, undefined)
    expect(body.round).toMatchObject({ expected: 4, sampled: 2, exempt: 0 })
    expect(body.counts).toEqual([
      expect.objectContaining({ divisionCode: GULOU, expected: 4, sampled: 2 }),
      expect.objectContaining({ divisionCode: GULOU, rosterId, rosterName: name, expected: 4, sampled: 2 }),
    ])
    // Exempt before the end: not missing, and no demand afterwards.
    const exempt = { personId: three.personId, reason: '卧床在家' }
    expect((await rounds(`/${roundId}/exemptions`, exempt, second)).status).toBe(204)
    expect((await rounds(`/${roundId}/exemptions`, { ...exempt, personId: one.personId })).status).toBe(404)
    const missing = await rounds(`/${roundId}/missing`, {
      divisionCode: GULOU,
      purpose: 'round：电话通知本人',
    })
    expect(missing.body.people).toEqual([
      { personId: three.personId, name: three.name, rosterName: name, place: 3, exempt: true },
      { personId: four.personId, name: four.name, rosterName: name, place: 4, exempt: false },
    ])
    const { rows } = await app.parts.pool.query(`select purpose from lookups where person_id = $1`, [
      four.personId,
    ])
    expect(rows).toEqual([{ purpose: '核酸采样组织：电话通知本人' }])
    expect((await own(four))[0]).toMatchObject({ roundId, state: 'to_come' })
    await at(8.1 * HOUR, () => countRounds(app.parts))
    const demands = await app.parts.pool.query(
      `select person_id, state from round_demands where round_id = $1 order by state`,
      [roundId],
    )
    expect(demands.rows).toEqual([
      { person_id: three.personId, state: 'exempt' },
      { person_id: four.personId, state: 'open' },
    ])
    expect((await rounds(`/${roundId}`, undefined)).body.round.state).toBe('closed')
    expect([(await own(one))[0].state, (await own(three))[0].state, (await own(four))[0].state]).toEqual([
      'sampled',
      'exempt',
      'missed',
    ])
    await swab(four)
    await countRounds(app.parts)
    expect((await own(four))[0].state).not.toBe('missed')
  })

  it('hears why somebody does not come, tells their community beside the name, and exempts nobody by it', async () => {
    const [one, two] = await people(2)
    if (!one || !two) throw new Error('nobody')
    const { rosterId } = (await saveRoster([one, two])).body.roster
    const roundId = await begun({ rosterIds: [rosterId] })
    const say = async (citizen: RegisteredCitizen, body: object, round = roundId) => {
      const answer = await app.http.inject({
        method: 'PUT',
        url: `/api/v1/me/test-rounds/${round}/statement`,
        headers: citizen.headers,
        payload: body,
      })
      return { status: answer.statusCode, body: answer.body === '' ? {} : answer.json() }
    }
    expect((await say(one, { reason: 'away' })).status).toBe(204)
    const said = { reason: 'sampled_elsewhere', note: '周三在南京采样' }
    expect((await say(one, said)).status).toBe(204)
    expect((await own(one))[0]).toMatchObject({ state: 'to_come', statement: said })
    const missing = await rounds(`/${roundId}/missing`, { divisionCode: GULOU, purpose: 'round' })
    expect(missing.body.people).toMatchObject([
      { personId: one.personId, exempt: false, statement: said },
      { personId: two.personId, exempt: false },
    ])
    expect(missing.body.people[1].statement).toBeUndefined()
    // Kept encrypted.
    const { rows } = await app.parts.pool.query(
      `select reason, position(convert_to('南京', 'UTF8') in note_encrypted) as clear from round_statements where round_id = $1`,
      [roundId],
    )
    expect(rows).toEqual([{ reason: 'sampled_elsewhere', clear: 0 }])
    // Somebody whom it does not ask for, a member of nobody, no ground, no such round.
    const [stranger] = await people(1)
    if (!stranger) throw new Error('nobody')
    expect((await say(stranger, said)).status).toBe(404)
    expect((await say(one, { ...said, memberId: randomUUID() })).status).toBe(404)
    expect((await say(one, { reason: 'no_time' })).body.fields).toMatchObject([{ field: 'reason' }])
    expect((await say(one, said, '999999')).status).toBe(404)
    await swab(two)
    expect((await say(two, said)).body.fields).toEqual([{ field: 'roundId', reason: 'round_over' }])
  })

  it('goes on with a roster that is saved anew', async () => {
    const [stays, leaves, comes] = await people(3)
    if (!stays || !leaves || !comes) throw new Error('nobody')
    const named = { name: `${randomUUID().slice(0, 8)} 号楼` }
    const first = await saveRoster([stays, leaves], named)
    const { rosterId } = first.body.roster
    const roundId = await begun({ rosterIds: [rosterId] })
    const again = await saveRoster([stays, comes], named)
    expect(again.body.roster).toMatchObject({ rosterId, people: 2 })
    await countRounds(app.parts)
    const missing = await rounds(`/${roundId}/missing`, { divisionCode: GULOU, purpose: 'round' })
    expect(missing.body.people.map(({ personId }: { personId: string }) => personId)).toEqual([
      stays.personId,
      comes.personId,
    ])
  })

  it('names nobody to anybody but the community itself', async () => {
    const residents = await people(1)
    const { rosterId } = (await saveRoster(residents)).body.roster
    const roundId = await begun({ rosterIds: [rosterId] })
    const ask = (as: TestOperator, divisionCode = GULOU) =>
      rounds(`/${roundId}/missing`, { divisionCode, purpose: 'round：电话通知本人' }, as)
    const city = await createOperator(app, { roles: ['hq'], divisionCode: '320300' })
    expect((await ask(city)).body.code).toBe('OUT_OF_DIVISION')
    expect((await ask(elsewhere)).status).toBe(404)
    expect((await ask(office, YUNLONG)).body.code).toBe('OUT_OF_DIVISION')
    expect((await ask(office)).body.people).toHaveLength(1)
    expect((await rounds(`/${roundId}/missing`, { divisionCode: GULOU })).status).toBe(400)
  })

  it('for residents counts by building alone; singly counts single swabs alone; held again, its next time begins', async () => {
    const [one, two] = await people(2)
    if (!one || !two) throw new Error('nobody')
    const own = await saveRoster([one, two])
    await saveRoster([one], { kind: 'class', name: `${randomUUID().slice(0, 8)} 班` })
    const before = await rounds('', roundFields({ divisionCodes: [GULOU], kind: 'single' }))
    const roundId = await begun({ divisionCodes: [GULOU], kind: 'single', times: 3, everyDays: 1 })
    await swab(one)
    await swab(two, 'single')
    await countRounds(app.parts)
    const { body } = await rounds(`/${roundId}`, undefined)
    const roster = body.counts.find(
      ({ rosterId }: { rosterId?: string }) => rosterId === own.body.roster.rosterId,
    )
    expect(roster).toMatchObject({ expected: 2, sampled: 1 })
    expect(body.round.expected).toBe(before.body.expected)
    await at(8.1 * HOUR, () => countRounds(app.parts))
    const { rows } = await app.parts.pool.query(
      `select state, times, every_days from test_rounds where after_round = $1`,
      [roundId],
    )
    expect(rows).toEqual([{ state: 'begun', times: 2, every_days: 1 }])
  })

  it('is refused where its times or people can not be, and called off with a reason', async () => {
    const { rosterId } = (await saveRoster(await people(1))).body.roster
    const field = async (more: object, as = office) =>
      (await rounds('', roundFields({ rosterIds: [rosterId], ...more }), as)).body.fields?.[0]?.field
    expect(await field({ untilAt: new Date(Date.now() - 2 * HOUR).toISOString() })).toBe('untilAt')
    expect(await field({ dueAt: new Date().toISOString() })).toBe('dueAt')
    expect(await field({ times: 2 })).toBe('everyDays')
    expect(await field({ rosterIds: [] })).toBe('divisionCodes')
    expect(await field({ divisionCodes: [GULOU] })).toBe('divisionCodes')
    expect(await field({ rosterIds: ['999999999'] })).toBe('rosterIds')
    expect(await field({}, elsewhere)).toBe('rosterIds')
    const roundId = await begun({ rosterIds: [rosterId] })
    expect((await rounds(`/${roundId}/end`, { reason: '暴雨' })).body.state).toBe('called_off')
    expect((await rounds(`/${roundId}/end`, { reason: '暴雨' })).body.state).toBe('called_off')
    expect((await rounds(`/${roundId}/beginning`, {}, second)).body.fields).toEqual([
      { field: 'roundId', reason: 'round_over' },
    ])
    await at(9 * HOUR, () => countRounds(app.parts))
    const { rowCount } = await app.parts.pool.query('select from round_demands where round_id = $1', [
      roundId,
    ])
    expect(rowCount).toBe(0)
  })

  it('leaves an entry in the ledger for each step', async () => {
    const [one] = await people(1)
    if (!one) throw new Error('nobody')
    const { rosterId } = (await saveRoster([one])).body.roster
    const roundId = await begun({ rosterIds: [rosterId] })
    await rounds(`/${roundId}/missing`, { divisionCode: GULOU, purpose: 'round：电话通知本人' })
    await rounds(`/${roundId}/exemptions`, { personId: one.personId, reason: '卧床在家' })
    await rounds(`/${roundId}/end`, { reason: '暴雨' })
    const { rows } = await app.parts.pool.query<{ action: string }>(
      `select action from audit_entries where object_kind = 'roster' and object_id = $1
         or object_kind = 'test_round' and object_id = $2`,
      [rosterId, roundId],
    )
    expect(rows.map(({ action }) => action).sort()).toEqual([
      'roster.saved',
      'test_round.begun',
      'test_round.called_off',
      'test_round.exempted',
      'test_round.made',
      'test_round.missing_named',
    ])
  })
})
