import type {
  ArrivalMode,
  EntryFollowUpKind,
  EntryState,
  EntryView,
} from '@jiankangbao/contracts/entry/schemas'
import { divisionPrefix } from '@jiankangbao/domain/division'
import type { Queryable, Transaction } from '../../../db/pool.ts'
import { takeId } from '../../../db/take-ids.ts'
import { listCodesOfArea } from '../../city/place/place.service.ts'

export interface OfficeEntryRow {
  entry_id: string
  account_id: string
  state: EntryState
  version: number
  planned_arrival_at: Date
  submitted_at: Date
  arrived_at: Date | null
  received_at: Date | null
  closed_at: Date | null
  note: string | null
  destination_code: string
  destination_name: string
  overdue: boolean
  receiver_name: string | null
  arrived_place: string | null
  content_encrypted: Buffer
  travellers: {
    personId: string
    memberId: string | null
    nameMasked: string
    colour: number | null
    arrivedAt: string | null
  }[]
  /** Notes encrypted, in base64. */
  follow_ups: { followUpId: string; at: string; kind: EntryFollowUpKind; by: string; note: string }[]
}

const ISO = `'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'`

// Not there twelve hours after the planned time, or not received a day after arriving. $1 is now.
const OVERDUE = `(e.state = 'submitted' and e.planned_arrival_at < $1::timestamptz - interval '12 hours'
    or e.state = 'arrived' and e.arrived_at < $1::timestamptz - interval '24 hours')`
// $2 is the prefix of the division; ':' follows '9'.
const WITHIN = `e.destination_code ~>=~ $2::text and e.destination_code ~<~ ($2::text || ':')`

const SELECT = `select e.entry_id, e.account_id, e.state, e.version, e.planned_arrival_at, e.submitted_at, e.arrived_at, e.received_at, e.closed_at,
    e.note, e.destination_code, ${OVERDUE} as overdue, o.display_name as receiver_name, v.name || ' ' || pt.name as arrived_place,
    d.content_encrypted,
    (select coalesce(string_agg(dv.name, '' order by length(dv.code)), e.destination_code) from divisions dv
     where dv.level <> 'city' and dv.code in (e.destination_code, left(e.destination_code, 9), left(e.destination_code, 6))) as destination_name,
    (select coalesce(jsonb_agg(jsonb_build_object('personId', p.person_id::text, 'memberId', ep.member_id, 'nameMasked', p.name_masked,
         'colour', s.colour, 'arrivedAt', to_char(ep.arrived_at at time zone 'UTC', ${ISO})) order by ep.member_id nulls first), '[]')
     from entry_persons ep join persons p using (person_id) left join status_current s using (person_id)
     where ep.entry_id = e.entry_id) as travellers,
    (select coalesce(jsonb_agg(jsonb_build_object('followUpId', f.follow_up_id::text, 'at', to_char(f.noted_at at time zone 'UTC', ${ISO}), 'kind', f.kind,
         'by', fo.display_name, 'note', encode(f.note_encrypted, 'base64')) order by f.follow_up_id), '[]')
     from entry_follow_ups f join operators fo using (operator_id) where f.entry_id = e.entry_id) as follow_ups
  from entry_registrations e
  join declaration_versions d on d.declaration_id = e.entry_id and d.version = e.version
  left join operators o on o.operator_id = e.received_by
  left join venue_points pt on pt.point_id = e.arrived_point_id left join venues v using (venue_id)`

const VIEWS: Record<EntryView, string> = {
  expected: `e.state = 'submitted'`,
  arrived: `e.state = 'arrived'`,
  received: `e.state = 'received'`,
  overdue: OVERDUE,
  ended: `e.state in ('closed', 'cancelled', 'expired')`,
  all: 'true',
}

/** What is still to be done comes oldest first, what is over latest first. */
const isLatestFirst = (view: EntryView): boolean => view === 'ended' || view === 'all'

export interface EntryFilter {
  divisionCode: string
  view: EntryView
  arrivalMode: ArrivalMode | undefined
  arrivalOn: string | undefined
}

/** Registrations with their destination in a division, by planned arrival: latest first of what is over or of all. */
export const listOfficeEntries = async (
  db: Queryable,
  now: Date,
  filter: EntryFilter,
  page: { after: { at: string; id: string } | undefined; limit: number },
): Promise<OfficeEntryRow[]> => {
  const [beyond, order] = isLatestFirst(filter.view) ? ['<', 'desc'] : ['>', 'asc']
  const { rows } = await db.query<OfficeEntryRow>(
    `${SELECT} where ${WITHIN} and ${VIEWS[filter.view]} and ($3::text is null or e.arrival_mode = $3::text)
       and ($7::date is null or e.planned_arrival_at >= $7::date::timestamp at time zone 'Asia/Shanghai'
         and e.planned_arrival_at < ($7::date + 1)::timestamp at time zone 'Asia/Shanghai')
       and ($4::timestamptz is null or (e.planned_arrival_at, e.entry_id) ${beyond} ($4::timestamptz, $5::uuid))
     order by e.planned_arrival_at ${order}, e.entry_id ${order} limit $6::int`,
    [
      now,
      divisionPrefix(filter.divisionCode),
      filter.arrivalMode ?? null,
      page.after?.at ?? null,
      page.after?.id ?? null,
      page.limit,
      filter.arrivalOn ?? null,
    ],
  )
  return rows
}

