import type { StatusReason } from '@jiankangbao/contracts/reasons'
import { divisionPrefix } from '@jiankangbao/domain/division'
import { todayOf } from '@jiankangbao/domain/monitoring/follow-up'
import type {
  ExtensionCause,
  FollowUpEvent,
  FollowUpMeasure,
  FollowUpState,
  FollowUpView,
  Look,
  StayKind,
} from '@jiankangbao/domain/vocabulary/follow-ups'
import type { Queryable } from '../../../db/pool.ts'

export interface FollowUpRow {
  follow_up_id: string
  person_id: string
  version: number
  state: FollowUpState
  name_masked: string
  colour: number | null
  reasons: StatusReason[] | null
  measure: FollowUpMeasure
  categories: string[]
  starts_at: Date
  ends_at: Date | null
  test_due_at: Date | null
  tested_at: Date | null
  declared_at: Date | null
  declared_ill: boolean
  temperature_encrypted: Buffer | null
  look: Look | null
  looked_at: Date | null
  seen_at: Date | null
  stay: StayKind
  stay_encrypted: Buffer | null
  division_code: string | null
  division_name: string | null
  unassigned_at: Date | null
  offered_to: string | null
  offered_to_name: string | null
  offered_at: Date | null
  ended_at: Date | null
  open_alarms: number
}

const nameOf = (code: string): string =>
  `(select string_agg(dv.name, '' order by length(dv.code)) from divisions dv
    where dv.level <> 'city' and dv.code in (${code}, left(${code}, 9), left(${code}, 6)))`

const SELECT = `select f.follow_up_id, f.person_id, f.version, f.state, p.name_masked, s.colour, s.reasons, f.measure, f.categories, f.starts_at,
    f.ends_at, f.test_due_at, f.tested_at, f.declared_at, f.declared_ill, f.temperature_encrypted, f.look, f.looked_at, f.seen_at, f.stay,
    f.stay_encrypted, f.division_code, ${nameOf('f.division_code')} as division_name, f.unassigned_at, f.offered_to,
    ${nameOf('f.offered_to')} as offered_to_name, f.offered_at, f.ended_at,
    (select count(*)::int from door_alarms a where a.follow_up_id = f.follow_up_id and a.answer is null) as open_alarms
  from follow_ups f join persons p using (person_id) left join status_current s using (person_id)`

// $1 is now, $2 the prefix of the division, $3 and $4 the beginning and the end of today; ':' follows '9'.
const within = (column: string): string => `${column} ~>=~ $2::text and ${column} ~<~ ($2::text || ':')`
const OPEN_HERE = `f.state = 'open' and ${within('f.division_code')}`

const TO_SEE = `(f.seen_at is null or f.seen_at < $3::timestamptz or f.declared_ill and (f.looked_at is null or f.looked_at < f.declared_at))`
const DOING: Record<Exclude<FollowUpView, 'all' | 'offered' | 'unassigned' | 'ended'>, string> = {
  to_see: TO_SEE,
  ill: `(f.look = 'ill' or f.declared_ill)`,
  not_reached: `f.look = 'not_reached' and (f.seen_at is null or f.seen_at < f.looked_at)`,
  test_due: `f.test_due_at < $4::timestamptz`,
  overdue: `f.ends_at <= $1::timestamptz`,
}

const VIEWS: Record<FollowUpView, string> = {
  to_see: `${OPEN_HERE} and ${DOING.to_see}`,
  ill: `${OPEN_HERE} and ${DOING.ill}`,
  not_reached: `${OPEN_HERE} and ${DOING.not_reached}`,
  test_due: `${OPEN_HERE} and ${DOING.test_due}`,
  overdue: `${OPEN_HERE} and ${DOING.overdue}`,
  all: OPEN_HERE,
  offered: within('f.offered_to'),
  unassigned: `f.state = 'open' and f.division_code is null`,
  ended: `f.state <> 'open' and ${within('f.division_code')}`,
}

export interface FollowUpFilter {
  divisionCode: string
  view: FollowUpView
  measure: FollowUpMeasure | undefined
}

const bounds = (now: Date): [Date, Date] => {
  const { begins, ends } = todayOf(now.getTime())
  return [new Date(begins), new Date(ends)]
}

/** What was begun last comes first; what ended last where they have ended. */
export const listFollowUps = async (
  db: Queryable,
  now: Date,
  filter: FollowUpFilter,
  page: { after: { at: string; id: string } | undefined; limit: number },
): Promise<FollowUpRow[]> => {
  const by = filter.view === 'ended' ? 'f.ended_at' : 'f.starts_at'
  const { rows } = await db.query<FollowUpRow>(
    `${SELECT} where ($1::timestamptz, $2::text, $3::timestamptz, $4::timestamptz) is not null and ${VIEWS[filter.view]}
       and ($5::text is null or f.measure = $5::text)
       and ($6::timestamptz is null or (${by}, f.follow_up_id) < ($6::timestamptz, $7::bigint))
     order by ${by} desc, f.follow_up_id desc limit $8::int`,
    [
      now,
      divisionPrefix(filter.divisionCode),
      ...bounds(now),
      filter.measure ?? null,
      page.after?.at ?? null,
      page.after?.id ?? null,
      page.limit,
    ],
  )
  return rows
}

