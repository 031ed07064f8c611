import { randomUUID } from 'node:crypto'
import {
  numberToColour,
  numberToDecision,
  numberToDecisionReasons,
} from '@jiankangbao/domain/decision/coding'
import { decide } from '@jiankangbao/domain/decision/decide'
import type { AdmissionPolicy } from '@jiankangbao/domain/decision/policy'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../../../test/test-database.ts'
import { recordVisits, VISIT_ENTRY_REGISTERED } from './visit.queries.ts'

const HOUR = 3_600_000
const now = new Date()

const at = (milliseconds: number) => new Date(now.getTime() + milliseconds)

interface Case {
  colour: number | null
  policy: AdmissionPolicy
  testAgeHours: number | null
  evaluatedAgeHours: number
  nextChangeInMinutes: number | null
  /** Hours that the entry registration is still good for. */
  registeredForHours: number | null
}

const policies: AdmissionPolicy[] = []
for (const onGreen of ['admit', 'review'] as const)
  for (const onYellow of ['deny', 'review'] as const)
    for (const testMaxAgeHours of [null, 48] as const)
      for (const requiresEntryRegistration of [false, true])
        policies.push({
          onGreen,
          onYellow,
          onRed: onYellow,
          onNone: 'review',
          testMaxAgeHours,
          requiresEntryRegistration,
          maxEvaluationAgeHours: 24,
        })

const cases: Case[] = policies.flatMap((policy) =>
  [0, 1, 2, 3, null].flatMap((colour) =>
    [null, 1, 47.99, 48.01].flatMap((testAgeHours) =>
      [
        { evaluatedAgeHours: 0, nextChangeInMinutes: null },
        { evaluatedAgeHours: 24.01, nextChangeInMinutes: null },
        { evaluatedAgeHours: 1, nextChangeInMinutes: -0.9 },
        { evaluatedAgeHours: 1, nextChangeInMinutes: -1.1 },
        { evaluatedAgeHours: 1, nextChangeInMinutes: 30 },
      ].flatMap((freshness) =>
        (policy.requiresEntryRegistration ? [null, 1, -1] : [null]).map((registeredForHours) => ({
          colour,
          policy,
          testAgeHours,
          registeredForHours,
          ...freshness,
        })),
      ),
    ),
  ),
)

const expected = ({
  colour,
  policy,
  testAgeHours,
  evaluatedAgeHours,
  nextChangeInMinutes,
  registeredForHours,
}: Case) =>
  decide({
    colour: numberToColour(colour),
    latestNegativeSampledAt:
      colour === null || testAgeHours === null ? null : now.getTime() - testAgeHours * HOUR,
    hasEntryRegistration: (registeredForHours ?? 0) > 0,
    evaluatedAt: colour === null ? Number.NaN : now.getTime() - evaluatedAgeHours * HOUR,
    nextChangeAt:
      colour === null || nextChangeInMinutes === null ? null : now.getTime() + nextChangeInMinutes * 60_000,
    policy,
    now: now.getTime(),
  })

