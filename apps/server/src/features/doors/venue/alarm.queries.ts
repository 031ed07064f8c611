import { DECISION_NUMBERS } from '@jiankangbao/domain/decision/coding'
import type { VenueAlarmKind } from '@jiankangbao/domain/vocabulary/doors'
import type { Queryable } from '../../../db/pool.ts'

export interface AlarmRow {
  kind: VenueAlarmKind
  point_name: string
  last_at: Date
  times: number
}

/** One phone that scans from afar is a phone that knows its place badly; this many are a poster that went around as a picture. */
const FAR_SCANS_FROM = 3
const MOST_ALARMS = 60

/** Of today and yesterday, by point and hour: who was turned away, scans from afar, and numbers that were tried. */
export const listAlarms = async (db: Queryable, venueId: string | number, now: Date): Promise<AlarmRow[]> => {
  const { rows } = await db.query<AlarmRow>(
    `with scans as (
       select point_id, date_trunc('hour', visited_at) as hour,
         count(*) filter (where decision = ${DECISION_NUMBERS.deny})::int as denied,
         max(visited_at) filter (where decision = ${DECISION_NUMBERS.deny}) as denied_at,
         count(*) filter (where is_far)::int as far, max(visited_at) filter (where is_far) as far_at
       from traced_visits
       where point_id in (select point_id from venue_points where venue_id = $1::int) and withdrawn_at is null
         and visited_on >= ($2::timestamptz at time zone 'Asia/Shanghai')::date - 1
       group by 1, 2)
     select kind, pt.name as point_name, last_at, times from (
       select 'turned_away' as kind, point_id, denied_at as last_at, denied as times from scans where denied > 0
       union all select 'far_scans', point_id, far_at, far from scans where far >= ${FAR_SCANS_FROM}
       union all select 'code_guessing', own.point_id, i.last_at, i.times from incidents i
         join venue_points own on i.subject = 'point:' || own.point_id and own.venue_id = $1::int
         where i.kind = 'code_guessing' and i.last_at > $2::timestamptz - interval '2 days') a
     join venue_points pt using (point_id) order by last_at desc, kind limit ${MOST_ALARMS}`,
    [venueId, now],
  )
  return rows
}
