import type { OwnRoundState, RoundGround, RoundKind } from '@jiankangbao/domain/testing/round'
import type { Queryable, Transaction } from '../../../db/pool.ts'
import { prefixOf } from '../../city/place/prefix-of.ts'
import { SUBJECTS } from '../../people/member/subjects.ts'
import type { RoundRow } from './round.queries.ts'
import { peopleOfZones } from './zone-people.ts'

export const putExemption = async (
  tx: Transaction,
  exemption: {
    roundId: string
    personId: string
    divisionCode: string
    dueAt: Date
    reason: string
    by: string
    at: Date
  },
): Promise<void> => {
  await tx.query(
    `insert into round_demands (round_id, person_id, division_code, due_at, state, state_at, exempt_reason, exempted_by)
     values ($1::bigint, $2::bigint, $3::text, $4::timestamptz, 'exempt', $5::timestamptz, $6::text, $7::bigint)
     on conflict (round_id, person_id) do update set state = 'exempt', state_at = excluded.state_at,
       exempt_reason = excluded.exempt_reason, exempted_by = excluded.exempted_by`,
    [
      exemption.roundId,
      exemption.personId,
      exemption.divisionCode,
      exemption.dueAt,
      exemption.at,
      exemption.reason,
      exemption.by,
    ],
  )
}

/** Whoever was swabbed since has done what was asked, also where the sample arrives late. */
export const markMet = async (db: Queryable, at: Date): Promise<void> => {
  await db.query(
    `update round_demands d set state = 'met', state_at = $1::timestamptz from test_rounds t
     where t.round_id = d.round_id and d.state = 'open' and exists (select from samples s where s.person_id = d.person_id
       and s.sampled_at >= t.from_at and (t.kind = 'pooled' or s.sampled_window % 2 = 1))`,
    [at],
  )
}

/** Rounds that are running, or over and not yet closed; a process at a time counts one. */
export const takeBegun = async (tx: Transaction, now: Date): Promise<RoundRow[]> =>
  (
    await tx.query<RoundRow>(
      `select * from test_rounds where state = 'begun' and from_at <= $1::timestamptz order by from_at for update skip locked`,
      [now],
    )
  ).rows

/** Closes a round; where it is held again, its next time begins by itself: two people have said so. */
export const setClosed = async (tx: Transaction, roundId: string, at: Date): Promise<void> => {
  await tx.query(
    `with closed as (
       update test_rounds set state = 'closed', ended_at = $2::timestamptz where round_id = $1::bigint returning *
     )
     insert into test_rounds (name, division_code, division_codes, roster_ids, zone_ids, kind, from_at, until_at, due_at, times, every_days,
       state, made_by, made_at, begun_by, begun_at, after_round)
     select name, division_code, division_codes, roster_ids, zone_ids, kind, from_at + make_interval(days => every_days),
       until_at + make_interval(days => every_days), due_at + make_interval(days => every_days), times - 1,
       case when times > 2 then every_days end, 'begun', made_by, made_at, begun_by, begun_at, round_id
     from closed where times > 1`,
    [roundId, at],
  )
}

export interface OwnRow {
  round_id: string
  person_id: string
  member_id: string | null
  name_masked: string
  name: string
  kind: RoundKind
  from_at: Date
  until_at: Date
  due_at: Date
  state: OwnRoundState
  reason: RoundGround | null
  note_encrypted: Buffer | null
  said_at: Date | null
}

/** Rounds of the account holder and of members without an account: those to come, and those that still ask. */
export const listOwnRounds = async (db: Queryable, accountId: string, now: Date): Promise<OwnRow[]> =>
  (
    await db.query<OwnRow>(
      `with ${SUBJECTS}
       select distinct on (t.from_at, t.round_id, u.person_id) t.round_id, u.person_id, u.member_id, p.name_masked, t.name, t.kind, t.from_at, t.until_at,
         coalesce(d.due_at, t.due_at) as due_at,
         case when d.state = 'exempt' then 'exempt' when d.state = 'met' then 'met'
           when exists (select from samples s where s.person_id = u.person_id and s.sampled_at >= t.from_at and s.sampled_at < t.until_at
             and (t.kind = 'pooled' or s.sampled_window % 2 = 1)) then 'sampled'
           when d.state = 'open' then 'missed' else 'to_come' end as state, g.reason, g.note_encrypted, g.said_at
       from subjects u join persons p using (person_id)
       join test_rounds t on t.state in ('begun', 'closed') and t.due_at > $2::timestamptz and t.from_at < $2::timestamptz + interval '3 days'
       left join round_demands d on d.round_id = t.round_id and d.person_id = u.person_id
       left join round_statements g on g.round_id = t.round_id and g.person_id = u.person_id
       where d.person_id is not null or exists (
         select from roster_people x join rosters r using (roster_id) where x.person_id = u.person_id
           and (r.roster_id = any(t.roster_ids) or x.home and exists (select from unnest(t.division_codes) as c(code)
             where r.division_code like ${prefixOf('c.code')} || '%')))
         or cardinality(t.zone_ids) > 0 and exists (${peopleOfZones('t.zone_ids', 't.from_at', 't.until_at', 'u.person_id')})
       order by t.from_at, t.round_id, u.person_id limit 60`,
      [accountId, now],
    )
  ).rows

export interface Statement {
  roundId: string
  personId: string
  reason: RoundGround
  textEncrypted: Buffer | null
  accountId: string
  at: Date
}

export const putStatement = async (tx: Transaction, said: Statement): Promise<void> => {
  await tx.query(
    `insert into round_statements (round_id, person_id, reason, note_encrypted, said_by, said_at)
     values ($1::bigint, $2::bigint, $3::text, $4::bytea, $5::bigint, $6::timestamptz)
     on conflict (round_id, person_id) do update set reason = excluded.reason, note_encrypted = excluded.note_encrypted,
       said_by = excluded.said_by, said_at = excluded.said_at`,
    [said.roundId, said.personId, said.reason, said.textEncrypted, said.accountId, said.at],
  )
}

export const OLD_ROUNDS = `delete from test_rounds where round_id in (
  select round_id from test_rounds t where until_at < $1::timestamptz
    and not exists (select from test_rounds later where later.after_round = t.round_id) limit $2::int)`
