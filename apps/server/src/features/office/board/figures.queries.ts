import type { Queryable } from '../../../db/pool.ts'

export interface FigureRow {
  part: string
  area: string
  figures: Record<string, number | string | null>
}

/**
 * A part of the picture for every district and once more for the whole city ($1). What has the city itself as its division
 * counts there only.
 * @param figures pairs of names and counts, as `jsonb_build_object` takes them
 * @param from rows with `d`, the code of their district
 */
const part = (name: string, figures: string, from: string): string =>
  `select '${name}' as part, case when grouping(x.d) = 1 then $1::text else x.d end as area, jsonb_build_object(${figures}) as figures
   from (${from}) x group by grouping sets ((x.d), ()) having grouping(x.d) = 1 or (x.d is not null and x.d <> $1::text)`

const district = (column: string): string => `left(${column}, 6) as d`

// $1 is the code of the city, $2 now, $3 the midnight at which today began.
const FAST = [
  part(
    'cases',
    `'open', count(*) filter (where x.state = 'open'), 'today', count(*) filter (where x.opened_at >= $3::timestamptz),
     'week', count(*) filter (where x.opened_at >= $2::timestamptz - interval '7 days'),
     'listedBefore', count(*) filter (where x.opened_at >= $2::timestamptz - interval '7 days' and x.listed)`,
    // Known as a contact, or looked after, before the case was opened and before it fell ill.
    `select ${district('c.division_code')}, c.state, c.opened_at,
       exists (select from case_contacts k join proposals r on r.request_id = k.selection_id and r.kind = 'case.expose' and r.state = 'approved'
         where k.person_id = c.person_id and k.case_id <> c.case_id and r.decided_at < c.opened_at)
       or exists (select from follow_ups f where f.person_id = c.person_id and f.starts_at < c.anchor_at and (f.ended_at is null or f.ended_at > c.anchor_at)) as listed
     from cases c where c.state = 'open' or c.state in ('closed', 'negative') and c.opened_at >= $2::timestamptz - interval '7 days'`,
  ),
  part(
    'proposals',
    `'open', count(*), 'overdue', count(*) filter (where x.proposed_at < $2::timestamptz - interval '24 hours'), 'oldestAt', min(x.proposed_at)`,
    `select ${district('division_code')}, proposed_at from proposals where state = 'open' and expires_at > $2::timestamptz`,
  ),
  part(
    'imports',
    `'running', count(*) filter (where x.state in ('waiting', 'checking', 'applying', 'undoing')),
     'applied', count(*) filter (where x.state = 'applied' and x.applied_at >= $3::timestamptz),
     'failed', count(*) filter (where x.state = 'failed' and x.uploaded_at >= $3::timestamptz)`,
    `select ${district('division_code')}, state, applied_at, uploaded_at from imports
     where state in ('waiting', 'checking', 'applying', 'undoing') or uploaded_at >= $3::timestamptz - interval '14 days'`,
  ),
  part(
    'entries',
    `'planned', count(*) filter (where x.planned_arrival_at >= $3::timestamptz and x.planned_arrival_at < $3::timestamptz + interval '1 day'),
     'arrived', count(*) filter (where x.arrived_at >= $3::timestamptz), 'received', count(*) filter (where x.received_at >= $3::timestamptz),
     'waiting', count(*) filter (where x.state = 'arrived')`,
    `select ${district('destination_code')}, state, planned_arrival_at, arrived_at, received_at from entry_registrations
     where planned_arrival_at >= $3::timestamptz - interval '3 days' and planned_arrival_at < $3::timestamptz + interval '1 day' and state <> 'cancelled'`,
  ),
  part(
    'door_alarms',
    `'open', count(*) filter (where x.answer is null), 'today', count(*) filter (where x.seen_at >= $3::timestamptz)`,
    `select ${district('f.division_code')}, a.answer, a.seen_at from door_alarms a join follow_ups f using (follow_up_id)
     where a.answer is null or a.seen_at >= $3::timestamptz`,
  ),
  part(
    'incidents',
    `'open', count(*)`,
    `select ${district('division_code')} from incidents where acknowledged_at is null`,
  ),
  part(
    'proposal_alarms',
    `'open', count(*)`,
    `select ${district('division_code')} from proposals where alarms <> '[]'::jsonb and alarm_acknowledged_by is null`,
  ),
  part(
    'round',
    `'expected', coalesce(sum(x.expected), 0), 'sampled', coalesce(sum(x.sampled), 0), 'exempt', coalesce(sum(x.exempt), 0)`,
    `select ${district('c.division_code')}, c.expected, c.sampled, c.exempt from round_counts c
     where c.roster_id = 0 and c.round_id = (select round_id from test_rounds where state in ('begun', 'closed') and from_at <= $2::timestamptz order by from_at desc limit 1)`,
  ),
  // Of the city alone.
  `select 'positives', $1::text, jsonb_build_object('today', count(*) filter (where reported_at >= $3::timestamptz),
     'yesterday', count(*) filter (where reported_at < $3::timestamptz))
   from test_results where result = 'positive' and withdrawn_at is null and reported_at >= $3::timestamptz - interval '1 day'`,
  `select 'system', $1::text, jsonb_build_object('waiting', count(*), 'oldestAt', min(marked_at))
   from (select marked_at from dirty_persons limit 100000) waiting`,
].join(' union all ')