/** By one of the three: hash of the number, person, beginning of a masked name (of three weeks). Latest planned arrival first. */
export const searchOfficeEntries = async (
  db: Queryable,
  now: Date,
  divisionCode: string,
  by: { arrivalNumberIndex?: Buffer; documentIndex?: Buffer; name?: string },
): Promise<OfficeEntryRow[]> => {
  const { rows } = await db.query<OfficeEntryRow>(
    `${SELECT} where ${WITHIN} and ($3::bytea is null or e.arrival_number_index = $3::bytea)
       and ($4::bytea is null or exists (select from entry_persons ep join identity_documents i using (person_id)
         where ep.entry_id = e.entry_id and i.document_index = $4::bytea))
       and ($5::text is null or e.planned_arrival_at > $1::timestamptz - interval '21 days' and exists (select from entry_persons ep join persons p using (person_id)
         where ep.entry_id = e.entry_id and starts_with(p.name_masked, $5::text)))
     order by e.planned_arrival_at desc, e.entry_id desc limit 50`,
    [
      now,
      divisionPrefix(divisionCode),
      by.arrivalNumberIndex ?? null,
      by.documentIndex ?? null,
      by.name ?? null,
    ],
  )
  return rows
}

/** Planned for a day or arrived on it, unless cancelled, by destination; Asia/Shanghai. */
export const listDaySheet = async (
  db: Queryable,
  now: Date,
  sheet: { divisionCode: string; on: string; limit: number },
): Promise<OfficeEntryRow[]> => {
  // Nobody arrives earlier than a day before or later than three days after: older registrations are not looked at.
  const { rows } = await db.query<OfficeEntryRow>(
    `${SELECT} cross join lateral (select $3::date::timestamp at time zone 'Asia/Shanghai' as begins,
       ($3::date + 1)::timestamp at time zone 'Asia/Shanghai' as ends) day
     where ${WITHIN} and e.state <> 'cancelled'
       and e.planned_arrival_at >= day.begins - interval '4 days' and e.planned_arrival_at < day.ends + interval '2 days'
       and (e.planned_arrival_at >= day.begins and e.planned_arrival_at < day.ends or e.arrived_at >= day.begins and e.arrived_at < day.ends)
     order by e.destination_code, e.planned_arrival_at, e.entry_id limit $4::int`,
    [now, divisionPrefix(sheet.divisionCode), sheet.on, sheet.limit],
  )
  return rows
}

/** District, street and community of a code in one name; of a city, its own. */
export const findDivisionName = async (db: Queryable, code: string): Promise<string> =>
  (
    await db.query<{ name: string | null }>(
      `select string_agg(name, '' order by length(code)) as name from divisions where code in ($1::text, left($1::text, 9), left($1::text, 6))`,
      [code],
    )
  ).rows[0]?.name ?? code

/** The worst level now of each of these places that lies in a rated area, or has one in it. */
export const rateCodes = async (db: Queryable, codes: string[], now: Date) => {
  // Places of a stay by all their codes, as the areas have theirs.
  const named = codes.flatMap((code) =>
    [code, ...listCodesOfArea(code).map((other) => other.code)].map((name) => ({ code, name })),
  )
  const { rows } = await db.query<{ code: string; level: 'high' | 'medium' | 'low' }>(
    `select distinct on (c.code) c.code, a.level
     from unnest($1::text[], $3::text[]) as c(code, name)
     cross join lateral (select case when c.name like '__0000' then left(c.name, 2) when c.name like '____00' then left(c.name, 4)
       else c.name end as prefix) place
     join (select level, valid_from, valid_to, coalesce(placed_code, division_code) as code from risk_areas) a
       on starts_with(a.code, place.prefix) or starts_with(c.name, case when a.code like '__0000' then left(a.code, 2)
         when a.code like '____00' then left(a.code, 4) else a.code end)
     where a.valid_from <= $2::timestamptz and (a.valid_to is null or a.valid_to > $2::timestamptz)
     order by c.code, array_position(array['high', 'medium', 'low'], a.level)`,
    [named.map(({ code }) => code), now, named.map(({ name }) => name)],
  )
  return new Map(rows.map(({ code, level }) => [code, level]))
}

/** A registration within a division. */
export const findOfficeEntry = async (
  db: Queryable,
  now: Date,
  divisionCode: string,
  entryId: string,
): Promise<OfficeEntryRow | undefined> =>
  (
    await db.query<OfficeEntryRow>(`${SELECT} where ${WITHIN} and e.entry_id = $3::uuid`, [
      now,
      divisionPrefix(divisionCode),
      entryId,
    ])
  ).rows[0]

