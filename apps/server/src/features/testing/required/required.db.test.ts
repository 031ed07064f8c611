import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createDeclarations } from '../../../../test/declarations.ts'
import { type RegisteredCitizen, registerCitizen } from '../../../../test/factories.ts'
import { createOperator, goOnTo, type TestOperator } from '../../../../test/operators.ts'
import { createSampler, makeBarcode, type TestSampler } from '../../../../test/sampling.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'
import { countRounds } from '../round/count-rounds.ts'
import { remindOfRequired } from './remind.ts'
import { renewRequiredTests } from './renew-required.ts'

// The rules of March 2022: cold chain every two days, rated areas every three.
const start = new Date('2022-03-20T02:00:00Z')
const HOUR = 3_600_000
const hoursLater = (hours: number) => new Date(start.getTime() + hours * HOUR)
const GULOU = '320302'
const YUNLONG = '320303'
const REQUIRED = '/api/v1/operator/required-tests'

let app: TestApp
let declare: Awaited<ReturnType<typeof createDeclarations>>
let hq: TestOperator
let hq2: TestOperator
let office: TestOperator
let elsewhere: TestOperator
let sampler: TestSampler
beforeAll(async () => {
  app = await startTestApp({ now: start, limits: { documentChecksPerCallerPerMinute: 10_000 } })
  declare = await createDeclarations(app)
  hq = await createOperator(app, { roles: ['hq'] })
  hq2 = await createOperator(app, { roles: ['hq'] })
  office = await createOperator(app, { roles: ['office'], divisionCode: GULOU })
  elsewhere = await createOperator(app, { roles: ['office'], divisionCode: YUNLONG })
  sampler = await createSampler(app)
})
beforeEach(() => goOnTo(app, start))
afterAll(() => app.close())

const goTo = async (hours: number): Promise<void> => {
  await goOnTo(app, hoursLater(hours))
  await renewRequiredTests(app.parts)
}
const save = (citizens: RegisteredCitizen[], more: object = {}) =>
  office.call('POST', '/api/v1/operator/rosters', {
    requestId: randomUUID(),
    divisionCode: GULOU,
    kind: 'workplace',
    name: `${randomUUID().slice(0, 8)} 冷库`,
    post: 'cold_chain',
    people: citizens.map(({ documentNumber }) => ({ type: 'resident_id', number: documentNumber })),
    ...more,
  })
const workers = async (count: number): Promise<RegisteredCitizen[]> => {
  const citizens = await Promise.all(Array.from({ length: count }, () => registerCitizen(app)))
  expect((await save(citizens)).status).toBe(201)
  await renewRequiredTests(app.parts)
  return citizens
}
const own = async (citizen: RegisteredCitizen) =>
  (await declare.call(citizen, 'GET', '/api/v1/me/required-tests')).body.tests
interface Listed {
  requiredTestId: string
  dueAt: string
  title?: { zh: string }
  roundName?: string
  proposal?: string
}
const listed = async (view: string, by = office, more = ''): Promise<Listed[]> =>
  (await by.call('GET', `${REQUIRED}?limit=100&view=${view}${more}`)).body.tests
const propose = (by: TestOperator, requiredTestIds: string[], requestId = randomUUID()) =>
  by.call('POST', '/api/v1/operator/overdue-test-proposals', {
    requestId,
    requiredTestIds,
    evidence: '两次电话通知仍未检测',
  })
const swab = async (citizen: RegisteredCitizen): Promise<void> => {
  const barcode = makeBarcode('ten')
  await sampler.open(barcode)
  expect((await sampler.sample(barcode, citizen)).body.outcome).toBe('taken')
}
const idOf = async ({ personId }: RegisteredCitizen): Promise<string> =>
  (
    await app.parts.pool.query<{ id: string }>(
      `select required_test_id::text as id from required_tests where person_id = $1::bigint order by required_test_id desc limit 1`,
      [personId],
    )
  ).rows[0]?.id ?? ''
const idsIn = async (view: string, by?: TestOperator): Promise<string[]> =>
  (await listed(view, by)).map(({ requiredTestId }) => requiredTestId)

const actsOn = async (id: string): Promise<string[]> =>
  (
    await app.parts.pool.query<{ action: string }>(
      `select action from audit_entries where object_kind = 'required_test' and object_id = $1::text order by audit_id`,
      [id],
    )
  ).rows.map(({ action }) => action)

