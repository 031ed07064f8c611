import type { Finding, TestResult } from '@jiankangbao/domain/status/finding'
import { arrayLiteral, instantArrayLiteral, jsonArrayLiteral } from '../../../db/array-literal.ts'
import { notifyMany } from '../../../db/notify.ts'
import type { Queryable, Transaction } from '../../../db/pool.ts'

/**
 * Holds the persons until commit, in one order for everybody: two evaluators of one person go one after the other. The
 * row that will be written anyway is the lock; only somebody without one is held by the row of the person.
 */
export const lockPersons = async (tx: Transaction, personIds: string[]): Promise<void> => {
  const { rows } = await tx.query<{ person_id: string }>({
    name: 'lock-status',
    text: `select person_id from status_current where person_id = any($1::bigint[]) order by person_id for no key update`,
    values: [arrayLiteral(personIds)],
  })
  if (rows.length === personIds.length) return
  const held = new Set(rows.map((row) => row.person_id))
  await tx.query(
    `select 1 from persons where person_id = any($1::bigint[]) order by person_id for no key update`,
    [personIds.filter((personId) => !held.has(personId))],
  )
}

/** The next persons by number after the given one, for going through everybody. */
export const listPersonsAfter = async (db: Queryable, personId: string, limit: number): Promise<string[]> => {
  const { rows } = await db.query<{ person_id: string }>({
    name: 'list-persons-after',
    text: `select person_id from persons where person_id > $1::bigint order by person_id limit $2::int`,
    values: [personId, limit],
  })
  return rows.map((row) => row.person_id)
}

interface FindingRow {
  finding_id: string
  person_id: string
  category: string
  anchor_at: Date
  ended_at: Date | null
  details: { colour?: Finding['colour']; observedAt?: string; contactPositiveAt?: string }
}

const toFinding = (row: FindingRow): Finding => ({
  findingId: row.finding_id,
  category: row.category,
  anchorAt: row.anchor_at.getTime(),
  ...(row.ended_at ? { endedAt: row.ended_at.getTime() } : {}),
  ...(row.details.colour ? { colour: row.details.colour } : {}),
  ...(row.details.observedAt ? { observedAt: Date.parse(row.details.observedAt) } : {}),
  ...(row.details.contactPositiveAt ? { contactPositiveAt: Date.parse(row.details.contactPositiveAt) } : {}),
})

const groupByPerson = <Row, Item>(
  rows: Row[],
  personOf: (row: Row) => string,
  toItem: (row: Row) => Item,
): Map<string, Item[]> => {
  const groups = new Map<string, Item[]>()
  for (const row of rows) {
    const personId = personOf(row)
    const group = groups.get(personId)
    if (group) group.push(toItem(row))
    else groups.set(personId, [toItem(row)])
  }
  return groups
}

/** Findings that were not withdrawn, by person. */
export const loadFindings = async (db: Queryable, personIds: string[]): Promise<Map<string, Finding[]>> => {
  const { rows } = await db.query<FindingRow>({
    name: 'load-findings',
    text: `select finding_id, person_id, category, anchor_at, ended_at, details from findings
           where person_id = any($1::bigint[]) and withdrawn_at is null`,
    values: [arrayLiteral(personIds)],
  })
  return groupByPerson(rows, (row) => row.person_id, toFinding)
}

// A test of the packed text: person, number, sampling in milliseconds, result, kind, verdict if there is one.
const readTest = (fields: string[]): TestResult => ({
  testId: fields[1] ?? '',
  sampledAt: Number(fields[2]),
  result: fields[3] as TestResult['result'],
  kind: fields[4] as TestResult['kind'],
  ...(fields[5] ? { verdict: fields[5] as NonNullable<TestResult['verdict']> } : {}),
})

/**
 * Test results that were not withdrawn, by person. They come as one text: most rows of an evaluation are tests, and a row of
 * its own for each costs the driver four times as much.
 */
export const loadTests = async (db: Queryable, personIds: string[]): Promise<Map<string, TestResult[]>> => {
  const { rows } = await db.query<{ packed: string | null }>({
    name: 'load-tests',
    text: `select string_agg(concat_ws(' ', person_id, test_id, floor(extract(epoch from sampled_at) * 1000)::bigint, result, kind, verdict), E'\n') as packed
           from test_results where person_id = any($1::bigint[]) and withdrawn_at is null`,
    values: [arrayLiteral(personIds)],
  })
  const lines = (rows[0]?.packed?.split('\n') ?? []).map((line) => line.split(' '))
  return groupByPerson(lines, (fields) => fields[0] ?? '', readTest)
}