export const countFigures = async (
  db: Queryable,
  cityCode: string,
  now: Date,
  midnight: Date,
): Promise<FigureRow[]> => (await db.query<FigureRow>(FAST, [cityCode, now, midnight])).rows

const STEPS = `with recent as (
    select case_id, ${district('division_code')}, opened_at from cases
    where state in ('open', 'closed') and opened_at >= $2::timestamptz - interval '30 days'),
  lists as (
    select r.case_id, min(r.proposed_at) as listed_at, min(r.decided_at) filter (where r.state = 'approved') as approved_at
    from proposals r join recent using (case_id) where r.kind = 'case.expose' and r.state in ('open', 'approved') group by 1),
  people as (
    select distinct c.d, c.opened_at, coalesce(u.kept_person_id, f.person_id) as person_id
    from recent c join proposals r on r.case_id = c.case_id and r.kind = 'case.expose' and r.state = 'approved'
    join findings f on f.proposal_id = r.proposal_id and f.case_id is not null and f.withdrawn_at is null
    left join person_unions u on u.person_id = f.person_id),
  done as (
    select c.d, 'listed' as step, c.opened_at as began_at, l.listed_at as done_at from recent c left join lists l using (case_id)
    union all select c.d, 'approved', c.opened_at, l.approved_at from recent c left join lists l using (case_id)
    union all select p.d, 'reached', p.opened_at,
      (select min(e.at) from follow_ups f join follow_up_events e using (follow_up_id)
       where f.person_id = p.person_id and e.event = 'looked' and e.details ->> 'look' in ('well', 'ill') and e.at >= p.opened_at)
    from people p)
  select x.step as part, case when grouping(x.d) = 1 then $1::text else x.d end as area, jsonb_build_object('of', count(*), 'done', count(x.done_at),
    'medianHours', round((percentile_cont(0.5) within group (order by extract(epoch from x.done_at - x.began_at) / 3600))::numeric, 1),
    'within24', count(*) filter (where x.done_at <= x.began_at + interval '24 hours'),
    'of24', count(*) filter (where x.done_at is not null or x.began_at <= $2::timestamptz - interval '24 hours'),
    'within48', count(*) filter (where x.done_at <= x.began_at + interval '48 hours'),
    'of48', count(*) filter (where x.done_at is not null or x.began_at <= $2::timestamptz - interval '48 hours')) as figures
  from done x group by grouping sets ((x.step, x.d), (x.step)) having grouping(x.d) = 1 or x.d <> $1::text`

