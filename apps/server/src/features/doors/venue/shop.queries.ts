import { DECISION_NUMBERS } from '@jiankangbao/domain/decision/coding'
import type { VenueKind } from '@jiankangbao/domain/decision/venue-kind'
import type { ShopRole, VenueState } from '@jiankangbao/domain/vocabulary/doors'
import type { Queryable, Transaction } from '../../../db/pool.ts'
import { answeredDecision } from '../visit/judgement.ts'

export interface OwnAccountRow {
  person_id: string | null
  phone_index: Buffer
  phone_encrypted: Buffer
  name_encrypted: Buffer | null
}

export const findOwnAccount = async (
  db: Queryable,
  accountId: string,
): Promise<OwnAccountRow | undefined> => {
  const { rows } = await db.query<OwnAccountRow>(
    `select a.person_id, a.phone_index, a.phone_encrypted, p.name_encrypted from accounts a
     left join persons p on p.person_id = a.person_id
     where a.account_id = $1::bigint and a.number_left_at is null`,
    [accountId],
  )
  return rows[0]
}

/** Makes acts of one kind by one account wait for each other until commit. */
export const holdAccount = async (tx: Transaction, accountId: string): Promise<void> => {
  await tx.query(`select from accounts where account_id = $1::bigint for no key update`, [accountId])
}

export interface ShopRow {
  venue_id: number
  role: ShopRole
  name: string
  kind: VenueKind
  address: string
  state: VenueState
  state_reason: string | null
  change_waits: boolean
  visits: number
  deny: number
}

const MOST_SHOPS = 100

/** Shops that somebody runs or helps in, newest first; what ended stays for those who ran it. */
export const listShops = async (db: Queryable, personId: string, now: Date): Promise<ShopRow[]> => {
  const { rows } = await db.query<ShopRow>(
    `with mine as (
       select venue_id, 'owner' as role from venues where owner_person_id = $1::bigint
       union all select s.venue_id, 'staff' from venue_staff s join venues v using (venue_id)
         where s.person_id = $1::bigint and v.state in ('active', 'suspended')
       order by venue_id desc limit ${MOST_SHOPS}
     )
     select v.venue_id, mine.role, v.name, v.kind, v.address, v.state, v.state_reason,
       v.pending_change is not null as change_waits, today.visits, today.deny
     from mine join venues v using (venue_id), lateral (
       select count(*)::int as visits,
         count(*) filter (where ${answeredDecision('answer')} = ${DECISION_NUMBERS.deny})::int as deny
       from visits join venue_points using (point_id)
       where venue_id = v.venue_id and visited_on = ($2::timestamptz at time zone 'Asia/Shanghai')::date) today
     order by v.venue_id desc`,
    [personId, now],
  )
  return rows
}

/** How many applications of a person wait, came within a time, and how many shops the person runs. */
export const countShops = async (
  db: Queryable,
  personId: string,
  since: Date,
): Promise<{ waiting: number; applied: number; run: number }> => {
  const { rows } = await db.query<{ waiting: number; applied: number; run: number }>(
    `select count(*) filter (where state = 'applied' and applied_by_person = $1::bigint)::int as waiting,
       count(*) filter (where applied_at > $2::timestamptz and applied_by_person = $1::bigint)::int as applied,
       count(*) filter (where state in ('active', 'suspended') and owner_person_id = $1::bigint)::int as run
     from venues where applied_by_person = $1::bigint or owner_person_id = $1::bigint`,
    [personId, since],
  )
  return rows[0] ?? { waiting: 0, applied: 0, run: 0 }
}

export interface StaffRow {
  staff_id: string
  person_id: string
  name_masked: string
  added_at: Date
}

export const listStaff = async (db: Queryable, venueId: string | number): Promise<StaffRow[]> => {
  const { rows } = await db.query<StaffRow>(
    `select s.staff_id, s.person_id, p.name_masked, s.added_at from venue_staff s join persons p using (person_id)
     where s.venue_id = $1::int order by s.added_at, s.staff_id`,
    [venueId],
  )
  return rows
}

/** Whether somebody helps in a shop that is open. */
export const isStaff = async (db: Queryable, venueId: string, personId: string): Promise<boolean> =>
  ((
    await db.query(
      `select from venue_staff s join venues v using (venue_id)
       where s.venue_id = $1::int and s.person_id = $2::bigint and v.state in ('active', 'suspended')`,
      [venueId, personId],
    )
  ).rowCount ?? 0) > 0

export const insertStaff = async (
  tx: Transaction,
  venueId: number,
  personId: string,
  at: Date,
): Promise<void> => {
  await tx.query(
    `insert into venue_staff (venue_id, person_id, added_at) values ($1::int, $2::bigint, $3::timestamptz) on conflict do nothing`,
    [venueId, personId, at],
  )
}

/** The person who helps no longer; undefined where nobody did. */
export const deleteStaff = async (
  tx: Transaction,
  venueId: string | number,
  who: { staffId: string } | { personId: string },
): Promise<string | undefined> => {
  const byStaffId = 'staffId' in who
  const { rows } = await tx.query<{ person_id: string }>(
    `delete from venue_staff where venue_id = $1::int
       and case when $2::uuid is null then person_id = $3::bigint else staff_id = $2::uuid end returning person_id`,
    [venueId, byStaffId ? who.staffId : null, byStaffId ? null : who.personId],
  )
  return rows[0]?.person_id
}

/** Hands the shop to another citizen. Those who ran it before no longer see it, and their open requests are dropped. */
export const setOwner = async (
  tx: Transaction,
  venueId: number,
  owner: { personId: string; nameEncrypted: Buffer; phoneEncrypted: Buffer },
): Promise<void> => {
  await tx.query(
    `update venues set owner_person_id = $2::bigint, responsible_name_encrypted = $3::bytea,
       responsible_phone_encrypted = $4::bytea, pending_change = null where venue_id = $1::int`,
    [venueId, owner.personId, owner.nameEncrypted, owner.phoneEncrypted],
  )
  await tx.query(
    `delete from venue_managers m using operators o
     where m.venue_id = $1::int and o.operator_id = m.operator_id and 'venue_manager' = any(o.roles)`,
    [venueId],
  )
}

/** Who is registered under a number now. */
export const findPersonOfNumber = async (db: Queryable, phoneIndex: Buffer): Promise<string | undefined> =>
  (
    await db.query<{ person_id: string }>(
      `select person_id from accounts where phone_index = $1::bytea and number_left_at is null and person_id is not null`,
      [phoneIndex],
    )
  ).rows[0]?.person_id
