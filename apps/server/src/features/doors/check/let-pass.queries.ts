import { COLOUR_NUMBERS } from '@jiankangbao/domain/decision/coding'
import type { Queryable, Transaction } from '../../../db/pool.ts'

/** What the caller asked at a door since then. */
export interface HeldCheckRow {
  person_id: string | null
  point_id: number
  checked_at: Date
  detail: number
  place: string
  /** The other document's holder is yellow or red by facts: if they are one human, so is this one. */
  is_other_ill: boolean
}

export const findHeldCheck = async (
  tx: Transaction,
  caller: string,
  requestId: string,
  now: Date,
): Promise<HeldCheckRow | undefined> =>
  (
    await tx.query<HeldCheckRow>(
      `select k.person_id, k.point_id, k.checked_at, k.detail, v.name || ' · ' || pt.name as place,
         exists (select from person_doubts d
           join status_current s on s.person_id = case when d.first_person_id = k.person_id then d.second_person_id else d.first_person_id end
           where k.person_id in (d.first_person_id, d.second_person_id) and s.colour in (${COLOUR_NUMBERS.yellow}, ${COLOUR_NUMBERS.red})) as is_other_ill
       from checks k join venue_points pt using (point_id) join venues v using (venue_id)
       where k.caller = $1::text and k.request_id = $2::uuid
         and k.checked_on between ($3::timestamptz at time zone 'Asia/Shanghai')::date - 1 and ($3::timestamptz at time zone 'Asia/Shanghai')::date`,
      [caller, requestId, now],
    )
  ).rows[0]

export const findLetPass = async (
  db: Queryable,
  caller: string,
  requestId: string,
): Promise<Date | undefined> =>
  (
    await db.query<{ passed_at: Date }>(
      'select passed_at from let_passes where caller = $1::text and request_id = $2::uuid',
      [caller, requestId],
    )
  ).rows[0]?.passed_at

/** @returns false where the same caller let the same check pass in the same moment already */
export const insertLetPass = async (
  tx: Transaction,
  pass: {
    caller: string
    requestId: string
    personId: string
    pointId: number
    operatorId: string | null
    deviceId: string | null
    organisation: string
    at: Date
  },
): Promise<boolean> =>
  (
    await tx.query(
      `insert into let_passes (caller, request_id, person_id, point_id, operator_id, device_id, organisation, passed_at)
       values ($1::text, $2::uuid, $3::bigint, $4::int, $5::bigint, $6::uuid, $7::text, $8::timestamptz)
       on conflict (caller, request_id) do nothing`,
      [
        pass.caller,
        pass.requestId,
        pass.personId,
        pass.pointId,
        pass.operatorId,
        pass.deviceId,
        pass.organisation,
        pass.at,
      ],
    )
  ).rowCount === 1

/** The account of a person, and those that look after them, with the member's id there. */
export const listKeepers = async (
  tx: Transaction,
  personId: string,
): Promise<{ account_id: string; member_id: string | null }[]> =>
  (
    await tx.query<{ account_id: string; member_id: string | null }>(
      `select account_id, null::uuid as member_id from accounts where person_id = $1::bigint and number_left_at is null
       union all select account_id, member_id from members where person_id = $1::bigint and removed_at is null`,
      [personId],
    )
  ).rows

export const OLD_LET_PASSES = `delete from let_passes where let_pass_id in (
  select let_pass_id from let_passes where passed_at < $1::timestamptz limit $2::int)`
