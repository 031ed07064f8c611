import { divisionPrefix } from '@jiankangbao/domain/division'
import type { AlarmAnswer } from '@jiankangbao/domain/vocabulary/follow-ups'
import { arrayLiteral } from '../../../db/array-literal.ts'
import type { Queryable, Transaction } from '../../../db/pool.ts'

/** Where somebody isolated may have to go: nobody is told. */
const ALLOWED_KINDS = ['hospital', 'clinic']
/** Several scans at one point within this are one alarm. */
const ONE_ALARM_MINUTES = 30

/**
 * Visits of isolated people among these, of yesterday and today, since they have to stay; each becomes an alarm once. Far away
 * and withdrawn scans are none, nor those at the venue where they stay or at a hospital.
 * @returns the alarms just found
 */
export const raiseAlarms = async (db: Queryable, personIds: string[], now: Date): Promise<number> => {
  const { rowCount } = await db.query({
    name: 'raise-door-alarms',
    text: `with away as (
      select f.follow_up_id, v.at, v.point_id from unnest($1::bigint[]) as p(person_id)
      join follow_ups f on f.person_id = coalesce((select kept_person_id from person_unions u where u.person_id = p.person_id), p.person_id)
        and f.state in ('open', 'lost') and f.measure = 'isolated'
        and not exists (select from follow_ups l where l.person_id = f.person_id and l.follow_up_id > f.follow_up_id)
      cross join lateral (
        select visit_instant(vi.visited_on, vi.visited_ms) as at, vi.point_id from visits vi
        where vi.person_id = p.person_id and vi.answer & 32 = 0
          and vi.visited_on between ($2::timestamptz at time zone 'Asia/Shanghai')::date - 1 and ($2::timestamptz at time zone 'Asia/Shanghai')::date
          and not exists (select from visit_withdrawals m where m.person_id = vi.person_id and m.visited_on = vi.visited_on and m.request_key = vi.request_key)
          and not exists (select from visit_positions m where m.person_id = vi.person_id and m.visited_on = vi.visited_on and m.request_key = vi.request_key and m.is_far)
        offset 0) v
      join venue_points pt on pt.point_id = v.point_id join venues vn using (venue_id)
      where v.at > f.isolated_at and v.at <= $2::timestamptz + interval '1 minute' and vn.kind <> all($3::text[])
        and vn.venue_id is distinct from f.stay_venue_id
    ), first as (
      select a.* from away a where not exists (
        select from away b where b.follow_up_id = a.follow_up_id and b.point_id = a.point_id and b.at < a.at
          and b.at > a.at - make_interval(mins => $4::int))
    )
    insert into door_alarms (follow_up_id, seen_at, point_id, found_at)
    select follow_up_id, at, point_id, $2::timestamptz from first
    where not exists (select from door_alarms d where d.follow_up_id = first.follow_up_id and d.point_id = first.point_id
      and d.seen_at > first.at - make_interval(mins => $4::int) and d.seen_at < first.at + make_interval(mins => $4::int))
    on conflict do nothing`,
    values: [arrayLiteral(personIds), now, ALLOWED_KINDS, ONE_ALARM_MINUTES],
  })
  return rowCount ?? 0
}

export interface AlarmRow {
  alarm_id: string
  follow_up_id: string
  person_id: string
  name_masked: string
  colour: number | null
  seen_at: Date
  found_at: Date
  venue_name: string
  point_name: string
  division_code: string | null
  division_name: string | null
  answer: AlarmAnswer | null
  answered_at: Date | null
  answered_by_name: string | null
  is_repeat: boolean
}

const SELECT = `select a.alarm_id, a.follow_up_id, f.person_id, p.name_masked, s.colour, a.seen_at, a.found_at, v.name as venue_name,
    pt.name as point_name, f.division_code,
    (select string_agg(dv.name, '' order by length(dv.code)) from divisions dv
     where dv.level <> 'city' and dv.code in (f.division_code, left(f.division_code, 9), left(f.division_code, 6))) as division_name,
    a.answer, a.answered_at, o.display_name as answered_by_name
  from door_alarms a join follow_ups f using (follow_up_id) join persons p using (person_id) left join status_current s using (person_id)
  join venue_points pt using (point_id) join venues v on v.venue_id = pt.venue_id left join operators o on o.operator_id = a.answered_by`
// $1 is the prefix of the division, $2 whether it is the city.
const WITHIN = `coalesce(starts_with(f.division_code, $1::text), $2::boolean)`

interface Scope {
  divisionCode: string
  isCity: boolean
}

/** Latest first. */
export const listAlarms = async (
  db: Queryable,
  scope: Scope,
  answered: boolean,
  page: { after: { at: string; id: string } | undefined; limit: number },
): Promise<AlarmRow[]> =>
  (
    await db.query<AlarmRow>(
      `${SELECT} where ${WITHIN} and a.answer is ${answered ? 'not null' : 'null'}
         and ($3::timestamptz is null or (a.seen_at, a.alarm_id) < ($3::timestamptz, $4::bigint))
       order by a.seen_at desc, a.alarm_id desc limit $5::int`,
      [
        divisionPrefix(scope.divisionCode),
        scope.isCity,
        page.after?.at ?? null,
        page.after?.id ?? null,
        page.limit,
      ],
    )
  ).rows

export const findAlarm = async (
  db: Queryable,
  scope: Scope,
  alarmId: string,
): Promise<AlarmRow | undefined> =>
  (
    await db.query<AlarmRow>(`${SELECT} where ${WITHIN} and a.alarm_id = $3::bigint`, [
      divisionPrefix(scope.divisionCode),
      scope.isCity,
      alarmId,
    ])
  ).rows[0]

/** False where somebody answered before, unless it was this request. */
export const answerAlarm = async (
  tx: Transaction,
  alarmId: string,
  by: { answer: AlarmAnswer; operatorId: string; requestId: string; at: Date; noteEncrypted: Buffer | null },
): Promise<'done' | 'repeat' | 'answered'> => {
  const { rows } = await tx.query<{ answered_by: string | null; request_id: string | null }>(
    `select answered_by, request_id from door_alarms where alarm_id = $1::bigint for update`,
    [alarmId],
  )
  const [row] = rows
  if (row?.answered_by)
    return row.answered_by === by.operatorId && row.request_id === by.requestId.toLowerCase()
      ? 'repeat'
      : 'answered'
  await tx.query(
    `update door_alarms set answer = $2::text, answered_by = $3::bigint, request_id = $4::uuid, answered_at = $5::timestamptz, note_encrypted = $6::bytea
     where alarm_id = $1::bigint`,
    [alarmId, by.answer, by.operatorId, by.requestId, by.at, by.noteEncrypted],
  )
  if (by.answer === 'stays_there')
    await tx.query(
      `update follow_ups f set stay_venue_id = pt.venue_id, version = version + 1 from door_alarms a join venue_points pt using (point_id)
       where a.alarm_id = $1::bigint and f.follow_up_id = a.follow_up_id`,
      [alarmId],
    )
  return 'done'
}
