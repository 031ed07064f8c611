import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  createVenue,
  makeResidentId,
  type RegisteredCitizen,
  registerCitizen,
} from '../../../../test/factories.ts'
import { useImports } from '../../../../test/imports.ts'
import { createOperator, type TestOperator } from '../../../../test/operators.ts'
import { useProposals } from '../../../../test/proposals.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'

// Ten in the morning in Shanghai, today: days far from now have no visits.
const start = new Date(Math.floor(Date.now() / 86_400_000) * 86_400_000 + 2 * 3600_000)
const hoursLater = (hours: number) => new Date(start.getTime() + hours * 3600_000)

let app: TestApp
let hq: TestOperator
// Others of the same office for every test: what an office proposed in a day is counted.
let office: TestOperator
let office2: TestOperator
const division = '320302'
beforeAll(async () => {
  app = await startTestApp({ now: start })
  hq = await createOperator(app, { roles: ['hq'] })
})
beforeEach(async () => {
  app.setNow(start)
  await app.parts.pool.query(`update proposals set state = 'expired' where state = 'open'`)
  await app.parts.pool.query(`update proposals set proposed_at = proposed_at - interval '2 days'`)
  Object.assign(app.parts.config.approval, {
    manyPersons: 100,
    manyADay: 30,
    manyADayOfDivision: 50,
    sharedVenue: 10,
  })
  office = await createOperator(app, { roles: ['office'], divisionCode: division })
  office2 = await createOperator(app, { roles: ['office'], divisionCode: division })
})
afterAll(() => app.close())

const { add, decide, evaluate, found, end } = useProposals(() => app)
const imports = useImports(() => app)
const limits = (more: Partial<TestApp['parts']['config']['approval']>) =>
  Object.assign(app.parts.config.approval, more)
const kindsOf = ({ alarms }: { alarms: { kind: string }[] }) => alarms.map(({ kind }) => kind)

const yesterday = hoursLater(-24).toISOString().slice(0, 10)
const listOf = (documents: string[], category = '时空伴随') =>
  `\ufeff姓名,身份证号码,赋码类别,起算日期,依据\r\n${documents.map((each) => `,${each},${category},${yesterday},文号 1`).join('\r\n')}\r\n`
const people = async (count: number): Promise<RegisteredCitizen[]> => {
  const registered: RegisteredCitizen[] = []
  for (let n = 0; n < count; n += 1) registered.push(await registerCitizen(app))
  return registered
}
const proposeList = async (by: TestOperator, documents: string[], category?: string) => {
  const { importId } = await imports.checked(by, listOf(documents, category))
  const { status, body } = await imports.propose(by, importId)
  expect([status, body.code]).toEqual([201, undefined])
  return { ...body, importId }
}
const strangers = (count: number) => Array.from({ length: count }, () => makeResidentId())

