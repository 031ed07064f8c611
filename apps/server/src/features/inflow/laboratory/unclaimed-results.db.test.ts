import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createOperatorRow, makeResidentId, registerCitizen } from '../../../../test/factories.ts'
import { createPartner, type TestPartner } from '../../../../test/partners.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'
import { inTransaction } from '../../../db/pool.ts'
import { documentKey } from '../../../keys/field-encryption.ts'
import { evaluateDirty } from '../../colours/status/status.service.ts'
import { storeResults } from './laboratory.service.ts'
import { purgeUnclaimedResults, sweepUnclaimedResults } from './unclaimed-results.service.ts'

const NOW = new Date('2022-03-10T04:00:00.000Z')
const days = (count: number) => new Date(NOW.getTime() + count * 24 * 3600_000)

let app: TestApp
let laboratory: TestPartner
beforeAll(async () => {
  app = await startTestApp({ now: NOW })
  laboratory = await createPartner(app, 'laboratory', '徐州第一检验所')
  await createOperatorRow(app, { divisionCode: '320300' })
})
afterAll(() => app.close())

const sampleOf = (
  documentNumber: string,
  more: { number?: string; result?: 'negative' | 'positive' } = {},
) => ({
  number: more.number ?? randomUUID(),
  personId: null as string | null,
  documentIndex: app.parts.encryption.blindIndex(
    'document',
    documentKey('resident_id', documentNumber, undefined),
  ),
  sampledAt: NOW,
  reportedAt: NOW,
  result: more.result ?? ('positive' as const),
  kind: 'single' as const,
})
const partner = () => ({ partnerId: laboratory.partnerId, name: '徐州第一检验所' })

const colourOf = async (headers: object) =>
  (await app.http.inject({ url: '/api/v1/me/pass', headers: headers as Record<string, string> })).json()
    .colour
const evaluate = () => inTransaction(app.parts.pool, (tx) => evaluateDirty(tx, 100, app.parts.clock()))

it('a positive is not lost on somebody who registers while its list is being written', async () => {
  const documentNumber = makeResidentId()
  const citizen = await inTransaction(app.parts.pool, async (tx) => {
    await storeResults(tx, { kind: 'system' }, partner(), [sampleOf(documentNumber)], NOW)
    // Neither sees the other: the list has looked, and has not committed.
    return registerCitizen(app, { documentNumber })
  })
  expect(await colourOf(citizen.headers)).toBe('green')
  await sweepUnclaimedResults(app.parts, 2)
  await evaluate()
  expect(await colourOf(citizen.headers)).toBe('yellow')
  const { rowCount } = await app.parts.pool.query('select 1 from unclaimed_results')
  expect(rowCount).toBe(0)
})

it('a list leaves alone what its laboratory has said by other means, and the other way round', async () => {
  const citizen = await registerCitizen(app)
  const number = randomUUID()
  const report = (result: string) =>
    laboratory.push('/api/v1/partner/test-results', {
      batchId: randomUUID(),
      results: [
        {
          action: 'report',
          number,
          kind: 'single',
          result,
          sampledAt: '2022-03-10T10:00:00+08:00',
          persons: [{ documentType: 'resident_id', documentNumber: citizen.documentNumber }],
        },
      ],
    })
  const store = (result: 'negative' | 'positive', during: () => Promise<unknown> = async () => {}) =>
    inTransaction(app.parts.pool, async (tx) => {
      const sample = { ...sampleOf(citizen.documentNumber, { number, result }), personId: citizen.personId }
      await storeResults(tx, { kind: 'system' }, partner(), [sample], NOW)
      return during()
    })
  let pushed: ReturnType<typeof report> | undefined
  await store('negative', async () => {
    pushed = report('positive')
    await expect
      .poll(async () => {
        const { rows } = await app.parts.pool.query(
          `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
        )
        return rows.length
      })
      .toBe(1)
  })
  expect((await pushed)?.body.code).toBe('BUSY')
  expect((await report('positive')).body.fields).toEqual([
    { field: 'results.0.number', reason: 'number_exists' },
  ])
  await store('positive')
  const { rows } = await app.parts.pool.query(
    'select result, revision from test_results where laboratory_number = $1::text',
    [number],
  )
  expect(rows).toEqual([{ result: 'negative', revision: 1 }])
})

it('negatives that wait are forgotten after two months, positives after a year', async () => {
  const samples = [sampleOf(makeResidentId()), sampleOf(makeResidentId(), { result: 'negative' })]
  await inTransaction(app.parts.pool, (tx) => storeResults(tx, { kind: 'system' }, partner(), samples, NOW))
  const waiting = async () => {
    await purgeUnclaimedResults(app.parts)
    return (await app.parts.pool.query('select result from unclaimed_results order by 1')).rows.map(
      (row) => row.result,
    )
  }
  app.setNow(days(59))
  expect(await waiting()).toEqual(['negative', 'positive'])
  app.setNow(days(61))
  expect(await waiting()).toEqual(['positive'])
  app.setNow(days(366))
  expect(await waiting()).toEqual([])
  app.setNow(NOW)
})
