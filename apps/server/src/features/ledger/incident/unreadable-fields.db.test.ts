import { afterAll, beforeAll, expect, it } from 'vitest'
import { asOwner } from '../../../../test/audit-chain.ts'
import { createDivisions, registerCitizen } from '../../../../test/factories.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'
import { verifyAudit } from '../../../commands/audit.ts'

let app: TestApp
beforeAll(async () => {
  app = await startTestApp()
  await createDivisions(app)
})
afterAll(() => app.close())

const exchange = (table: string, key: string, column: string, [a, b]: readonly [string, string]) =>
  asOwner(
    app,
    `set session_replication_role = replica`,
    `update ${table} t set ${column} = o.${column} from ${table} o
     where t.${key} in (${a}, ${b}) and o.${key} in (${a}, ${b}) and t.${key} <> o.${key}`,
  )

it('a number that was exchanged shows as asterisks, is an alarm, and is named by the verification', async () => {
  const [one, two] = [await registerCitizen(app), await registerCitizen(app)]
  const me = (citizen: typeof one) =>
    app.http.inject({ method: 'GET', url: '/api/v1/me', headers: citizen.headers })
  const accounts = [one.accountId, two.accountId] as const
  const masked = (await me(one)).json().phoneMasked
  await exchange('accounts', 'account_id', 'phone_encrypted', accounts)
  for (const citizen of [one, two]) {
    const answer = await me(citizen)
    expect(answer.statusCode).toBe(200)
    expect(answer.json()).toMatchObject({ phoneMasked: '***', registered: true })
  }
  const open = async () =>
    (
      await app.parts.pool.query<{ kind: string; details: Record<string, string> }>(
        `select kind, details from incidents where subject = 'field:accounts.phone'`,
      )
    ).rows
  await expect.poll(open).toMatchObject([{ kind: 'field_unreadable', details: { field: 'accounts.phone' } }])
  const { text, exitCode } = await verifyAudit(app.parts.pool, async () => app.parts.keys, ['--json'])
  expect(exitCode).toBe(1)
  const { problems } = JSON.parse(text) as { problems: { kind: string; object?: string; rowId?: string }[] }
  const named = problems.filter(({ kind }) => kind === 'field_unreadable')
  expect(named.map(({ object, rowId }) => `${object} ${rowId}`).sort()).toEqual(
    accounts.map((id) => `accounts.phone ${id}`).sort(),
  )
  await exchange('accounts', 'account_id', 'phone_encrypted', accounts)
  expect((await me(one)).json().phoneMasked).toBe(masked)
})

it('what has to be read to go on is refused, and nobody is asked with the number of somebody else', async () => {
  const [one, two] = [await registerCitizen(app), await registerCitizen(app)]
  const card = () =>
    app.http.inject({
      method: 'POST',
      url: '/api/v1/me/travel-card',
      headers: one.headers,
      payload: { consent: true },
    })
  await exchange('accounts', 'account_id', 'phone_encrypted', [one.accountId, two.accountId])
  const answer = await card()
  expect(answer.statusCode).toBe(409)
  expect(answer.json()).toMatchObject({
    code: 'STATE_CONFLICT',
    fields: [{ field: '(record)', reason: 'unreadable' }],
  })
  await exchange('accounts', 'account_id', 'phone_encrypted', [one.accountId, two.accountId])
  // Nobody answers for the province here, but now it is asked.
  expect((await card()).json()).toMatchObject({ code: 'PROVIDER_UNAVAILABLE' })
})