describe('the statement of a scan and the pure decision', () => {
  let database: TestDatabase
  let pool: pg.Pool
  beforeAll(async () => {
    database = await createTestDatabase()
    pool = new pg.Pool({ connectionString: database.migratorUrl, max: 2 })
  })
  afterAll(async () => {
    await pool.end()
    await database.drop()
  })

  const arrange = async () => {
    const number = { admit: 1, deny: 2, review: 3 }
    // Whether somebody is registered is all that counts here, not the journey.
    await pool.query('alter table entry_current drop constraint entry_current_entry_id_fkey')
    await pool.query(`insert into divisions values ('320300', null, '徐州', 'Xuzhou', 'city')`)
    await pool.query(
      `insert into operators (username, display_name, organisation, roles, division_code, password_hash, totp_secret_encrypted)
       values ('someone', 'x', 'x', '{hq}', '320300', 'x', 'x')`,
    )
    for (const [index, policy] of policies.entries()) {
      await pool.query(`insert into admission_policies values ($1, $2, $3, $4, 3, $5, $6, $7)`, [
        `kind_${index}`,
        number[policy.onGreen],
        number[policy.onYellow],
        number[policy.onRed],
        policy.testMaxAgeHours,
        policy.requiresEntryRegistration,
        policy.maxEvaluationAgeHours,
      ])
      await pool.query(
        `with v as (insert into venues (name, kind, division_code, address, responsible_name_encrypted, responsible_phone_encrypted, state, applied_by, request_id)
           values ('v', $1, '320300', 'a', 'x', 'x', 'active', 1, gen_random_uuid()) returning venue_id),
         p as (insert into venue_points (venue_id, name) select venue_id, 'p' from v returning point_id)
         insert into venue_codes (code_id, point_id) select lpad($2::text, 10, '0'), point_id from p`,
        [`kind_${index}`, index],
      )
    }
    await pool.query(
      `insert into persons (document_type, name_encrypted, name_masked, document_number_encrypted)
       select 'resident_id', 'x', '张*', 'x' from generate_series(1, $1)`,
      [cases.length],
    )
    const rows = cases.map((one, index) => ({
      person_id: index + 1,
      colour: one.colour,
      registered_until: one.registeredForHours === null ? null : at(one.registeredForHours * HOUR),
      evaluated_at: at(-one.evaluatedAgeHours * HOUR),
      next_change_at: one.nextChangeInMinutes === null ? null : at(one.nextChangeInMinutes * 60_000),
      latest_negative_at: one.testAgeHours === null ? null : at(-one.testAgeHours * HOUR),
    }))
    await pool.query(
      `insert into entry_current (person_id, entry_id, valid_from, valid_until)
       select person_id, gen_random_uuid(), $2::timestamptz - interval '4 days', registered_until
       from jsonb_to_recordset($1::jsonb) as r(person_id bigint, registered_until timestamptz) where registered_until is not null`,
      [JSON.stringify(rows), now],
    )
    await pool.query(
      `insert into status_current (person_id, colour, reasons, evaluated_at, next_change_at, latest_negative_at, ruleset_id)
       select person_id, colour, '[]', evaluated_at, next_change_at, latest_negative_at, 'r'
       from jsonb_to_recordset($1::jsonb) as r(person_id bigint, colour smallint, evaluated_at timestamptz,
         next_change_at timestamptz, latest_negative_at timestamptz) where colour is not null`,
      [JSON.stringify(rows)],
    )
  }

  it(`agree on all ${cases.length} combinations, and the stored row says the same`, async () => {
    await arrange()
    const inputs = cases.map((one, index) => ({
      personId: String(index + 1),
      codeId: String(policies.indexOf(one.policy)).padStart(10, '0'),
      requestId: randomUUID(),
      visitedAt: now,
      flags: 0,
    }))
    const app = new pg.Pool({ connectionString: database.appUrl, max: 1 })
    const rows = await recordVisits(app, inputs, now)
    await app.end()
    expect(rows).toHaveLength(cases.length)
    for (const [index, one] of cases.entries()) {
      const row = rows[index]
      expect(
        {
          decision: numberToDecision(row?.decision),
          reasons: numberToDecisionReasons(row?.reason_bits ?? 0),
          entryRegistered: row?.flags === VISIT_ENTRY_REGISTERED,
        },
        JSON.stringify(one),
      ).toEqual(expected(one))
      expect(row?.recorded).toBe(true)
    }
    const { rows: stored } = await pool.query<{ decision: number; colour: number; flags: number }>(
      `select answer >> 2 & 3 as decision, answer & 3 as colour, answer >> 4 as flags from visits order by person_id`,
    )
    expect(stored.map((row) => row.decision)).toEqual(rows.map((row) => row?.decision))
    expect(stored.map((row) => row.flags)).toEqual(rows.map((row) => row?.flags))
    expect(stored.map((row) => row.colour)).toEqual(cases.map(({ colour }) => colour ?? 0))
  })
})
