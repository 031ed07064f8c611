import type { ArrivalMode, EntryState, EntryView } from '@jiankangbao/contracts/schemas/entry'
import { divisionPrefix } from '@jiankangbao/domain/division'
import type { Queryable, Transaction } from '../../db/pool.ts'

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
  overdue: boolean
  receiver_name: string | null
  arrived_place: string | null
  content_encrypted: Buffer
  travellers: { personId: string; nameMasked: string; colour: number | null; arrivedAt: string | null }[]
}

// Not there twelve hours after the planned time, or not received a day after arriving. $1 is now.
const OVERDUE = `(e.state = 'submitted' and e.planned_arrival_at < $1::timestamptz - interval '12 hours'
    or e.state = 'arrived' and e.arrived_at < $1::timestamptz - interval '24 hours')`
// $2 is the prefix of the division; ':' follows '9'.
const WITHIN = `e.destination_code ~>=~ $2::text and e.destination_code ~<~ ($2::text || ':')`

const SELECT = `select e.entry_id, e.account_id, e.state, e.version, e.planned_arrival_at, e.submitted_at, e.arrived_at, e.received_at, e.closed_at,
    e.note, e.destination_code, ${OVERDUE} as overdue, o.display_name as receiver_name, v.name || ' ' || pt.name as arrived_place,
    d.content_encrypted,
    (select coalesce(jsonb_agg(jsonb_build_object('personId', p.person_id::text, 'nameMasked', p.name_masked, 'colour', s.colour,
         'arrivedAt', to_char(ep.arrived_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) order by ep.member_id nulls first), '[]')
     from entry_persons ep join persons p using (person_id) left join status_current s using (person_id)
     where ep.entry_id = e.entry_id) as travellers
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

/** Registrations with their destination in a division, latest planned arrival first. */
export const listOfficeEntries = async (
  db: Queryable,
  filter: {
    now: Date
    divisionCode: string
    view: EntryView
    arrivalMode: ArrivalMode | undefined
    after: { at: string; id: string } | undefined
    limit: number
  },
): Promise<OfficeEntryRow[]> => {
  const { rows } = await db.query<OfficeEntryRow>(
    `${SELECT} where ${WITHIN} and ${VIEWS[filter.view]} and ($3::text is null or e.arrival_mode = $3::text)
       and ($4::timestamptz is null or (e.planned_arrival_at, e.entry_id) < ($4::timestamptz, $5::uuid))
     order by e.planned_arrival_at desc, e.entry_id desc limit $6::int`,
    [
      filter.now,
      divisionPrefix(filter.divisionCode),
      filter.arrivalMode ?? null,
      filter.after?.at ?? null,
      filter.after?.id ?? null,
      filter.limit,
    ],
  )
  return rows
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
  note: string,
  now: Date,
): Promise<boolean> => {
  const { rowCount } = await tx.query(
    `update entry_registrations set state = 'received', received_at = $3::timestamptz, received_by = $2::bigint, note = $4::text
     where entry_id = $1::uuid and state in ('submitted', 'arrived', 'expired')`,
    [entryId, operatorId, now, note],
  )
  return rowCount === 1
}

/** Ends the follow-up; the door no longer sees the registration. */
export const closeEntry = async (
  tx: Transaction,
  entryId: string,
  note: string,
  now: Date,
): Promise<boolean> => {
  const { rowCount } = await tx.query(
    `update entry_registrations set state = 'closed', closed_at = $2::timestamptz, note = $3::text
     where entry_id = $1::uuid and state in ('arrived', 'received', 'expired')`,
    [entryId, now, note],
  )
  if (rowCount !== 1) return false
  await tx.query(`delete from entry_current where entry_id = $1::uuid`, [entryId])
  return true
}

/** Everybody of a registration learns that their phone number was looked at. */
export const insertLookups = async (
  tx: Transaction,
  entryId: string,
  lookup: { at: Date; purpose: string; operatorId: string; organisation: string },
): Promise<void> => {
  await tx.query(
    `insert into lookups (person_id, looked_up_at, means, purpose, operator_id, organisation)
     select person_id, $2::timestamptz, 'unmasking', $3::text, $4::bigint, $5::text from entry_persons where entry_id = $1::uuid`,
    [entryId, lookup.at, lookup.purpose, lookup.operatorId, lookup.organisation],
  )
}

export interface FiguresRow {
  states: { expected: number; arrived: number; received: number; overdue: number }
  days: { on: string; expected: number; arrived: number; received: number }[]
  modes: { arrivalMode: ArrivalMode; count: number }[]
  origins: { code: string; count: number }[]
}

/** Persons, not registrations, by state, planned day, mode and province of origin; a week back to a week ahead. */
export const countEntries = async (db: Queryable, now: Date, divisionCode: string): Promise<FiguresRow> => {
  const { rows } = await db.query<FiguresRow>(
    `with near as (
       select e.state, e.arrival_mode, left(e.origin_code, 2) || '0000' as origin, ${OVERDUE} as overdue,
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
