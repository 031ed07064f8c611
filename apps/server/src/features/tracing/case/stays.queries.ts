import type { VenueKind } from '@jiankangbao/domain/decision/venue-kind'
import type { ScanMark } from '@jiankangbao/domain/tracing/contacts'
import type { StayScope } from '@jiankangbao/domain/vocabulary/tracing'
import type { Queryable, Transaction } from '../../../db/pool.ts'

/** A visit of the case that has no stay yet. */
export interface FreshVisitRow {
  /** Of the persons that are one human with that of the case: by whose document it was. */
  person_id: string
  request_key: string
  visited_on: string
  visited_at: Date
  next_elsewhere_at: Date | null
  point_id: number
  kind: VenueKind
  marks: ScanMark[]
}

/** What is said of a scan besides its place and time, from a row of `traced_visits`. */
export const MARKS = (row: string): string => `array_remove(array[
    case when ${row}.is_far then 'far' end, case when ${row}.withdrawn_at is not null then 'withdrawn' end,
    case when ${row}.is_late then 'late' end, case when ${row}.is_unlocated then 'unlocated' end,
    case when ${row}.is_stated_by_another then 'stated' end], null)`

/** Visits of all persons that are this human in the window, with the next presence at another venue. */
export const listFreshVisits = async (
  db: Queryable,
  caseId: string,
  personIds: string[],
  window: { from: Date; until: Date },
): Promise<FreshVisitRow[]> =>
  (
    await db.query<FreshVisitRow>(
      `with mine as materialized (
         select v.*, t.venue_id, e.kind from traced_visits v
         join venue_points t using (point_id) join venues e using (venue_id)
         where v.person_id = any($2::bigint[])
           and v.visited_on between ($3::timestamptz at time zone 'Asia/Shanghai')::date and ($4::timestamptz at time zone 'Asia/Shanghai')::date + 1
       )
       select m.person_id, m.request_key, to_char(m.visited_on, 'YYYY-MM-DD') as visited_on, m.visited_at, m.point_id, m.kind, ${MARKS('m')} as marks,
         (select min(n.visited_at) from mine n where n.visited_at > m.visited_at and n.venue_id <> m.venue_id
            and not n.is_far and n.withdrawn_at is null) as next_elsewhere_at
       from mine m
       where m.visited_at >= $3::timestamptz and m.visited_at < $4::timestamptz
         and not exists (select from case_stays s where s.case_id = $1::bigint and s.visited_on = m.visited_on and s.request_key = m.request_key)
       order by m.visited_at, m.request_key`,
      [caseId, personIds, window.from, window.until],
    )
  ).rows

export interface NewStay {
  personId: string
  requestKey: string
  visitedOn: string
  scannedAt: Date
  pointId: number
  untilAt: Date
  counted: boolean
  marks: ScanMark[]
}

export const insertStays = async (tx: Transaction, caseId: string, stays: NewStay[]): Promise<void> => {
  await tx.query(
    `insert into case_stays (case_id, request_key, visited_on, scanned_at, point_id, from_at, until_at, standard_until_at, counted, marks, person_id)
     select $1::bigint, request_key, visited_on, scanned_at, point_id, scanned_at, until_at, until_at, counted,
       case when marks = '' then '{}'::text[] else string_to_array(marks, ',') end, person_id
     from unnest($2::bigint[], $3::date[], $4::timestamptz[], $5::int[], $6::timestamptz[], $7::boolean[], $8::text[], $9::bigint[])
       as s(request_key, visited_on, scanned_at, point_id, until_at, counted, marks, person_id)
     on conflict do nothing`,
    [
      caseId,
      stays.map(({ requestKey }) => requestKey),
      stays.map(({ visitedOn }) => visitedOn),
      stays.map(({ scannedAt }) => scannedAt),
      stays.map(({ pointId }) => pointId),
      stays.map(({ untilAt }) => untilAt),
      stays.map(({ counted }) => counted),
      stays.map(({ marks }) => marks.join(',')),
      stays.map(({ personId }) => personId),
    ],
  )
}

