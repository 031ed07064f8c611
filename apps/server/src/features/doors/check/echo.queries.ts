import { PERSONAL_CODE_SECONDS } from '@jiankangbao/domain/codes/personal-code'
import type { Queryable } from '../../../db/pool.ts'
import { MEANS } from './means.ts'

// One live code is one person and one second of issue: a check keeps its time and the age of the code. Two doors of one
// venue, and venues within half a kilometre, are one walk: somebody may well be at both within a minute.

const NEAR_DEGREES = 0.005
const DAYS = (now: string): string =>
  `((${now} - interval '2 minutes') at time zone 'Asia/Shanghai')::date and (${now} at time zone 'Asia/Shanghai')::date`

/** Checks `k` of the same live code as the row `of`, at another venue and far away, in the minute before. */
const sameCode = (of: string, now: string): string =>
  `checks k join venue_points kp on kp.point_id = k.point_id join venues kv on kv.venue_id = kp.venue_id
   where k.person_id = ${of}.person_id and k.checked_on between ${DAYS(now)}
     and k.checked_at between ${of}.at_time - interval '${PERSONAL_CODE_SECONDS} seconds' and ${of}.at_time
     and k.means = ${MEANS.personal_code} and k.flags & 1 = 0 and kv.venue_id <> ${of}.venue_id
     and abs(extract(epoch from k.checked_at - ${of}.at_time) - k.age_seconds + ${of}.age_seconds) <= 1
     and (abs(kv.latitude - ${of}.latitude) < ${NEAR_DEGREES} and abs(kv.longitude - ${of}.longitude) < ${NEAR_DEGREES}) is not true`

/** Whether the live code of a row was shown elsewhere within its minute: one look into the index of a person's checks. */
export const isShownElsewhere = (of: string, now: string): string =>
  `${of}.means = ${MEANS.personal_code} and ${of}.flags & 1 = 0 and ${of}.age_seconds is not null and exists (select from ${sameCode(of, now)})`

export interface EchoRow {
  first_name: string
  second_name: string
  division_code: string
}

/** Keeps who checked the same code before. @returns the places, for the alarm */
export const recordEchoes = async (
  db: Queryable,
  second: { personId: string; pointId: string; ageSeconds: number; at: Date },
): Promise<EchoRow[]> =>
  (
    await db.query<EchoRow>(
      `with second as (
         select $1::bigint as person_id, $2::timestamptz as at_time, $3::int as age_seconds, pt.point_id, pt.name, v.venue_id, v.name as venue,
           v.division_code, v.latitude, v.longitude
         from venue_points pt join venues v using (venue_id) where pt.point_id = $4::int
       ), before as (
         select e.*, second.point_id as second_point_id, second.venue || ' · ' || second.name as second_name, second.division_code
         from second cross join lateral (
           select k.caller, k.request_id, k.checked_at, k.point_id, kv.name || ' · ' || kp.name as first_name from ${sameCode('second', '$2::timestamptz')}) e
       ), kept as (
         insert into code_echoes (caller, request_id, checked_at, point_id, second_point_id, seen_at)
         select caller, request_id, checked_at, point_id, second_point_id, $2::timestamptz from before
         on conflict do nothing
       )
       select first_name, second_name, division_code from before`,
      [second.personId, second.at, second.ageSeconds, second.pointId],
    )
  ).rows

export interface WarningRow {
  request_id: string
  checked_at: Date
  seen_at: Date
  name_masked: string | null
}

/** Checks of a caller whose code was shown elsewhere since then. */
export const listEchoes = async (db: Queryable, caller: string, since: Date): Promise<WarningRow[]> =>
  (
    await db.query<WarningRow>(
      `select e.request_id, e.checked_at, e.seen_at, p.name_masked from code_echoes e
       left join checks k on k.caller = e.caller and k.request_id = e.request_id
         and k.checked_on = (e.checked_at at time zone 'Asia/Shanghai')::date
       left join persons p on p.person_id = k.person_id
       where e.caller = $1::text and e.seen_at > $2::timestamptz order by e.seen_at desc limit 20`,
      [caller, since],
    )
  ).rows

/** Echoes that nobody is told of any more. */
export const OLD_ECHOES = `delete from code_echoes where (caller, request_id, second_point_id) in (
  select caller, request_id, second_point_id from code_echoes where seen_at < $1::timestamptz - interval '1 day' limit $2::int)`
