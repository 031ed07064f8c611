import { residentIdCheckCharacter } from '@jiankangbao/domain/written/document-types'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makePhone, makeResidentId, readSmsCode, registerCitizen } from '../../../../test/factories.ts'
import { createOperator, type TestOperator } from '../../../../test/operators.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'

let app: TestApp
let office: TestOperator
beforeAll(async () => {
  app = await startTestApp()
  office = await createOperator(app, { roles: ['office'] })
})
afterAll(() => app.close())

const find = async (type: string, number: string): Promise<string[]> => {
  const payload = { document: { type, number }, purpose: '核实赋码依据' }
  const response = await office.call('POST', '/api/v1/operator/person-searches', payload)
  expect(response.status, JSON.stringify(response.body)).toBe(200)
  return (response.body.persons as { personId: string }[]).map(({ personId }) => personId)
}
const wide = (text: string): string =>
  text.replace(/[!-~]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0))

describe('one person, however the number is written', () => {
  it('is registered under a pasted number and found under every other writing of it', async () => {
    const number = makeResidentId()
    const { personId } = await registerCitizen(app, {
      name: '欧阳 小明',
      documentNumber: `\u202d${number}\u202c`,
    })
    const writings = [
      number,
      `\u200e${number}\u200b`,
      wide(number),
      number.replace(/(\d{6})(\d{8})/, '$1 $2 '),
      number.replace(/X$/, '×'),
      `身份证号：${number}`,
    ]
    for (const writing of writings) expect(await find('resident_id', writing), writing).toEqual([personId])
    const { rows } = await app.parts.pool.query(
      'select name_masked from persons where person_id = $1::bigint',
      [personId],
    )
    expect(rows).toEqual([{ name_masked: '欧阳**' }])
  })

  it('has the type that its number says, under whatever type it was given', async () => {
    const first17 = `91134019900101${String(Date.now()).slice(-3)}`
    const number = first17 + residentIdCheckCharacter(first17)
    const { personId } = await registerCitizen(app, { name: "O'Neil", documentNumber: number })
    expect(await find('foreign_permanent_resident', number)).toEqual([personId])
    expect(await find('passport', number)).toEqual([personId])
    const { rows } = await app.parts.pool.query(
      'select document_type from persons where person_id = $1::bigint',
      [personId],
    )
    expect(rows).toEqual([{ document_type: 'foreign_permanent_resident' }])
  })

  it('is told what to do with fifteen digits', async () => {
    const payload = { document: { type: 'resident_id', number: '110105491231002' }, purpose: '核实赋码依据' }
    const response = await office.call('POST', '/api/v1/operator/person-searches', payload)
    expect(response.body).toMatchObject({
      fields: [{ field: 'document.number', reason: 'fifteen_digits' }],
    })
  })
})

it('takes a code as it was pasted, and a number with the zero that is dialled at home', async () => {
  const phone = makePhone()
  const written = `+86 0${phone.slice(3, 6)} ${phone.slice(6)}`
  const sent = await app.http.inject({
    method: 'POST',
    url: '/api/v1/sms-codes',
    payload: { phone: written, purpose: 'sign-in' },
  })
  expect(sent.statusCode, sent.body).toBe(202)
  const code = readSmsCode(app, phone)
  const session = await app.http.inject({
    method: 'POST',
    url: '/api/v1/sessions',
    payload: { phone: `\u202a${phone}\u202c`, smsCode: `${code.slice(0, 3)} ${wide(code.slice(3))}` },
  })
  expect(session.statusCode, session.body).toBe(201)
})