describe('many persons', () => {
  it('of one operator in a day are counted over single proposals and lists, open and approved', async () => {
    limits({ manyADay: 7 })
    const [one] = await people(1)
    await add(office, one?.personId ?? '')
    const first = await proposeList(office, strangers(3))
    expect([first.needsHq, kindsOf(first)]).toEqual([false, []])
    expect((await decide(office2, first.proposalId)).status).toBe(200)
    await imports.work()
    const second = await proposeList(office, strangers(3))
    expect(kindsOf(second)).toEqual([])
    // One more is the eighth, by whichever way.
    const list = await proposeList(office, strangers(1))
    expect([list.needsHq, list.alarms]).toEqual([true, [{ kind: 'many_by_operator', persons: 8 }]])
    const [two] = await people(1)
    expect((await add(office, two?.personId ?? '')).alarms).toEqual([
      { kind: 'many_by_operator', persons: 9 },
    ])
    // Somebody else of the office has a count of their own.
    expect(kindsOf(await proposeList(office2, strangers(3)))).toEqual([])
  })

  it('are people: one proposed alone and in two lists, or in two rows, is one', async () => {
    limits({ manyADay: 3, manyADayOfDivision: 3, manyPersons: 4 })
    const [one, two] = await people(2)
    if (!one || !two) throw new Error('nobody')
    const unknown = makeResidentId()
    await add(office, one.personId)
    const list = await proposeList(office, [one.documentNumber, two.documentNumber, unknown])
    expect([list.import.persons + list.import.unregistered, list.alarms]).toEqual([3, []])
    const more = await proposeList(office, [two.documentNumber, unknown, makeResidentId()], '应检未检')
    expect(more.alarms).toEqual([
      { kind: 'many_by_operator', persons: 4 },
      { kind: 'many_by_division', persons: 4 },
    ])
    // Two rows about one stranger are one person, whatever is counted.
    const rows = [
      ['时空伴随', unknown],
      ['应检未检', unknown],
      ['时空伴随', one.documentNumber],
      ['应检未检', one.documentNumber],
    ]
    const csv = `\ufeff姓名,身份证号码,赋码类别,起算日期,依据\r\n${rows.map(([category, document]) => `,${document},${category},${yesterday},文号 1`).join('\r\n')}\r\n`
    limits({ manyADay: 1, manyADayOfDivision: 100, manyPersons: 2 })
    const { importId } = await imports.checked(office2, csv)
    const { body } = await imports.propose(office2, importId)
    expect(body.import).toMatchObject({ persons: 1, unregistered: 1 })
    const told = Object.fromEntries(
      body.alarms.map((alarm: { kind: string; persons: number }) => [alarm.kind, alarm.persons]),
    )
    expect(told).toMatchObject({ many_persons: 2, many_by_operator: 2 })
  })

  it('count for a day, and not where they were refused', async () => {
    limits({ manyADay: 3 })
    app.setNow(hoursLater(-25))
    expect(kindsOf(await proposeList(office, strangers(3)))).toEqual([])
    app.setNow(start)
    const refused = await proposeList(office, strangers(3))
    expect(kindsOf(refused)).toEqual([])
    await decide(office2, refused.proposalId, 'reject')
    expect(kindsOf(await proposeList(office, strangers(3)))).toEqual([])
    expect(kindsOf(await proposeList(office, strangers(1)))).toEqual(['many_by_operator'])
  })

  it('of one office are counted over its operators', async () => {
    limits({ manyADay: 4, manyADayOfDivision: 6 })
    expect(kindsOf(await proposeList(office, strangers(4)))).toEqual([])
    expect(kindsOf(await proposeList(office2, strangers(2)))).toEqual([])
    const [one] = await people(1)
    expect((await add(office2, one?.personId ?? '')).alarms).toEqual([
      { kind: 'many_by_division', persons: 7 },
    ])
    const elsewhere = await createOperator(app, { roles: ['office'], divisionCode: '320303' })
    expect(kindsOf(await proposeList(elsewhere, strangers(4)))).toEqual([])
  })

  it('do not escape by proposing at the same moment', async () => {
    limits({ manyADay: 2, manyADayOfDivision: 100 })
    const persons = await people(6)
    const made = await Promise.all(persons.map(({ personId }) => add(office, personId)))
    expect(made.filter((each) => kindsOf(each).includes('many_by_operator'))).toHaveLength(4)
  })

  it('made worse by one list raise an alarm of their own', async () => {
    limits({ manyPersons: 2 })
    const two = await people(2)
    const list = await proposeList(
      office,
      two.map(({ documentNumber }) => documentNumber),
    )
    expect(list).toMatchObject({ needsHq: true, alarms: [{ kind: 'many_persons', persons: 2 }] })
    expect((await decide(office2, list.proposalId)).body.fields).toEqual([
      { field: 'category', reason: 'needs_hq' },
    ])
    expect((await decide(hq, list.proposalId)).status).toBe(200)
    await imports.work()
    await evaluate()
  })

  it('are counted when findings are ended as well', async () => {
    const zone: string[] = []
    for (const { personId } of await people(3)) zone.push(await found(office2, hq, personId, 'control_zone'))
    await app.parts.pool.query(`update proposals set proposed_at = proposed_at - interval '2 days'`)
    limits({ manyADay: 2, manyADayOfDivision: 2 })
    const ended = { kind: 'ended', endedAt: hoursLater(-1).toISOString() }
    const made = []
    for (const findingId of zone) made.push((await end(office, findingId, ended)).body)
    expect(made.map(kindsOf)).toEqual([[], [], ['many_by_operator', 'many_by_division']])
    expect(made.map(({ needsHq }) => needsHq)).toEqual([false, false, true])
    expect((await decide(office2, made[2].proposalId)).status).toBe(403)
  })
})

describe('a venue in common', () => {
  const visited = async (citizens: RegisteredCitizen[], name: string) => {
    const venue = await createVenue(app, { name })
    for (const { headers } of citizens) {
      const answer = await app.http.inject({
        method: 'POST',
        url: '/api/v1/visits',
        headers,
        payload: { requestId: randomUUID(), venueCode: venue.venueCode },
      })
      expect(answer.statusCode, answer.body).toBe(201)
    }
  }
  const alarmsOf = async (by: TestOperator, citizens: RegisteredCitizen[]) => {
    const list = await proposeList(
      by,
      citizens.map(({ documentNumber }) => documentNumber),
    )
    return list.alarms.filter(({ kind }: { kind: string }) => kind === 'shared_venue')
  }

  it('raises an alarm where enough of a list, and half of it, were there', async () => {
    limits({ sharedVenue: 3 })
    const depositors = await people(3)
    const others = await people(4)
    await visited(depositors, '村镇银行门口')
    expect(await alarmsOf(office, depositors.slice(0, 2))).toEqual([])
    expect(await alarmsOf(office2, [...depositors, ...others])).toEqual([])
    const third = await createOperator(app, { roles: ['office'], divisionCode: '320303' })
    expect(await alarmsOf(third, [...depositors, ...others.slice(0, 3)])).toEqual([
      { kind: 'shared_venue', persons: 3, of: 6, name: '村镇银行门口' },
    ])
  })

  it('is seen over several lists and single proposals of one operator, and of one office', async () => {
    limits({ sharedVenue: 4 })
    const depositors = await people(5)
    await visited(depositors, '信访接待室')
    const [first, second, third, fourth, fifth] = depositors
    if (!first || !second || !third || !fourth || !fifth) throw new Error('too few')
    const applied = await proposeList(office, [first.documentNumber, second.documentNumber])
    expect(kindsOf(applied)).toEqual([])
    await decide(office2, applied.proposalId)
    await imports.work()
    expect(kindsOf(await add(office, third.personId))).toEqual([])
    const last = await proposeList(office, [fourth.documentNumber])
    expect(last.alarms).toEqual([{ kind: 'shared_venue', persons: 4, of: 4, name: '信访接待室' }])
    expect((await add(office2, fifth.personId)).alarms).toEqual([
      { kind: 'shared_venue', persons: 5, of: 5, name: '信访接待室' },
    ])
  })
})

