import type { StatusReason } from '@jiankangbao/contracts/reasons'
import type {
  ExtensionCause,
  FollowUpEnd,
  FollowUpMeasure,
  FollowUpState,
  StayKind,
} from '@jiankangbao/domain/vocabulary/follow-ups'
import { arrayLiteral, instantArrayLiteral, jsonArrayLiteral } from '../../../db/array-literal.ts'
import type { Queryable, Transaction } from '../../../db/pool.ts'

/** A person as evaluated, and the last follow-up there is. */
export interface StandingRow {
  person_id: string
  reasons: StatusReason[] | null
  ruleset_id: string | null
  latest_test_at: Date | null
  is_kept: boolean
  follow_up_id: string | null
  state: FollowUpState | null
  measure: FollowUpMeasure
  categories: string[]
  starts_at: Date
  ends_at: Date | null
  test_due_at: Date | null
  tested_at: Date | null
  follow_up_ruleset: string
}

/** One human has one follow-up: that of the person who is kept. */
export const loadStandings = async (db: Queryable, personIds: string[]): Promise<StandingRow[]> =>
  (
    await db.query<StandingRow>(
      `select p.person_id, s.reasons, s.ruleset_id, s.latest_test_at,
         not exists (select from person_unions u where u.person_id = p.person_id and u.kept_person_id <> p.person_id) as is_kept,
         f.follow_up_id, f.state, f.measure, f.categories, f.starts_at, f.ends_at, f.test_due_at, f.tested_at, f.ruleset_id as follow_up_ruleset
       from unnest($1::bigint[]) as p(person_id)
       left join status_current s using (person_id)
       left join lateral (select * from follow_ups l where l.person_id = p.person_id order by l.follow_up_id desc limit 1) f on true`,
      [arrayLiteral(personIds)],
    )
  ).rows

/**
 * Who looks after these persons: the division of the zone they are in, else the one they said last that they are in, else the
 * one that reported them. None for whoever is known to no division below the city.
 */
export const findDivisions = async (db: Queryable, personIds: string[]): Promise<Map<string, string>> => {
  const { rows } = await db.query<{ person_id: string; code: string }>(
    `select p.person_id, d.code from unnest($1::bigint[]) as p(person_id)
     cross join lateral (
       select dv.code from (
         (select 1 as rank, z.division_code as code, f.created_at as at from findings f join zones z using (zone_id)
          where f.person_id = p.person_id and f.ended_at is null and f.withdrawn_at is null)
         union all
         (select 2, v.office_code, v.declared_at from declaration_versions v
          where v.person_id = p.person_id and v.office_code is not null order by v.declared_at desc limit 1)
         union all
         (select 2, e.destination_code, e.submitted_at from entry_persons ep join entry_registrations e using (entry_id)
          where ep.person_id = p.person_id and e.state <> 'cancelled' order by e.submitted_at desc limit 1)
         union all
         (select 3, r.division_code, r.proposed_at from findings f join proposals r using (proposal_id)
          where f.person_id = p.person_id and f.ended_at is null and f.withdrawn_at is null)
       ) candidates join divisions dv on dv.code = candidates.code and dv.level <> 'city'
       order by candidates.rank, candidates.at desc limit 1
     ) d`,
    [arrayLiteral(personIds)],
  )
  return new Map(rows.map((row) => [row.person_id, row.code]))
}

/** Of these follow-ups those whose every finding was taken back: the reason was never right. */
export const listNeverRight = async (db: Queryable, followUpIds: string[]): Promise<Set<string>> => {
  const { rows } = await db.query<{ follow_up_id: string }>(
    `select f.follow_up_id from follow_ups f join findings g on g.person_id = f.person_id and g.category = any(f.categories)
     where f.follow_up_id = any($1::bigint[]) group by f.follow_up_id having bool_and(g.withdrawn_at is not null)`,
    [arrayLiteral(followUpIds)],
  )
  return new Set(rows.map((row) => row.follow_up_id))
}

export interface Begun {
  personId: string
  divisionCode: string | null
  measure: FollowUpMeasure
  stay: StayKind
  categories: string[]
  startsAt: Date
  endsAt: Date | null
  testDueAt: Date | null
  testedAt: Date | null
  rulesetId: string
}

