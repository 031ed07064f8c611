import { afterAll, beforeAll, expect, it } from 'vitest'
import { createDocumentHolders } from '../../../../test/document-holders.ts'
import { registerCitizen } from '../../../../test/factories.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'
import { inTransaction } from '../../../db/pool.ts'
import { endAbsence, setAbsence } from '../../colours/facts/standing.queries.ts'
import { evaluateNow } from '../../colours/status/status.service.ts'
import { remindOfDeclarations } from '../../journeys/declaration/reminders.ts'
import { insertWish, markDue, takeDue } from '../../ledger/colour-text/colour-text.queries.ts'

let app: TestApp
beforeAll(async () => {
  app = await startTestApp()
})
afterAll(() => app.close())

it('the dead get no reminders and no texts; taken back, they get them again', async () => {
  const citizen = await registerCitizen(app)
  const { pool } = app.parts
  await createDocumentHolders(app).makeRed(citizen.personId)
  const isReminded = async () => {
    await remindOfDeclarations(app.parts)
    const url = '/api/v1/me/notices'
    const { notices } = (await app.http.inject({ url, headers: citizen.headers })).json()
    return notices.some(({ kind }: { kind: string }) => kind === 'declaration_due')
  }
  const isTexted = async () => {
    await inTransaction(pool, (tx) => markDue(tx, [citizen.accountId], new Date(), 0))
    const due = await takeDue(pool, new Date(Date.now() + 1000), 100, 60)
    return due.some(({ account_id }) => account_id === citizen.accountId)
  }
  await inTransaction(pool, async (tx) => {
    await insertWish(tx, citizen.accountId, new Date())
    await setAbsence(tx, citizen.personId, 'deceased', new Date())
    await evaluateNow(tx, [citizen.personId], 'identity')
  })
  expect([await isReminded(), await isTexted()]).toEqual([false, false])
  await inTransaction(pool, async (tx) => {
    await endAbsence(tx, citizen.personId)
    await evaluateNow(tx, [citizen.personId], 'identity')
  })
  expect([await isReminded(), await isTexted()]).toEqual([true, true])
})
