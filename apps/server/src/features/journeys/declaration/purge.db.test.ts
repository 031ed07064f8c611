import { createHash, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createDeclarations } from '../../../../test/declarations.ts'
import { type RegisteredCitizen, registerCitizen } from '../../../../test/factories.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'
import { purgeDeclarations } from './purge.ts'

const start = new Date('2022-03-20T02:00:00Z')
const days = (count: number) => new Date(start.getTime() + count * 24 * 3600_000)

let app: TestApp
let declare: Awaited<ReturnType<typeof createDeclarations>>
beforeAll(async () => {
  app = await startTestApp({ now: start, environment: { RETENTION_ENTRIES_DAYS: '90' } })
  declare = await createDeclarations(app)
})
afterAll(() => app.close())

const post = async (citizen: RegisteredCitizen, path: string, content: object) => {
  const { status, body } = await declare.call(citizen, 'POST', `/api/v1/me/${path}`, {
    requestId: randomUUID(),
    commitment: true,
    ...content,
  })
  expect([status, body]).toMatchObject([201, {}])
  return body
}
const stay = { divisionCode: '110101', fromOn: '2022-03-12', toOn: '2022-03-20' }
const health = { symptoms: [], hadContact: true }
const entry = {
  self: true,
  memberIds: [],
  arrivalMode: 'car',
  arrivalNumber: '苏C12345',
  plannedArrivalAt: days(20).toISOString(),
  originCode: '110101',
  stays: [stay],
  destinationCode: '320302',
  destinationDetail: '中山北路 1 号',
  reason: 'return_home',
  contactPhone: '13800138000',
  unwell: [],
}
const count = async () => {
  const { rows } = await app.parts.pool.query(
    `select (select count(*)::int from declaration_versions) as versions, (select count(*)::int from stays) as stays,
       (select count(*)::int from declaration_matters) as matters, (select count(*)::int from entry_registrations) as entries,
       (select count(*)::int from entry_persons) as persons`,
  )
  return rows[0]
}
const certificates = async () =>
  (
    await app.parts.pool.query(
      `select object_kind, details from audit_entries where action = 'retention.purged' order by audit_id`,
    )
  ).rows

it('goes with everything that hangs on it once every version is old, and leaves a certificate', async () => {
  const citizen = await registerCitizen(app)
  const first = (await post(citizen, 'health-declarations', health)).declaration
  await post(citizen, 'exposure-declarations', { divisionCode: '320302', riskAreaStays: [stay] })
  await post(citizen, 'entry-registrations', entry)
  app.setNow(days(30))
  const { declarationId: corrects } = first
  const second = (await post(citizen, 'health-declarations', { ...health, corrects })).declaration
  const before = await count()
  expect(before).toMatchObject({ versions: 4, stays: 2, entries: 1, persons: 1 })

  app.setNow(days(60))
  await purgeDeclarations(app.parts)
  expect(await count()).toEqual(before)

  // The exposure declaration; of health the correction is younger, the journey ended later.
  app.setNow(days(61))
  await purgeDeclarations(app.parts)
  expect(await count()).toMatchObject({ versions: 3, stays: 1, entries: 1 })
  app.setNow(days(91))
  await purgeDeclarations(app.parts)
  expect(await count()).toMatchObject({ versions: 1, stays: 1, matters: 0, entries: 1 })
  app.setNow(days(111))
  await purgeDeclarations(app.parts)
  await purgeDeclarations(app.parts)
  expect(await count()).toEqual({ versions: 0, stays: 0, matters: 0, entries: 0, persons: 0 })

  const lines = [first, second].map(({ version, contentHash }) => `${corrects}:${version}:${contentHash}`)
  const hash = createHash('sha256').update(lines.join('\n')).digest('hex')
  expect(await certificates()).toMatchObject([
    { object_kind: 'exposure_declaration', details: { count: 1, days: 60 } },
    {
      object_kind: 'health_declaration',
      details: { count: 1, from: start.toISOString(), to: days(30).toISOString(), hash, days: 60 },
    },
    { object_kind: 'entry_declaration', details: { count: 1, days: 90 } },
  ])
})