describe('people of a post', () => {
  it('are asked until the midnight after so many days, and anew from each swab', async () => {
    const [one, two] = await workers(2)
    if (!one || !two) throw new Error('nobody')
    expect(await own(one)).toEqual([
      expect.objectContaining({ rule: 'cold_chain', dueAt: '2022-03-22T15:59:00.000Z', overdue: false }),
    ])
    await goOnTo(app, hoursLater(20))
    await swab(one)
    await goTo(21)
    expect(await own(one)).toMatchObject([{ dueAt: '2022-03-23T15:59:00.000Z' }])
    expect(await own(two)).toMatchObject([{ dueAt: '2022-03-22T15:59:00.000Z' }])
    // Running again asks nobody twice.
    await renewRequiredTests(app.parts)
    expect(await own(one)).toHaveLength(1)
  })

  it('are reminded the day before, once', async () => {
    const [citizen] = await workers(1)
    if (!citizen) throw new Error('nobody')
    const remindedAt = async (hours: number): Promise<number> => {
      await goOnTo(app, hoursLater(hours))
      await remindOfRequired(app.parts)
      const { body } = await declare.call(citizen, 'GET', '/api/v1/me/notices')
      return body.notices.filter(({ kind }: { kind: string }) => kind === 'test_due').length
    }
    expect([await remindedAt(1), await remindedAt(24), await remindedAt(25)]).toEqual([0, 1, 1])
  })

  it('are on no list any more once they left it, and their post must be one of the rules', async () => {
    const citizens = await workers(1)
    const [citizen] = citizens
    if (!citizen) throw new Error('nobody')
    const name = '二号冷库'
    await save(citizens, { name })
    for (const [more, reason] of [
      [{ post: 'astronaut' }, 'not_found'],
      [{ post: 'rated_area' }, 'not_found'],
      [{ kind: 'class' }, 'not_allowed'],
    ] as const)
      expect((await save(citizens, more)).body.fields).toEqual([{ field: 'post', reason }])
    await app.parts.pool.query(`delete from roster_people where person_id = $1::bigint`, [citizen.personId])
    await renewRequiredTests(app.parts)
    expect(await own(citizen)).toEqual([])
  })
})

describe('people of a zone', () => {
  it('are those who live there, work there or have a finding there, as the rule says', async () => {
    await declare.rateArea(YUNLONG, 'medium')
    const [living, working, outside] = await Promise.all([1, 2, 3].map(() => registerCitizen(app)))
    if (!living || !working || !outside) throw new Error('nobody')
    const saveThere = (citizen: RegisteredCitizen, kind: string, divisionCode: string) =>
      hq.call('POST', '/api/v1/operator/rosters', {
        requestId: randomUUID(),
        ...{ divisionCode, kind, name: randomUUID().slice(0, 8) },
        people: [{ type: 'resident_id', number: citizen.documentNumber }],
      })
    expect((await saveThere(living, 'building', YUNLONG)).status).toBe(201)
    await saveThere(working, 'workplace', YUNLONG)
    await saveThere(outside, 'building', GULOU)
    const confined = await registerCitizen(app)
    const proposed = await office.call('POST', '/api/v1/operator/finding-proposals', {
      requestId: randomUUID(),
      personId: confined.personId,
      category: 'control_zone',
      anchorAt: '2022-03-18T04:00:00.000Z',
      evidence: '管控通告 9 号',
      source: '鼓楼区防控办',
      zone: '阳光小区',
    })
    const decision = `/api/v1/operator/proposals/${proposed.body.proposalId}/decision`
    expect((await hq.call('POST', decision, { verdict: 'approve', reason: '通告' })).status).toBe(200)
    await renewRequiredTests(app.parts)
    for (const citizen of [living, working, confined])
      expect(await own(citizen)).toMatchObject([{ rule: 'rated_area', dueAt: '2022-03-23T15:59:00.000Z' }])
    expect(await own(outside)).toEqual([])
    // The area is not rated any more: nobody of it is asked; the zone that an office drew stands.
    await app.parts.pool.query(`update risk_areas set valid_to = $1::timestamptz`, [hoursLater(1)])
    await goTo(2)
    expect([await own(living), await own(working)]).toEqual([[], []])
    expect(await own(confined)).toHaveLength(1)
  })
})