describe('a category that does not fit', () => {
  const anchorAt = hoursLater(-1).toISOString()

  it('contradicts having been scanned in the city on the day before', async () => {
    const [citizen] = await people(1)
    if (!citizen) throw new Error('nobody')
    const venue = await createVenue(app)
    app.setNow(hoursLater(-20))
    const { headers, personId } = citizen
    const payload = { requestId: randomUUID(), venueCode: venue.venueCode }
    expect(
      (await app.http.inject({ method: 'POST', url: '/api/v1/visits', headers, payload })).statusCode,
    ).toBe(201)
    app.setNow(start)
    const misfit = await add(office, personId, { category: 'risk_area_travel', anchorAt })
    expect(misfit.alarms).toEqual([{ kind: 'category_misfit', persons: 1, of: 1 }])
    expect((await add(office, personId, { category: 'close_contact', anchorAt })).alarms).toEqual([])
    const [other] = await people(1)
    expect(
      (await add(office, other?.personId ?? '', { category: 'risk_area_travel', anchorAt })).alarms,
    ).toEqual([])
  })

  it('contradicts a city without any rated area', async () => {
    const [citizen] = await people(1)
    const personId = citizen?.personId ?? ''
    const resident = { category: 'risk_area_resident', anchorAt }
    expect(kindsOf(await add(office, personId, resident))).toEqual(['category_misfit'])
    await app.parts.pool.query(
      `insert into risk_areas (division_code, name, level, valid_from, source) values ('320302', '某小区', 'high', $1::timestamptz, '通告')`,
      [hoursLater(-10)],
    )
    expect(kindsOf(await add(office, personId, resident))).toEqual([])
  })

  it('contradicts an infection without a positive result, in a list as well', async () => {
    const [ill, healthy] = await people(2)
    if (!ill || !healthy) throw new Error('nobody')
    await app.parts.pool.query(
      `insert into test_results (person_id, sampled_at, result, kind, source) values ($1::bigint, $2::timestamptz, 'positive', 'single', '测试')`,
      [ill.personId, hoursLater(-30)],
    )
    expect((await add(office, ill.personId, { category: 'confirmed', anchorAt })).alarms).toEqual([])
    const list = await proposeList(office, [ill.documentNumber, healthy.documentNumber], '确诊')
    expect(list.alarms).toEqual([{ kind: 'category_misfit', persons: 1, of: 2 }])
  })
})

describe('people of another division', () => {
  const going = async (personId: string, destination: string) => {
    const { rows } = await app.parts.pool.query<{ account_id: string }>(
      'select account_id from accounts where person_id = $1::bigint',
      [personId],
    )
    const entryId = randomUUID()
    await app.parts.pool.query(
      `insert into entry_registrations (entry_id, account_id, version, state, arrival_mode, planned_arrival_at, origin_code,
         destination_code, submitted_at, received_at, received_by)
       values ($1::uuid, $2::bigint, 1, 'received', 'car', $3::timestamptz, '310101', $4::text, $3::timestamptz, $3::timestamptz, $5::bigint)`,
      [entryId, rows[0]?.account_id, hoursLater(-48), destination, office.operatorId],
    )
    await app.parts.pool.query(
      'insert into entry_persons (person_id, entry_id) values ($1::bigint, $2::uuid)',
      [personId, entryId],
    )
  }

  it('raise an alarm for an office, one by one and in a list, not for the city', async () => {
    const [inside, outside, unknown] = await people(3)
    if (!inside || !outside || !unknown) throw new Error('too few')
    await going(inside.personId, '320302')
    await going(outside.personId, '320303')
    const alarm = { kind: 'outside_division', persons: 1, of: 1, name: '云龙区' }
    expect((await add(office, outside.personId)).alarms).toEqual([alarm])
    expect((await add(office, inside.personId)).alarms).toEqual([])
    expect((await add(office, unknown.personId)).alarms).toEqual([])
    expect((await add(hq, outside.personId)).alarms).toEqual([])
    const documents = [inside, outside, unknown].map(({ documentNumber }) => documentNumber)
    const list = await proposeList(office2, documents)
    expect([list.needsHq, list.alarms]).toEqual([true, [{ ...alarm, of: 3 }]])
  })
})
