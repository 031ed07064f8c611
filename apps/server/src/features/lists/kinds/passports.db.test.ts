import { afterAll, beforeAll, expect, it } from 'vitest'
import { registerCitizen } from '../../../../test/factories.ts'
import { useImports } from '../../../../test/imports.ts'
import { createOperator, type TestOperator } from '../../../../test/operators.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'

let app: TestApp
let office: TestOperator
let hq: TestOperator
beforeAll(async () => {
  app = await startTestApp({ now: new Date('2022-03-20T02:00:00Z') })
  office = await createOperator(app, { roles: ['office'], divisionCode: '320302' })
  hq = await createOperator(app, { roles: ['hq'] })
})
afterAll(() => app.close())

const { checked, propose, decide, work, evaluate, colourOf } = useImports(() => app)
const listOf = (...rows: string[]) => `证件类型,证件号码,国籍,赋码类别,起算日期,依据\n${rows.join('\n')}\n`
const row = (number: string, country: string) => `护照,${number},${country},封控区,2022-03-19,文号 1`

it('a passport in a list is the one that was registered, before or after, with its country', async () => {
  const here = await registerCitizen(app, { documentNumber: 'L7654321', passportOf: 'FRA' })
  const other = await registerCitizen(app, { documentNumber: 'L7654321', passportOf: 'CAN' })
  const seen = await checked(office, listOf(row('L7654321', 'FRA'), row('L1234567', 'usa')))
  expect(seen).toMatchObject({ goodRows: 2, problems: [], impact: { persons: 1, unregistered: 1 } })
  await decide(hq, (await propose(office, seen.importId)).body.proposalId)
  await work()
  await evaluate()
  const later = await registerCitizen(app, { documentNumber: 'L1234567', passportOf: 'USA' })
  const colours = [here, later, other].map(({ personId }) => colourOf(hq, personId))
  expect(await Promise.all(colours)).toEqual(['yellow', 'yellow', 'green'])
})

it('a country is its letters or its name, and never guessed', async () => {
  const { problems } = await checked(
    office,
    listOf(row('L1234567', 'US'), row('L1234568', '英国'), row('L1234569', '刚果'), row('L1234560', '')),
  )
  expect(problems).toHaveLength(2)
  expect(problems).toContainEqual({ problem: 'country_unknown', rows: 1 })
  expect(problems).toContainEqual({ problem: 'country_missing', rows: 1 })
})