export interface CurrentRow {
  person_id: string
  colour: number
  reasons: { category: string; colour: string }[]
  evaluated_at: Date
  next_change_at: Date | null
  latest_test_at: Date | null
  latest_test_negative: boolean | null
  latest_negative_at: Date | null
  ruleset_id: string
}

export const loadCurrent = async (db: Queryable, personIds: string[]): Promise<Map<string, CurrentRow>> => {
  const { rows } = await db.query<CurrentRow>({
    name: 'load-current',
    text: `select person_id, colour, reasons, evaluated_at, next_change_at, latest_test_at, latest_test_negative, latest_negative_at, ruleset_id
           from status_current where person_id = any($1::bigint[])`,
    values: [arrayLiteral(personIds)],
  })
  return new Map(rows.map((row) => [row.person_id, row]))
}

export interface EvaluatedRow {
  personId: string
  colour: number
  reasons: unknown[]
  nextChangeAt: Date | null
  latestTest: { sampledAt: Date; negative: boolean } | null
  latestNegativeAt: Date | null
}

/** Writes the evaluations of many persons in one statement. */
export const upsertStatus = async (
  tx: Transaction,
  evaluated: EvaluatedRow[],
  rulesetId: string,
  now: Date,
): Promise<void> => {
  await tx.query({
    name: 'upsert-status',
    text: `insert into status_current as s (person_id, colour, reasons, evaluated_at, next_change_at, latest_test_at, latest_test_negative, latest_negative_at, ruleset_id)
      select person_id, colour, reasons::jsonb, $8::timestamptz, next_change_at, latest_test_at, latest_test_negative, latest_negative_at, $9::text
      from unnest($1::bigint[], $2::smallint[], $3::text[], $4::timestamptz[], $5::timestamptz[], $6::boolean[], $7::timestamptz[])
        as e(person_id, colour, reasons, next_change_at, latest_test_at, latest_test_negative, latest_negative_at)
      on conflict (person_id) do update set colour = excluded.colour, reasons = excluded.reasons, evaluated_at = excluded.evaluated_at,
        next_change_at = excluded.next_change_at, latest_test_at = excluded.latest_test_at,
        latest_test_negative = excluded.latest_test_negative, latest_negative_at = excluded.latest_negative_at, ruleset_id = excluded.ruleset_id`,
    values: [
      arrayLiteral(evaluated.map((e) => e.personId)),
      arrayLiteral(evaluated.map((e) => e.colour)),
      jsonArrayLiteral(evaluated.map((e) => e.reasons)),
      instantArrayLiteral(evaluated.map((e) => e.nextChangeAt)),
      instantArrayLiteral(evaluated.map((e) => e.latestTest?.sampledAt)),
      arrayLiteral(evaluated.map((e) => (e.latestTest ? String(e.latestTest.negative) : null))),
      instantArrayLiteral(evaluated.map((e) => e.latestNegativeAt)),
      now,
      rulesetId,
    ],
  })
}

export interface ChangeRow {
  personId: string
  fromColour: number | null
  toColour: number
  reasons: unknown[]
  cause: string
}

/** Appends the history and wakes the phones of those concerned. */
export const recordChanges = async (
  tx: Transaction,
  changes: ChangeRow[],
  rulesetId: string,
  now: Date,
): Promise<void> => {
  await tx.query(
    `with changed as (
       insert into status_changes (person_id, changed_at, from_colour, to_colour, reasons, cause, ruleset_id)
       select person_id, $6::timestamptz, from_colour, to_colour, reasons::jsonb, cause, $7::text
       from unnest($1::bigint[], $2::smallint[], $3::smallint[], $4::text[], $5::text[]) as c(person_id, from_colour, to_colour, reasons, cause)
       returning person_id as id
     )
     ${notifyMany('status_changed', 'changed')}`,
    [
      arrayLiteral(changes.map((c) => c.personId)),
      arrayLiteral(changes.map((c) => c.fromColour)),
      arrayLiteral(changes.map((c) => c.toColour)),
      jsonArrayLiteral(changes.map((c) => c.reasons)),
      changes.map((c) => c.cause),
      now,
      rulesetId,
    ],
  )
}

/** Accounts that hold the persons, themselves or as members. */
export const listHoldingAccounts = async (
  db: Queryable,
  personIds: string[],
): Promise<{ accountId: string; personId: string; nameMasked: string; memberId: string | null }[]> => {
  const { rows } = await db.query<{
    account_id: string
    person_id: string
    name_masked: string
    member_id: string | null
  }>(
    `select a.account_id, p.person_id, p.name_masked, null::uuid as member_id from accounts a join persons p using (person_id) where a.person_id = any($1::bigint[])
     union
     select m.account_id, p.person_id, p.name_masked, m.member_id from members m join persons p using (person_id) where m.person_id = any($1::bigint[]) and m.removed_at is null`,
    [arrayLiteral(personIds)],
  )
  return rows.map((row) => ({
    accountId: row.account_id,
    personId: row.person_id,
    nameMasked: row.name_masked,
    memberId: row.member_id,
  }))
}

