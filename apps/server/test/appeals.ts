import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import { inTransaction } from '../src/db/pool.ts'
import { evaluateDirty } from '../src/features/colours/status/status.service.ts'
import { type RegisteredCitizen, registerCitizen } from './factories.ts'
import type { TestApp } from './test-app.ts'

/** What a citizen sends, with whatever a test wants otherwise. */
export const appealBody = (more: object = {}) => ({
  requestId: randomUUID(),
  category: 'co_presence',
  statement: '那天我在外地出差，没有到过该商场，有车票为证。',
  contactPhone: '13912345678',
  divisionCode: '320302',
  pictures: [],
  ...more,
})

/** Citizens who appeal: with a finding, a colour, and their calls. */
export const appealing = (app: () => TestApp) => {
  const evaluate = () => inTransaction(app().parts.pool, (tx) => evaluateDirty(tx, 100, app().parts.clock()))
  const findingOn = async (personId: string, category = 'co_presence'): Promise<string> => {
    const { rows } = await app().parts.pool.query<{ finding_id: string }>(
      `insert into findings (person_id, category, anchor_at, evidence, source) values ($1::bigint, $2::text, $3::timestamptz, '报告', '疾控')
       returning finding_id`,
      [personId, category, new Date(app().parts.clock().getTime() - 24 * 3600_000)],
    )
    await app().parts.pool.query(
      `insert into dirty_persons (person_id, cause) values ($1::bigint, 'test') on conflict do nothing`,
      [personId],
    )
    await evaluate()
    return rows[0]?.finding_id ?? ''
  }
  const citizenCall = async (
    citizen: Pick<RegisteredCitizen, 'headers'>,
    method: 'GET' | 'POST',
    path: string,
    payload?: object,
  ) => {
    const answer = await app().http.inject({
      method,
      url: `/api/v1/me/appeals${path}`,
      headers: citizen.headers,
      ...(payload ? { payload } : {}),
    })
    return { status: answer.statusCode, body: answer.json() }
  }
  const yellow = async () => {
    const citizen = await registerCitizen(app())
    return { citizen, findingId: await findingOn(citizen.personId) }
  }
  const appealed = async (more: object = {}) => {
    const { citizen, findingId } = await yellow()
    const made = await citizenCall(citizen, 'POST', '', appealBody(more))
    expect([made.status, made.body.fields]).toEqual([201, undefined])
    return { citizen, findingId, appealId: made.body.appealId as string }
  }
  const mine = async (citizen: Pick<RegisteredCitizen, 'headers'>) =>
    (await citizenCall(citizen, 'GET', '')).body.appeals[0]

  return { evaluate, findingOn, citizenCall, yellow, appealed, mine }
}