// What reads many rows. $1 is the code of the city, $2 now, $3 the midnight at which today began.
const SLOW = [
  part(
    'contacts',
    `'close_contact', count(distinct x.person_id) filter (where x.category = 'close_contact'),
     'co_presence', count(distinct x.person_id) filter (where x.category = 'co_presence'),
     'secondary_contact', count(distinct x.person_id) filter (where x.category = 'secondary_contact')`,
    `select ${district('c.division_code')}, f.person_id, f.category
     from cases c join proposals r on r.case_id = c.case_id and r.kind = 'case.expose' and r.state = 'approved'
     join findings f on f.proposal_id = r.proposal_id and f.case_id is not null and f.ended_at is null and f.withdrawn_at is null
     where c.state = 'open'`,
  ),
  part(
    'followUps',
    `'isolated', count(*) filter (where x.open and x.measure = 'isolated'), 'monitored', count(*) filter (where x.open and x.measure = 'monitored'),
     'seenToday', count(*) filter (where x.open and x.seen_at >= $3::timestamptz), 'ill', count(*) filter (where x.open and x.ill),
     'unseen24', count(*) filter (where x.open and x.known_at < $2::timestamptz - interval '24 hours'),
     'unseen48', count(*) filter (where x.open and x.known_at < $2::timestamptz - interval '48 hours'),
     'unseen72', count(*) filter (where x.open and x.known_at < $2::timestamptz - interval '72 hours'),
     'lost', count(*) filter (where not x.open), 'overdue', count(*) filter (where x.open and x.ends_at <= $2::timestamptz),
     'testOverdue', count(*) filter (where x.open and x.test_due_at < $2::timestamptz)`,
    `select ${district('division_code')}, state = 'open' as open, measure, seen_at, look = 'ill' or declared_ill as ill,
       coalesce(seen_at, starts_at) as known_at, ends_at, test_due_at
     from follow_ups where state = 'open' or state = 'lost' and ended_at > $2::timestamptz - interval '14 days'`,
  ),
  part(
    'tests',
    `'sampled', coalesce(sum(x.sealed_count) filter (where x.opened_at >= $3::timestamptz), 0),
     'waiting', count(*) filter (where x.sealed_at is not null and x.result is null),
     'late', count(*) filter (where x.sealed_at < $2::timestamptz - interval '12 hours' and x.result is null),
     'positive', count(*) filter (where x.result = 'positive' and x.resulted_at >= $3::timestamptz)`,
    `select ${district('s.division_code')}, t.opened_at, t.sealed_at, t.sealed_count, t.result, t.resulted_at
     from tubes t join test_sites s using (site_id) where t.opened_at >= $3::timestamptz - interval '1 day' and t.moved_to is null`,
  ),
  `select 'people', $1::text, jsonb_build_object('none', count(*) filter (where colour = 0), 'green', count(*) filter (where colour = 1),
     'yellow', count(*) filter (where colour = 2), 'red', count(*) filter (where colour = 3)) from status_current`,
].join(' union all ')

/** What reads a row for everybody, for everybody looked after, or for every tube. */
export const countSlowFigures = async (
  db: Queryable,
  cityCode: string,
  now: Date,
  midnight: Date,
): Promise<FigureRow[]> => {
  const { rows } = await db.query<FigureRow>(SLOW, [cityCode, now, midnight])
  const steps = await db.query<FigureRow>(STEPS, [cityCode, now])
  return [...rows, ...steps.rows]
}

export interface PlaceRow {
  code: string
  name: string
  name_en: string
  level: 'district' | 'street'
  looked_after: number
  unseen48: number
}

/** Districts and streets with the people looked after there. */
export const listPlaces = async (db: Queryable, cityPrefix: string, now: Date): Promise<PlaceRow[]> =>
  (
    await db.query<PlaceRow>(
      `with held as (
         select left(division_code, 9) as street, count(*) as looked_after,
           count(*) filter (where coalesce(seen_at, starts_at) < $2::timestamptz - interval '48 hours') as unseen48
         from follow_ups where state = 'open' and division_code is not null group by 1)
       select d.code, d.name, d.name_en, d.level, coalesce(sum(h.looked_after), 0)::int as looked_after, coalesce(sum(h.unseen48), 0)::int as unseen48
       from divisions d left join held h on starts_with(h.street, d.code)
       where d.level in ('district', 'street') and starts_with(d.code, $1::text)
       group by d.code order by d.code`,
      [cityPrefix, now],
    )
  ).rows

export interface SourceRow {
  name: string
  kind: 'provider' | 'laboratory' | 'province'
  as_of: Date | null
}

/** Whoever brings data from outside, and of when the last of it is. */
export const listSources = async (db: Queryable, now: Date): Promise<SourceRow[]> =>
  (
    await db.query<SourceRow>(
      `select provider as name, 'provider' as kind, coalesce(data_as_of, last_success_at) as as_of from upstream_state
       union all select p.name, p.kind, greatest(
           (select max(b.received_at) from partner_batches b where b.partner_id = p.partner_id and b.received_at > $1::timestamptz - interval '3 days'),
           (select r.told_at from tube_results r where r.partner_id = p.partner_id order by r.told_at desc limit 1))
         from partners p where p.revoked_at is null
       order by 2, 1 limit 24`,
      [now],
    )
  ).rows

export const findRound = async (
  db: Queryable,
  now: Date,
): Promise<{ round_id: string; name: string; state: 'begun' | 'closed' } | undefined> =>
  (
    await db.query<{ round_id: string; name: string; state: 'begun' | 'closed' }>(
      `select round_id, name, state from test_rounds where state in ('begun', 'closed') and from_at <= $1::timestamptz
         and from_at > $1::timestamptz - interval '30 days' order by from_at desc limit 1`,
      [now],
    )
  ).rows[0]
