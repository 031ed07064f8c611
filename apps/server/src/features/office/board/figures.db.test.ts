import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { registerCitizen } from '../../../../test/factories.ts'
import { createOperator } from '../../../../test/operators.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'
import { createBoardService } from './board.service.ts'
import { countBoard } from './count-board.ts'

// Half past nine in the evening, far from midnight.
const now = new Date('2022-03-15T13:30:00Z')
const hoursAgo = (hours: number) => new Date(now.getTime() - hours * 3_600_000)

let app: TestApp
let proposer: string
let decider: string
beforeAll(async () => {
  app = await startTestApp({ now })
  proposer = (await createOperator(app, { roles: ['epidemiologist'] })).operatorId
  decider = (await createOperator(app, { roles: ['hq'] })).operatorId
})
afterAll(() => app.close())

const newPerson = async () => (await registerCitizen(app)).personId
const one = async (sql: string, values: unknown[]): Promise<string> =>
  Object.values((await app.parts.pool.query<Record<string, string>>(sql, values)).rows[0] ?? {})[0] ?? ''

const openCase = (personId: string, divisionCode: string, openedAt: Date) =>
  one(
    `insert into cases (person_id, basis, evidence, state, division_code, anchor_at, rules, opened_by, opened_at, request_id)
     values ($1::bigint, 'evidence', '现场核实', 'open', $2::text, $3::timestamptz, '{}', $4::bigint, $3::timestamptz, $5::uuid) returning case_id`,
    [personId, divisionCode, openedAt, proposer, randomUUID()],
  )

/** A list of one contact, proposed and approved at these times. */
const approveList = async (
  caseId: string,
  contact: string,
  group: string,
  proposedAt: Date,
  decidedAt: Date,
) => {
  const selection = randomUUID()
  await one(
    `insert into case_contacts (selection_id, person_id, case_id, contact_group, minutes, surety, last_at)
     values ($1::uuid, $2::bigint, $3::bigint, $4::text, 20, 'sure', $5::timestamptz) returning person_id`,
    [selection, contact, caseId, group, proposedAt],
  )
  const proposal = await one(
    `insert into proposals (kind, case_id, payload, division_code, state, proposed_by, proposed_at, expires_at, decided_by, decided_at, decision_reason, request_id)
     values ('case.expose', $1::bigint, '{}', '320302', 'approved', $2::bigint, $3::timestamptz, $3::timestamptz + interval '1 day', $4::bigint, $5::timestamptz, '同意', $6::uuid)
     returning proposal_id`,
    [caseId, proposer, proposedAt, decider, decidedAt, selection],
  )
  await one(
    `insert into findings (person_id, category, anchor_at, evidence, source, case_id, proposal_id, entered_by, approved_by)
     values ($1::bigint, $2::text, $3::timestamptz, '轨迹重叠', '流调', $4::bigint, $5::bigint, $6::bigint, $7::bigint) returning finding_id`,
    [contact, group, proposedAt, caseId, proposal, proposer, decider],
  )
}

const lookAfter = async (personId: string, startsAt: Date, lookedAt?: Date) => {
  const id = await one(
    `insert into follow_ups (person_id, division_code, measure, categories, starts_at, ruleset_id, stay, look, looked_at, reached_at)
     values ($1::bigint, '320302', 'isolated', '{close_contact}', $2::timestamptz, 'test', 'home', $3::text, $4::timestamptz, $4::timestamptz) returning follow_up_id`,
    [personId, startsAt, lookedAt ? 'well' : null, lookedAt ?? null],
  )
  if (lookedAt)
    await one(
      `insert into follow_up_events (follow_up_id, at, event, operator_id, request_id, details)
       values ($1::bigint, $2::timestamptz, 'looked', $3::bigint, $4::uuid, '{"look":"well"}') returning event_id`,
      [id, lookedAt, decider, randomUUID()],
    )
}

it('tells how long it took from a case to its list, the approval and the people, and who was known before', async () => {
  const [first, second, early, late] = [
    await newPerson(),
    await newPerson(),
    await newPerson(),
    await newPerson(),
  ]
  const old = await openCase(first, '320302', hoursAgo(60))
  await approveList(old, early, 'close_contact', hoursAgo(58), hoursAgo(56))
  await approveList(old, late, 'co_presence', hoursAgo(20), hoursAgo(10))
  await lookAfter(early, hoursAgo(56), hoursAgo(50))
  await lookAfter(late, hoursAgo(73))
  // The contact of an approved list falls ill: that one was known.
  await openCase(early, '320303', hoursAgo(5))
  await openCase(second, '320302', hoursAgo(3))
  await countBoard(app.parts)

  const board = createBoardService(app.parts)
  const city = await board.getBoard({ divisionCode: '320300' } as never)
  expect(city.figures.cases).toMatchObject({ open: 3, today: 2, week: 3, listedBefore: 1 })
  expect(city.figures.contacts).toEqual({ close_contact: 1, co_presence: 1, secondary_contact: 0 })
  expect(city.steps).toEqual([
    { step: 'listed', of: 3, done: 1, within24: 1, of24: 1, within48: 1, of48: 1, medianHours: 2 },
    { step: 'approved', of: 3, done: 1, within24: 1, of24: 1, within48: 1, of48: 1, medianHours: 4 },
    // One of the two was reached ten hours after the case was opened, the other in 60 hours not yet.
    { step: 'reached', of: 2, done: 1, within24: 1, of24: 2, within48: 1, of48: 2, medianHours: 10 },
  ])
  expect(city.figures.followUps).toMatchObject({
    isolated: 2,
    monitored: 0,
    unseen24: 2,
    unseen48: 2,
    unseen72: 1,
    seenToday: 0,
  })
  const tile = city.tiles.find(({ code }) => code === '320302')
  expect(tile).toMatchObject({ lookedAfter: 2, unseen48: 2 })

  const other = await board.getBoard({ divisionCode: '320303' } as never)
  expect(other.figures.cases).toMatchObject({ open: 1, today: 1, listedBefore: 1 })
  expect(other.figures.contacts).toEqual({})
  expect(other.people).toEqual({ isolated: 0, monitored: 0, unseen48: 0, lost: 0 })
})