export interface StayRow {
  stay_id: string
  scanned_at: Date
  from_at: Date
  until_at: Date
  standard_until_at: Date
  point_id: number
  point_name: string
  venue_id: number
  venue_name: string
  kind: VenueKind
  division_name: string
  scope: StayScope
  counted: boolean
  marks: ScanMark[]
  adjusted_by_name: string | null
  adjusted_at: Date | null
  why: string | null
}

// Of a document that two operators took for the same human's. Once they are two people again its stays are the case's no more.
const OF_CASE = `(s.person_id is null or s.person_id = c.person_id or exists (
  select from person_unions u join person_unions o using (kept_person_id) where u.person_id = c.person_id and o.person_id = s.person_id))`

/** Stays of the case whose scans lie in the window, first ones first. Those of a narrower window stay where they are. */
export const listStays = async (
  db: Queryable,
  caseId: string,
  window: { from: Date; until: Date },
): Promise<StayRow[]> =>
  (
    await db.query<StayRow>(
      `select s.stay_id, s.scanned_at, s.from_at, s.until_at, s.standard_until_at, s.point_id, t.name as point_name, e.venue_id,
         e.name as venue_name, e.kind, d.name as division_name, s.scope, s.counted, s.marks, o.display_name as adjusted_by_name, s.adjusted_at, s.why
       from case_stays s join cases c using (case_id) join venue_points t using (point_id) join venues e using (venue_id)
       join divisions d on d.code = e.division_code
       left join operators o on o.operator_id = s.adjusted_by
       where s.case_id = $1::bigint and ${OF_CASE} and s.scanned_at >= $2::timestamptz and s.scanned_at < $3::timestamptz
       order by s.scanned_at, s.stay_id`,
      [caseId, window.from, window.until],
    )
  ).rows

export const updateStay = async (
  tx: Transaction,
  stayId: string,
  change: {
    fromAt: Date
    untilAt: Date
    scope: StayScope
    counted: boolean
    operatorId: string
    at: Date
    why: string
  },
): Promise<void> => {
  await tx.query(
    `update case_stays set from_at = $2::timestamptz, until_at = $3::timestamptz, scope = $4::text, counted = $5::boolean,
       adjusted_by = $6::bigint, adjusted_at = $7::timestamptz, why = $8::text
     where stay_id = $1::bigint`,
    [
      stayId,
      change.fromAt,
      change.untilAt,
      change.scope,
      change.counted,
      change.operatorId,
      change.at,
      change.why,
    ],
  )
}

export interface EventRow {
  at: Date
  event: 'check' | 'sample' | 'entry'
  place: string | null
  result: string | null
}

/** Checks, samples and arrivals of the person in the window: what the places are read by. */
export const listEvents = async (
  db: Queryable,
  personId: string,
  window: { from: Date; until: Date },
): Promise<EventRow[]> =>
  (
    await db.query<EventRow>(
      `select * from (
         (select c.checked_at as at, 'check' as event, e.name as place, null as result from checks c
          join venue_points t on t.point_id = c.point_id join venues e using (venue_id)
          where c.person_id = $1::bigint and c.checked_at >= $2::timestamptz and c.checked_at < $3::timestamptz
            and c.checked_on between ($2::timestamptz at time zone 'Asia/Shanghai')::date and ($3::timestamptz at time zone 'Asia/Shanghai')::date)
         union all
         (select r.sampled_at, 'sample', null, r.result from test_results r
          where r.person_id = $1::bigint and r.withdrawn_at is null and r.sampled_at >= $2::timestamptz and r.sampled_at < $3::timestamptz)
         union all
         (select p.arrived_at, 'entry', e.name, g.arrival_mode from entry_persons p join entry_registrations g using (entry_id)
          left join venue_points t on t.point_id = p.arrived_point_id left join venues e on e.venue_id = t.venue_id
          where p.person_id = $1::bigint and p.arrived_at >= $2::timestamptz and p.arrived_at < $3::timestamptz)
       ) e order by at limit 300`,
      [personId, window.from, window.until],
    )
  ).rows