export const receiveEntry = async (
  tx: Transaction,
  entryId: string,
  operatorId: string,
  now: Date,
): Promise<boolean> => {
  const { rowCount } = await tx.query(
    `update entry_registrations set state = 'received', received_at = $3::timestamptz, received_by = $2::bigint, closed_at = null
     where entry_id = $1::uuid and state in ('submitted', 'arrived', 'expired')`,
    [entryId, operatorId, now],
  )
  return rowCount === 1
}

/** Ends the follow-up; the door no longer sees the registration. */
export const closeEntry = async (tx: Transaction, entryId: string, now: Date): Promise<boolean> => {
  const { rowCount } = await tx.query(
    `update entry_registrations set state = 'closed', closed_at = $2::timestamptz
     where entry_id = $1::uuid and state in ('arrived', 'received', 'expired')`,
    [entryId, now],
  )
  if (rowCount !== 1) return false
  await tx.query(`delete from entry_current where entry_id = $1::uuid`, [entryId])
  return true
}

/** A note to the follow-up of an arrival. False where this request wrote it before. */
export const insertFollowUp = async (
  tx: Transaction,
  followUp: {
    entryId: string
    kind: EntryFollowUpKind
    at: Date
    operatorId: string
    requestId: string
    noteEncrypted: (followUpId: string) => Buffer
  },
): Promise<boolean> => {
  const followUpId = await takeId(tx, 'entry_follow_ups', 'follow_up_id')
  const { rowCount } = await tx.query(
    `insert into entry_follow_ups (follow_up_id, entry_id, kind, noted_at, operator_id, request_id, note_encrypted) overriding system value
     values ($1::bigint, $2::uuid, $3::text, $4::timestamptz, $5::bigint, $6::uuid, $7::bytea) on conflict (operator_id, request_id) do nothing`,
    [
      followUpId,
      followUp.entryId,
      followUp.kind,
      followUp.at,
      followUp.operatorId,
      followUp.requestId,
      followUp.noteEncrypted(followUpId),
    ],
  )
  return rowCount === 1
}

export interface FiguresRow {
  states: { expected: number; arrived: number; received: number; overdue: number }
  days: { on: string; expected: number; arrived: number; received: number }[]
  hours: { hour: number; arrived: number }[]
  modes: { arrivalMode: ArrivalMode; count: number }[]
  origins: { code: string; count: number }[]
}

/** Persons, not registrations, by state, planned day, mode and province of origin; a week back to a week ahead. */
export const countEntries = async (db: Queryable, now: Date, divisionCode: string): Promise<FiguresRow> => {
  const { rows } = await db.query<FiguresRow>(
    `with near as (
       select e.state, e.arrival_mode, case when e.origin_code ~ '^[A-Z]' then e.origin_code else left(e.origin_code, 2) || '0000' end as origin, ${OVERDUE} as overdue,
         (e.planned_arrival_at at time zone 'Asia/Shanghai')::date as day
       from entry_registrations e join entry_persons ep using (entry_id)
       where ${WITHIN} and e.state <> 'cancelled'
         and e.planned_arrival_at between $1::timestamptz - interval '7 days' and $1::timestamptz + interval '7 days'
     )
     select
       (select jsonb_build_object('expected', count(*) filter (where state = 'submitted'), 'arrived', count(*) filter (where state = 'arrived'),
          'received', count(*) filter (where state = 'received'), 'overdue', count(*) filter (where overdue)) from near) as states,
       (select coalesce(jsonb_agg(d order by d ->> 'on'), '[]') from (
          select jsonb_build_object('on', day, 'expected', count(*) filter (where state in ('submitted', 'expired')),
            'arrived', count(*) filter (where state = 'arrived'), 'received', count(*) filter (where state in ('received', 'closed'))) as d
          from near group by day) t) as days,
       (select coalesce(jsonb_agg(h order by (h ->> 'hour')::int), '[]') from (
          select jsonb_build_object('hour', extract(hour from ep.arrived_at at time zone 'Asia/Shanghai')::int, 'arrived', count(*)) as h
          from entry_registrations e join entry_persons ep using (entry_id)
          where ${WITHIN} and ep.arrived_at >= date_trunc('day', $1::timestamptz, 'Asia/Shanghai') and ep.arrived_at <= $1::timestamptz
            and e.planned_arrival_at between $1::timestamptz - interval '4 days' and $1::timestamptz + interval '1 day'
          group by extract(hour from ep.arrived_at at time zone 'Asia/Shanghai')::int) t) as hours,
       (select coalesce(jsonb_agg(m order by (m ->> 'count')::int desc), '[]') from (
          select jsonb_build_object('arrivalMode', arrival_mode, 'count', count(*)) as m from near group by arrival_mode) t) as modes,
       (select coalesce(jsonb_agg(o), '[]') from (
          select jsonb_build_object('code', origin, 'count', count(*)) as o from near group by origin order by count(*) desc, origin limit 10) t) as origins`,
    [now, divisionPrefix(divisionCode)],
  )
  const row = rows[0]
  if (!row) throw new Error('counting returned no row')
  return row
}