describe('a deadline that passed', () => {
  it('is proposed row by row, decided by another, and colours nobody by itself', async () => {
    const [late, tested, soon] = await workers(3)
    if (!late || !tested || !soon) throw new Error('nobody')
    const [lateId, testedId] = [await idOf(late), await idOf(tested)]
    expect((await propose(office, [lateId])).body.rows).toEqual([
      { requiredTestId: lateId, done: false, skipped: 'not_due' },
    ])
    await goTo(24 * 3)
    expect(await idsIn('overdue')).toContain(lateId)
    expect(await idsIn('overdue', elsewhere)).not.toContain(lateId)
    // Swabbed after the list was shown: no proposal.
    await swab(tested)
    const requestId = randomUUID()
    const { body } = await propose(office, [lateId, testedId, '999999999'], requestId)
    expect([body.done, body.rows.map(({ skipped }: { skipped?: string }) => skipped)]).toEqual([
      1,
      [undefined, 'tested', 'not_found'],
    ])
    const again = await propose(office, [lateId, testedId, '999999999'], requestId)
    expect(again.body).toEqual(body)
    expect((await propose(office, [lateId])).body.rows[0].skipped).toBe('proposed')
    expect((await propose(elsewhere, [lateId])).body.rows[0].skipped).toBe('not_found')
    expect(await idsIn('overdue')).not.toContain(lateId)
    expect(await idsIn('proposed')).toContain(lateId)
    const findings = async () =>
      (
        await app.parts.pool.query(
          `select 1 from findings where person_id = $1::bigint and category = 'overdue_test'`,
          [late.personId],
        )
      ).rowCount
    expect(await findings()).toBe(0)
    const made = await app.parts.pool.query<{ proposal_id: string }>(
      `select proposal_id::text from required_tests where required_test_id = $1::bigint`,
      [lateId],
    )
    const decide = (by: TestOperator, verdict: string) =>
      by.call('POST', `/api/v1/operator/proposals/${made.rows[0]?.proposal_id}/decision`, {
        verdict,
        reason: '核对无误',
      })
    expect((await decide(office, 'approve')).body.code).toBe('OWN_PROPOSAL')
    expect((await decide(hq2, 'approve')).status).toBe(200)
    expect(await findings()).toBe(1)
    expect(await actsOn(lateId)).toEqual(['required_test.proposed'])
  })

  it('can be proposed again where the proposal was rejected', async () => {
    const [late] = await workers(1)
    if (!late) throw new Error('nobody')
    const id = await idOf(late)
    await goTo(24 * 3)
    await propose(office, [id])
    const { rows } = await app.parts.pool.query<{ proposal_id: string }>(
      `select proposal_id::text from required_tests where required_test_id = $1::bigint`,
      [id],
    )
    await hq.call('POST', `/api/v1/operator/proposals/${rows[0]?.proposal_id}/decision`, {
      verdict: 'reject',
      reason: '人在外地',
    })
    const row = (await listed('overdue')).find(({ requiredTestId }) => requiredTestId === id)
    expect(row).toMatchObject({ proposal: 'rejected', title: { zh: '进口冷链从业人员' } })
    expect((await propose(office, [id])).body.done).toBe(1)
  })

  it('is nobody’s who was exempted; the rule asks again after it', async () => {
    const [ill] = await workers(1)
    if (!ill) throw new Error('nobody')
    const id = await idOf(ill)
    const exempt = (by: TestOperator, reason = '住院治疗') =>
      by.call('POST', `${REQUIRED}/${id}/exemption`, { reason })
    expect((await exempt(elsewhere)).status).toBe(404)
    expect((await exempt(office, '。')).status).toBe(400)
    expect([(await exempt(office)).status, (await exempt(office)).status]).toEqual([204, 204])
    expect(await actsOn(id)).toEqual(['required_test.exempted'])
    await renewRequiredTests(app.parts)
    expect(await own(ill)).toEqual([])
    await goTo(24 * 3)
    expect(await own(ill)).toMatchObject([{ dueAt: '2022-03-24T15:59:00.000Z' }])
  })
})

it('whoever a round missed is listed beside the others, and figures say how many', async () => {
  const citizen = await registerCitizen(app)
  const saved = await save([citizen], { kind: 'building', post: undefined })
  const made = await office.call('POST', '/api/v1/operator/test-rounds', {
    requestId: randomUUID(),
    name: '补检一轮',
    divisionCodes: [],
    rosterIds: [saved.body.roster.rosterId],
    kind: 'pooled',
    fromAt: start.toISOString(),
    untilAt: hoursLater(7).toISOString(),
    dueAt: hoursLater(31).toISOString(),
    times: 1,
  })
  await hq.call('POST', `/api/v1/operator/test-rounds/${made.body.roundId}/beginning`, {})
  await goOnTo(app, hoursLater(9))
  await countRounds(app.parts)
  await renewRequiredTests(app.parts)
  const row = (await listed('soon')).find(({ roundName }) => roundName === '补检一轮')
  expect(row).toMatchObject({ dueAt: hoursLater(31).toISOString() })
  expect(
    (await office.call('POST', `${REQUIRED}/${row?.requiredTestId}/exemption`, { reason: '在外地' })).body
      .code,
  ).toBe('STATE_CONFLICT')
  const figures = async (by: TestOperator) =>
    (await by.call('GET', '/api/v1/operator/required-test-figures')).body.counts
  expect(await figures(office)).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ rule: 'cold_chain', everyDays: 2, who: 'post' }),
      expect.objectContaining({ roundName: '补检一轮', open: 1, soon: 1, overdue: 0 }),
    ]),
  )
  expect(await figures(elsewhere)).not.toContainEqual(expect.objectContaining({ roundName: '补检一轮' }))
  await swab(citizen)
  await countRounds(app.parts)
  await renewRequiredTests(app.parts)
  expect((await listed('open')).some(({ roundName }) => roundName === '补检一轮')).toBe(false)
})

it('an office asks for its own division alone', async () => {
  const { body } = await office.call('GET', `${REQUIRED}?divisionCode=${YUNLONG}`)
  expect(body.code).toBe('OUT_OF_DIVISION')
  expect((await office.call('GET', `${REQUIRED}?cursor=nonsense`)).body.code).toBe('VALIDATION_FAILED')
})