/** Of a sheet: by division, then by the last day. */
export const listSheet = async (
  db: Queryable,
  now: Date,
  filter: FollowUpFilter,
  limit: number,
): Promise<FollowUpRow[]> => {
  const { rows } = await db.query<FollowUpRow>(
    `${SELECT} where ($1::timestamptz, $2::text, $3::timestamptz, $4::timestamptz) is not null and ${VIEWS[filter.view]}
       and ($5::text is null or f.measure = $5::text)
     order by f.division_code nulls last, f.ends_at nulls last, f.follow_up_id limit $6::int`,
    [now, divisionPrefix(filter.divisionCode), ...bounds(now), filter.measure ?? null, limit],
  )
  return rows
}

export interface CallRow extends FollowUpRow {
  phone_account_id: string | null
  phone_encrypted: Buffer | null
}

/** Whom nobody knows of today, longest unseen first, with the number of their account or of whoever holds them. */
export const listCalls = async (
  db: Queryable,
  now: Date,
  divisionCode: string,
  limit: number,
): Promise<CallRow[]> => {
  const { rows } = await db.query<CallRow>(
    `select c.*, ph.account_id as phone_account_id, ph.phone_encrypted
     from (${SELECT} where ($1::timestamptz, $4::timestamptz) is not null and ${VIEWS.to_see}
       order by f.seen_at nulls first, f.follow_up_id limit $5::int) c
     left join lateral (
       select account_id, phone_encrypted from accounts a where a.account_id = coalesce(
         (select a.account_id from accounts a where a.person_id = c.person_id and a.number_left_at is null),
         (select a.account_id from members m join accounts a using (account_id)
          where m.person_id = c.person_id and m.removed_at is null and a.number_left_at is null order by m.member_id limit 1))
     ) ph on true
     order by c.seen_at nulls first, c.follow_up_id`,
    [now, divisionPrefix(divisionCode), ...bounds(now), limit],
  )
  return rows
}

/** A follow-up of this division, or offered to it; of the city also one without any. */
export const findFollowUp = async (
  db: Queryable,
  scope: { divisionCode: string; isCity: boolean },
  followUpId: string,
): Promise<FollowUpRow | undefined> =>
  (
    await db.query<FollowUpRow>(
      `${SELECT} where f.follow_up_id = $1::bigint and (${within('f.division_code')} or ${within('f.offered_to')} or $3::boolean and f.division_code is null)`,
      [followUpId, divisionPrefix(scope.divisionCode), scope.isCity],
    )
  ).rows[0]

export type FiguresRow = Record<
  | 'all'
  | 'isolated'
  | 'to_see'
  | 'ill'
  | 'not_reached'
  | 'test_due'
  | 'overdue'
  | 'offered'
  | 'unassigned'
  | 'alarms',
  number
> & { alarmsByDistrict: { code: string; name: string; count: number }[] }

export const countFollowUps = async (
  db: Queryable,
  now: Date,
  scope: { divisionCode: string; isCity: boolean },
): Promise<FiguresRow> => {
  const counts = Object.entries(DOING).map(
    ([view, condition]) => `count(*) filter (where ${condition})::int as "${view}"`,
  )
  const { rows } = await db.query<FiguresRow>(
    `select count(*)::int as "all", count(*) filter (where f.measure = 'isolated')::int as isolated, ${counts.join(', ')},
       (select count(*)::int from follow_ups f where ${VIEWS.offered}) as offered,
       case when $5::boolean then (select count(*)::int from follow_ups f where ${VIEWS.unassigned}) else 0 end as unassigned,
       (select count(*)::int from door_alarms a join follow_ups f using (follow_up_id) where a.answer is null
          and coalesce(starts_with(f.division_code, $2::text), $5::boolean)) as alarms,
       (select coalesce(jsonb_agg(jsonb_build_object('code', d.code, 'name', d.name, 'count', d.count) order by d.count desc), '[]') from (
          select dv.code, dv.name, count(*)::int as count from door_alarms a join follow_ups f using (follow_up_id)
          join divisions dv on dv.code = left(f.division_code, 6)
          where $5::boolean and a.answer is null group by dv.code, dv.name) d) as "alarmsByDistrict"
     from follow_ups f where ${OPEN_HERE}`,
    [now, divisionPrefix(scope.divisionCode), ...bounds(now), scope.isCity],
  )
  const [row] = rows
  if (!row) throw new Error('a count without a row')
  return row
}

export interface EventRow {
  event_id: string
  at: Date
  event: FollowUpEvent
  by: string | null
  organisation: string | null
  note_encrypted: Buffer | null
  details: {
    look?: Look
    cause?: ExtensionCause
    from?: string
    to?: string
    categories?: string[]
    state?: FollowUpState
    division?: string
  }
  division_name: string | null
}

export const listEvents = async (db: Queryable, followUpId: string): Promise<EventRow[]> =>
  (
    await db.query<EventRow>(
      `select e.event_id, e.at, e.event, o.display_name as by, o.organisation, e.note_encrypted, e.details,
         ${nameOf(`(e.details ->> 'division')`)} as division_name
       from follow_up_events e left join operators o using (operator_id)
       where e.follow_up_id = $1::bigint order by e.event_id desc limit 500`,
      [followUpId],
    )
  ).rows
