import { randomInt, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createVenue, makeResidentId, registerCitizen, type TestVenue } from '../../../../test/factories.ts'
import { createOperator, type TestOperator } from '../../../../test/operators.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'

let app: TestApp
beforeAll(async () => {
  app = await startTestApp({ limits: { wrongCodesOfCityPerMinuteAlarm: 25 } })
})
afterAll(() => app.close())

interface Phone {
  deviceToken: string
  pointId: string
}
const enrol = async (by: TestOperator, venue: TestVenue): Promise<Phone> => {
  const pointId = String(venue.pointId)
  const { status, body } = await by.call('POST', '/api/v1/devices', { pointId, name: '手机' })
  expect(status).toBe(201)
  return { deviceToken: body.deviceToken, pointId }
}
const check = async ({ deviceToken, pointId }: Phone, means: object): Promise<number> =>
  (
    await app.http.inject({
      method: 'POST',
      url: '/api/v1/checks',
      headers: { authorization: `Bearer ${deviceToken}` },
      payload: { requestId: randomUUID(), pointId, purpose: '入口查验', ...means },
    })
  ).statusCode
const digits = () => ({ numericCode: String(randomInt(10 ** 8)).padStart(8, '0') })
const guess = (phones: Phone[], each: number): Promise<number[]> =>
  Promise.all(phones.flatMap((phone) => Array.from({ length: each }, () => check(phone, digits()))))
const answered = (statuses: number[]): number => statuses.filter((status) => status === 200).length

const incidents = async (subject: string) =>
  (
    await app.parts.pool.query(
      `select operator_id, details, times from incidents where kind = 'code_guessing' and subject = $1::text`,
      [subject],
    )
  ).rows

const minuteNow = async (): Promise<number> =>
  Number(
    (await app.parts.pool.query(`select floor(extract(epoch from now()) / 60) as minute`)).rows[0].minute,
  )

/** How many of the guesses were answered, and in how many of the minutes that the database counts. */
const attack = async (phones: Phone[]): Promise<{ answers: number; minutes: number; statuses: number[] }> => {
  const before = await minuteNow()
  const statuses = await guess(phones, 60)
  return { answers: answered(statuses), minutes: (await minuteNow()) - before + 1, statuses }
}

describe('numeric codes', () => {
  it('are tried out no faster with four phones of one checker at one point: 240 a minute get 30 answers', async () => {
    const checker = await createOperator(app, { roles: ['checker'] })
    const venue = await createVenue(app, { name: '云龙菜市场' })
    const phones = await Promise.all([1, 2, 3, 4].map(() => enrol(checker, venue)))
    const { statuses, answers, minutes } = await attack(phones)
    expect(statuses).toHaveLength(240)
    expect(answers).toBeGreaterThanOrEqual(30)
    expect(answers).toBeLessThanOrEqual(30 * minutes)
    expect(statuses.filter((status) => status !== 200 && status !== 429)).toEqual([])
    const [incident] = await incidents(`point:${venue.pointId}`)
    expect(incident.details).toMatchObject({ where: expect.stringContaining('云龙菜市场'), count: 31 })
  }, 120_000)

  it('nor at four points: what one operator enrolled counts together; others go on', async () => {
    const checker = await createOperator(app, { roles: ['checker'] })
    const phones = await Promise.all([1, 2, 3, 4].map(async () => enrol(checker, await createVenue(app))))
    const others = await enrol(await createOperator(app, { roles: ['checker'] }), await createVenue(app))
    const { answers, minutes } = await attack(phones)
    expect(answers).toBeGreaterThanOrEqual(60)
    expect(answers).toBeLessThanOrEqual(60 * minutes)
    expect(await incidents(`maker:${checker.operatorId}`)).toMatchObject([
      { operator_id: checker.operatorId },
    ])
    expect(await check(others, digits())).toBe(200)
    // Over the city somebody is told, and nobody refused.
    expect(await incidents('city')).toMatchObject([{ details: { where: '徐州', count: 25 } }])
  }, 120_000)
})

it('documents that are right are never used up, wrong ones are', async () => {
  const own = await startTestApp({
    limits: { documentChecksPerCallerPerMinute: 1000, unknownDocumentsPerPointPerMinute: 3 },
  })
  const citizen = await registerCitizen(own)
  const venue = await createVenue(own)
  const operator = await createOperator(own, { roles: ['checker'] })
  const look = (number: string) =>
    operator.call('POST', '/api/v1/checks', {
      requestId: randomUUID(),
      pointId: String(venue.pointId),
      document: { type: 'resident_id', number },
      purpose: '入口查验',
    })
  const statuses: number[] = []
  for (const number of [
    ...Array.from({ length: 6 }, () => citizen.documentNumber),
    ...Array.from({ length: 4 }, () => makeResidentId()),
  ])
    statuses.push((await look(number)).status)
  await own.close()
  expect(statuses).toEqual([200, 200, 200, 200, 200, 200, 200, 200, 200, 429])
})
