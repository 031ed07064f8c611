import { afterAll, beforeAll, expect, it } from 'vitest'
import { createListOperators, useImports } from '../../../../test/imports.ts'
import type { TestOperator } from '../../../../test/operators.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'

let app: TestApp
let office: TestOperator
beforeAll(async () => {
  app = await startTestApp({ now: new Date('2022-03-20T02:00:00Z') })
  ;({ office } = await createListOperators(app))
})
afterAll(() => app.close())

const { checked, person } = useImports(() => app)

it.each([
  ['a NUL', '\u0000'],
  ['an escape', '\u001b'],
])(
  '%s in one row of a list refuses that row by its number, and the others are good',
  async (_what, character) => {
    const [one, two, three] = [await person(), await person(), await person()]
    const list = `姓名,身份证号码,赋码类别,起算日期,依据\r\n${[one.row, `${two.row}${character}号`, three.row].join('\r\n')}\r\n`
    const seen = await checked(office, list)
    expect(seen).toMatchObject({
      state: 'checked',
      rows: 3,
      goodRows: 2,
      problems: [{ problem: 'characters_invalid', rows: 1 }],
    })
    const { body } = await office.call('GET', `/api/v1/operator/imports/${seen.importId}/errors`)
    expect(body.errors).toMatchObject([{ rowNumber: 3, problems: ['characters_invalid'] }])
    const file = await app.http.inject({
      method: 'POST',
      url: `/api/v1/operator/imports/${seen.importId}/error-exports`,
      headers: office.headers,
    })
    expect(file.statusCode).toBe(200)
    expect(file.body).toContain(two.documentNumber)
  },
)