/** @param priority 0: somebody waits for it; 1: after all those */
export const insertDirty = async (
  tx: Transaction,
  personIds: string[],
  cause: string,
  priority: 0 | 1 = 0,
): Promise<void> => {
  await tx.query(
    `insert into dirty_persons as d (person_id, cause, priority)
     select distinct p, $2::text, $3::smallint from unnest($1::bigint[]) as p order by p
     on conflict (person_id) do update set cause = excluded.cause, marked_at = clock_timestamp(), retry_at = null,
       priority = least(d.priority, excluded.priority)`,
    [personIds, cause, priority],
  )
  await tx.query(`select pg_notify('dirty', '')`)
}

// In order of priority: whoever somebody waits for is never behind a whole list. Those that failed only when their time
// has come.
/** The dirty persons whose turn it is, longest waiting first. */
export const listDirty = async (db: Queryable, limit: number): Promise<string[]> => {
  const { rows } = await db.query<{ person_id: string }>(
    `select person_id from dirty_persons where retry_at is null or retry_at <= clock_timestamp() order by priority, marked_at limit $1::int`,
    [limit],
  )
  return rows.map((row) => row.person_id)
}

export interface OnlyDirty {
  personId?: string
  /** Those that somebody waits for, no list and no whole city. */
  awaited?: boolean
}

/**
 * Takes dirty persons that no other worker holds; whoever is marked again meanwhile comes back afterwards.
 * @param only this person, or those that somebody waits for
 */
export const takeDirty = async (
  tx: Transaction,
  limit: number,
  only: OnlyDirty = {},
): Promise<{ personId: string; cause: string }[]> => {
  const { rows } = await tx.query<{ person_id: string; cause: string }>(
    `with taken as materialized (
       select person_id from dirty_persons
       where (retry_at is null or retry_at <= clock_timestamp()) and ($2::bigint is null or person_id = $2::bigint)
         and priority <= $3::int
       order by priority, marked_at limit $1::int for update skip locked)
     delete from dirty_persons d using taken where d.person_id = taken.person_id returning d.person_id, d.cause`,
    [limit, only.personId ?? null, only.awaited ? 0 : 1],
  )
  return rows.map((row) => ({ personId: row.person_id, cause: row.cause }))
}

/** Leaves a person out for some time, unless something marks them again. */
export const setAside = async (db: Queryable, personId: string, seconds: number): Promise<void> => {
  await db.query(
    `update dirty_persons set retry_at = clock_timestamp() + make_interval(secs => $2::float8) where person_id = $1::bigint`,
    [personId, seconds],
  )
}

/** Marks those whose colour changes by itself by now. Returns how many. */
export const markDue = async (db: Queryable, now: Date, limit: number): Promise<number> => {
  const { rowCount } = await db.query(
    `with due as materialized (
       select person_id from status_current where next_change_at <= $1::timestamptz order by next_change_at limit $2::int
     )
     insert into dirty_persons (person_id, cause, priority) select person_id, 'time', 1 from due order by person_id
     on conflict do nothing`,
    [now, limit],
  )
  return rowCount ?? 0
}

/**
 * Looks at the next `limit` persons after `personId` and marks those evaluated before `staleBefore`, or by another ruleset
 * than the one in force at `now`: an evaluation that began before a ruleset and ended after it.
 * @returns the last one looked at; undefined at the end
 */
export const markStale = async (
  db: Queryable,
  personId: string,
  { now, staleBefore }: { now: Date; staleBefore: Date },
  limit: number,
): Promise<string | undefined> => {
  const { rows } = await db.query<{ last: string | null }>(
    `with looked_at as materialized (
       select person_id, evaluated_at, ruleset_id from status_current where person_id > $1::bigint order by person_id limit $3::int
     ), in_force as materialized (
       select ruleset_id from rulesets where effective_from <= $4::timestamptz and called_off_at is null order by effective_from desc limit 1
     ), marked as (
       insert into dirty_persons (person_id, cause, priority)
       select l.person_id, case when l.ruleset_id = f.ruleset_id then 'refresh' else 'ruleset' end, 1 from looked_at l cross join in_force f
       where l.evaluated_at < $2::timestamptz or l.ruleset_id <> f.ruleset_id order by l.person_id
       on conflict do nothing
     )
     select max(person_id) as last from looked_at`,
    [personId, staleBefore, limit, now],
  )
  return rows[0]?.last ?? undefined
}
