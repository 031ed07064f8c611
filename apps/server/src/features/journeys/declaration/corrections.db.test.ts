import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createDeclarations } from '../../../../test/declarations.ts'
import { type RegisteredCitizen, registerCitizen } from '../../../../test/factories.ts'
import { createOperator } from '../../../../test/operators.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'
import { rematchStays } from '../entry/arrivals.ts'

const start = new Date('2022-03-20T02:00:00Z')
const hours = (count: number) => new Date(start.getTime() + count * 3600_000)

let app: TestApp
let declare: Awaited<ReturnType<typeof createDeclarations>>
beforeAll(async () => {
  app = await startTestApp({ now: start })
  declare = await createDeclarations(app)
})
beforeEach(() => app.setNow(start))
afterAll(() => app.close())

const declared = async (citizen: RegisteredCitizen, kind: 'health' | 'exposure', more: object) => {
  const common = { requestId: randomUUID(), commitment: true }
  const content =
    kind === 'health'
      ? { symptoms: [], hadContact: false, ...more }
      : { divisionCode: '320302', riskAreaStays: [], ...more }
  const { status, body } = await declare.call(citizen, 'POST', `/api/v1/me/${kind}-declarations`, {
    ...common,
    ...content,
  })
  expect([status, body]).toMatchObject([201, {}])
  return body.declaration.declarationId as string
}
const abroad = (enteredOn: string) => ({ fromAbroad: { country: 'JPN', enteredOn } })
const midnight = (day: string) => new Date(`${day}T00:00:00+08:00`)
const anchorsOf = async (citizen: RegisteredCitizen) =>
  (await declare.findingsOf(citizen.personId)).map(({ anchor_at }) => anchor_at)

describe('a correction', () => {
  it('takes places back that were declared by mistake, before anything was made of them', async () => {
    const citizen = await registerCitizen(app)
    const stay = { divisionCode: '150102', fromOn: '2022-03-12', toOn: '2022-03-14' }
    const corrects = await declared(citizen, 'exposure', { riskAreaStays: [stay], ...abroad('2022-03-01') })
    await declared(citizen, 'exposure', { corrects, ...abroad('2022-03-01') })
    await declare.rateArea('150100', 'high')
    await rematchStays(app.parts)
    expect(await declare.findingsOf(citizen.personId)).toMatchObject([{ category: 'inbound_abroad' }])
  })

  it('to a later date counts, to an earlier one it softens nothing', async () => {
    const citizen = await registerCitizen(app)
    const corrects = await declared(citizen, 'exposure', abroad('2022-03-10'))
    await declared(citizen, 'exposure', { corrects, ...abroad('2022-03-19') })
    expect(await anchorsOf(citizen)).toEqual([midnight('2022-03-10'), midnight('2022-03-19')])
    await declared(citizen, 'exposure', { corrects, ...abroad('2022-03-05') })
    await declared(citizen, 'exposure', { corrects, ...abroad('2022-03-19') })
    expect(await anchorsOf(citizen)).toHaveLength(2)
    await declare.evaluate()
    const { rows } = await app.parts.pool.query(
      `select max((r ->> 'until')::timestamptz) as until from status_current, jsonb_array_elements(reasons) r where person_id = $1::bigint`,
      [citizen.personId],
    )
    expect(rows[0].until).toEqual(midnight('2022-04-03'))
  })

  it('that adds a symptom after a negative test is a symptom of now; the same symptoms again are not', async () => {
    const citizen = await registerCitizen(app)
    const corrects = await declared(citizen, 'health', { symptoms: ['dry_cough'] })
    app.setNow(hours(2))
    await app.parts.pool.query(
      `insert into test_results (person_id, sampled_at, result, kind, source) values ($1::bigint, $2::timestamptz, 'negative', 'single', 'test')`,
      [citizen.personId, hours(1)],
    )
    await declared(citizen, 'health', { corrects, symptoms: ['dry_cough'], temperatureTenths: 365 })
    expect(await anchorsOf(citizen)).toEqual([start])
    await declared(citizen, 'health', { corrects, symptoms: ['dry_cough', 'diarrhoea'] })
    expect(await anchorsOf(citizen)).toEqual([start, hours(2)])
    await declare.evaluate()
    expect(await declare.colourOf(citizen.personId)).toBe('yellow')
  })

  it('asks the office again only for what is new', async () => {
    const citizen = await registerCitizen(app)
    const corrects = await declared(citizen, 'health', { hadContact: true })
    app.setNow(hours(1))
    await declared(citizen, 'health', { corrects, hadContact: true, temperatureTenths: 366 })
    expect(await declare.mattersOf(citizen.personId)).toHaveLength(1)
  })

  it('asks nothing again about a place that it says again, waiting, decided or found', async () => {
    const office = await createOperator(app, { roles: ['office'], divisionCode: '320302' })
    const stay = (divisionCode: string) => ({ divisionCode, fromOn: '2022-03-12', toOn: '2022-03-14' })
    await declare.rateArea('640102', 'high')
    await declare.rateArea('650102', 'high')
    const partly = await registerCitizen(app)
    const wholly = await registerCitizen(app)
    const again = async (citizen: RegisteredCitizen, place: string, corrects?: string) => {
      app.setNow(new Date(app.parts.clock().getTime() + 60_000))
      const more = { riskAreaStays: [stay(place)] }
      return declared(citizen, 'exposure', corrects ? { ...more, corrects } : more)
    }
    const [one, other] = [await again(partly, '640100'), await again(wholly, '650102')]
    await again(partly, '640100', one)
    await again(wholly, '650102', other)
    expect(await declare.mattersOf(partly.personId)).toMatchObject([{ state: 'waiting' }])
    const { rows } = await app.parts.pool.query(
      `select matter_id from declaration_matters where person_id = $1::bigint`,
      [partly.personId],
    )
    await office.call('POST', `/api/v1/operator/declaration-matters/${rows[0].matter_id}/decision`, {
      verdict: 'dismiss',
      note: '只在车站换乘',
    })
    await again(partly, '640100', one)
    await rematchStays(app.parts)
    expect(await declare.mattersOf(partly.personId)).toMatchObject([{ state: 'dismissed' }])
    expect(await declare.mattersOf(wholly.personId)).toEqual([])
    expect(await declare.findingsOf(wholly.personId)).toHaveLength(1)
  })
})