export const insertFollowUps = async (tx: Transaction, begun: Begun[], now: Date): Promise<void> => {
  await tx.query(
    `with made as (
       insert into follow_ups (person_id, division_code, unassigned_at, measure, stay, categories, starts_at, ends_at, test_due_at, tested_at, ruleset_id, isolated_at)
       select b.person_id, b.division_code, case when b.division_code is null then $11::timestamptz end, b.measure, b.stay,
         array(select jsonb_array_elements_text(b.categories::jsonb)), b.starts_at, b.ends_at, b.test_due_at, b.tested_at, b.ruleset_id,
         case when b.measure = 'isolated' then $11::timestamptz end
       from unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::text[], $6::timestamptz[], $7::timestamptz[], $8::timestamptz[],
         $9::timestamptz[], $10::text[])
         as b(person_id, division_code, measure, stay, categories, starts_at, ends_at, test_due_at, tested_at, ruleset_id)
       on conflict (person_id) where state = 'open' do nothing returning follow_up_id, categories, ends_at)
     insert into follow_up_events (follow_up_id, at, event, details)
     select follow_up_id, $11::timestamptz, 'begun', jsonb_strip_nulls(jsonb_build_object('categories', categories, 'to', ends_at)) from made`,
    [
      arrayLiteral(begun.map(({ personId }) => personId)),
      begun.map(({ divisionCode }) => divisionCode),
      begun.map(({ measure }) => measure),
      begun.map(({ stay }) => stay),
      jsonArrayLiteral(begun.map(({ categories }) => categories)),
      instantArrayLiteral(begun.map(({ startsAt }) => startsAt)),
      instantArrayLiteral(begun.map(({ endsAt }) => endsAt)),
      instantArrayLiteral(begun.map(({ testDueAt }) => testDueAt)),
      instantArrayLiteral(begun.map(({ testedAt }) => testedAt)),
      begun.map(({ rulesetId }) => rulesetId),
      now,
    ],
  )
}

export interface Renewed extends Omit<Begun, 'personId' | 'divisionCode' | 'stay'> {
  followUpId: string
  /** What its history says; nothing where only a test ticked somebody off. */
  event?: 'extended' | 'shortened' | 'changed'
  cause?: ExtensionCause
  endedBefore: Date | null
}

export const updateFollowUps = async (tx: Transaction, renewed: Renewed[], now: Date): Promise<void> => {
  await tx.query(
    `with told as (
       insert into follow_up_events (follow_up_id, at, event, details)
       select r.follow_up_id, $12::timestamptz, r.event,
         jsonb_strip_nulls(jsonb_build_object('cause', r.cause, 'from', r.ended_before, 'to', r.ends_at, 'categories', r.categories::jsonb))
       from unnest($1::bigint[], $3::text[], $5::timestamptz[], $9::text[], $10::text[], $11::timestamptz[])
         as r(follow_up_id, categories, ends_at, event, cause, ended_before) where r.event is not null)
     update follow_ups f set isolated_at = case when r.measure <> 'isolated' then null when f.measure <> 'isolated' then $12::timestamptz else f.isolated_at end,
       measure = r.measure, categories = array(select jsonb_array_elements_text(r.categories::jsonb)),
       starts_at = r.starts_at, ends_at = r.ends_at, test_due_at = r.test_due_at, tested_at = r.tested_at, ruleset_id = r.ruleset_id,
       version = f.version + case when r.event is null then 0 else 1 end
     from unnest($1::bigint[], $2::text[], $3::text[], $4::timestamptz[], $5::timestamptz[], $6::timestamptz[], $7::timestamptz[], $8::text[], $9::text[])
       as r(follow_up_id, measure, categories, starts_at, ends_at, test_due_at, tested_at, ruleset_id, event)
     where f.follow_up_id = r.follow_up_id and f.state = 'open'`,
    [
      arrayLiteral(renewed.map(({ followUpId }) => followUpId)),
      renewed.map(({ measure }) => measure),
      jsonArrayLiteral(renewed.map(({ categories }) => categories)),
      instantArrayLiteral(renewed.map(({ startsAt }) => startsAt)),
      instantArrayLiteral(renewed.map(({ endsAt }) => endsAt)),
      instantArrayLiteral(renewed.map(({ testDueAt }) => testDueAt)),
      instantArrayLiteral(renewed.map(({ testedAt }) => testedAt)),
      renewed.map(({ rulesetId }) => rulesetId),
      renewed.map(({ event }) => event ?? null),
      renewed.map(({ cause }) => cause ?? null),
      instantArrayLiteral(renewed.map(({ endedBefore }) => endedBefore)),
      now,
    ],
  )
}

