import { afterAll, beforeAll, expect, it } from 'vitest'
import { makeResidentId, registerCitizen } from '../../../../test/factories.ts'
import { useImports } from '../../../../test/imports.ts'
import { createOperator } from '../../../../test/operators.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'
import { purgeUnclaimedFindings } from '../../colours/facts/unclaimed-findings.service.ts'

const start = new Date('2022-03-20T02:00:00Z')
const days = (count: number) => new Date(start.getTime() + count * 24 * 3600_000)

let app: TestApp
beforeAll(async () => {
  app = await startTestApp({ now: start })
})
afterAll(() => app.close())

const { checked, propose, decide, work } = useImports(() => app)

it('findings of people not registered yet wait while the rules would colour them, whatever their anchor', async () => {
  const office = await createOperator(app, { roles: ['office'], divisionCode: '320302' })
  const hq = await createOperator(app, { roles: ['hq'] })
  const [zone, other] = [makeResidentId(), makeResidentId()]
  const list = [
    '姓名,身份证号码,赋码类别,起算日期,依据',
    `张小明,${zone},封控区,2022-01-10,文号 1`,
    `张小明,${makeResidentId()},时空伴随,2022-03-19,文号 2`,
    `张小明,${other},封控区,2022-01-10,文号 3`,
  ]
  const seen = await checked(office, `\ufeff${list.join('\r\n')}\r\n`)
  expect(seen).toMatchObject({ state: 'checked', goodRows: 3 })
  const { body } = await propose(office, seen.importId)
  expect((await decide(hq, body.proposalId)).status).toBe(200)
  await work()
  // The one that the rules let end without a test.
  await app.parts.pool.query(
    `update unclaimed_findings set category = 'departure_pass' where category = 'co_presence'`,
  )
  const waiting = async () => {
    await purgeUnclaimedFindings(app.parts)
    return (
      await app.parts.pool.query('select category from unclaimed_findings order by category, anchor_at')
    ).rows.map((row) => row.category)
  }
  // Anchored 69 days ago, approved today.
  expect(await waiting()).toEqual(['control_zone', 'control_zone', 'departure_pass'])
  const early = await registerCitizen(app, { documentNumber: zone })
  const pass = await app.http.inject({ url: '/api/v1/me/pass', headers: early.headers })
  expect(pass.json().colour).toBe('yellow')
  app.setNow(days(61))
  // The pass is over; nobody has lifted the zone.
  expect(await waiting()).toEqual(['control_zone'])
  app.setNow(days(366))
  expect(await waiting()).toEqual([])
})