export const endFollowUps = async (
  tx: Transaction,
  ended: { followUpId: string; as: FollowUpEnd }[],
  now: Date,
): Promise<void> => {
  await tx.query(
    `with ended as (
       update follow_ups f set state = e.state, ended_at = $3::timestamptz, offered_to = null, offered_at = null, version = f.version + 1
       from unnest($1::bigint[], $2::text[]) as e(follow_up_id, state) where f.follow_up_id = e.follow_up_id and f.state = 'open'
       returning f.follow_up_id, f.state)
     insert into follow_up_events (follow_up_id, at, event, details)
     select follow_up_id, $3::timestamptz, 'ended', jsonb_build_object('state', state) from ended`,
    [arrayLiteral(ended.map(({ followUpId }) => followUpId)), ended.map((each) => each.as), now],
  )
}

export interface Marks {
  changes_to: string
  persons_to: string
  follow_ups_to: string
}

/** Undefined while another process is at it. What changed before the first round is found by going through everybody. */
export const lockMarks = async (tx: Transaction): Promise<Marks | undefined> => {
  await tx.query(
    `insert into follow_up_marks (name, changes_to, persons_to, follow_ups_to)
     select 'follow_ups', coalesce(max(change_id), 0), 0, 0 from status_changes on conflict do nothing`,
  )
  return (
    await tx.query<Marks>(
      `select changes_to, persons_to, follow_ups_to from follow_up_marks where name = 'follow_ups' for update skip locked`,
    )
  ).rows[0]
}

export const setMarks = async (tx: Transaction, marks: Marks): Promise<void> => {
  await tx.query(
    `update follow_up_marks set changes_to = $1::bigint, persons_to = $2::bigint, follow_ups_to = $3::bigint where name = 'follow_ups'`,
    [marks.changes_to, marks.persons_to, marks.follow_ups_to],
  )
}

interface Page {
  personIds: string[]
  /** Where to go on; '0' at the end. */
  last: string
}

const toPage = (rows: { person_id: string | null; at: string }[], limit: number, at: string): Page => ({
  personIds: [...new Set(rows.flatMap(({ person_id }) => person_id ?? []))],
  last: rows.length < limit ? at : (rows.at(-1)?.at ?? at),
})

/** Whose colour or reasons changed after this change. */
export const listChanged = async (db: Queryable, after: string, limit: number): Promise<Page> => {
  const { rows } = await db.query<{ person_id: string; at: string }>(
    `select person_id, change_id as at from status_changes where change_id > $1::bigint order by change_id limit $2::int`,
    [after, limit],
  )
  return toPage(rows, limit, rows.at(-1)?.at ?? after)
}

/** The next persons by number; of them those who may need looking after and have nobody. */
export const listForgotten = async (db: Queryable, after: string, limit: number): Promise<Page> => {
  const { rows } = await db.query<{ person_id: string | null; at: string }>(
    `select case when s.colour in (2, 3) and not exists (select from follow_ups f where f.person_id = s.person_id and f.state = 'open')
       then s.person_id end as person_id, s.person_id as at
     from status_current s where s.person_id > $1::bigint order by s.person_id limit $2::int`,
    [after, limit],
  )
  return toPage(rows, limit, '0')
}

/** The persons of the next open follow-ups by number. */
export const listFollowed = async (db: Queryable, after: string, limit: number): Promise<Page> => {
  const { rows } = await db.query<{ person_id: string; at: string }>(
    `select person_id, follow_up_id as at from follow_ups where follow_up_id > $1::bigint and state = 'open' order by follow_up_id limit $2::int`,
    [after, limit],
  )
  return toPage(rows, limit, '0')
}
