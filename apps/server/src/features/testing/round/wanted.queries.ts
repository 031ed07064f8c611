import { divisionPrefix } from '@jiankangbao/domain/division'
import type { RoundGround } from '@jiankangbao/domain/testing/round'
import type { Queryable, Transaction } from '../../../db/pool.ts'
import type { RoundRow } from './round.queries.ts'
import { peopleOfZones } from './zone-people.ts'

export type RoundScope = Pick<
  RoundRow,
  'round_id' | 'division_codes' | 'roster_ids' | 'zone_ids' | 'kind' | 'from_at' | 'until_at'
>

/** The seven parameters with which the parts below begin. */
export const wantedParameters = (round: RoundScope): unknown[] => [
  round.round_id,
  round.division_codes.map((code) => divisionPrefix(code)),
  round.roster_ids,
  round.kind,
  round.from_at,
  round.until_at,
  round.zone_ids,
]

// Residents of the divisions by the building they live in, whoever is on the rosters, or whoever is in the zones; who was swabbed
// in time, singly where the round asks for it; who does not have to come.
const PARTS = `wanted as (
  select r.division_code, r.roster_id, p.person_id, p.place from roster_people p join rosters r using (roster_id)
  where r.roster_id = any($3::bigint[])
    or p.home and exists (select from unnest($2::text[]) as w(prefix) where r.division_code like w.prefix || '%')
  union all ${peopleOfZones('$7', '$5', '$6')}
), came as (
  select distinct person_id from samples
  where sampled_at >= $5::timestamptz and sampled_at < $6::timestamptz and person_id is not null
    and ($4::text = 'pooled' or sampled_window % 2 = 1)
), exempt as (
  select person_id from person_absences
  union select person_id from round_demands where round_id = $1::bigint and state = 'exempt'
)`

/** Parts of a statement, the last of them `waited`: persons who have not come and have to. */
export const WANTED_NOW = `${PARTS}, waited as (
  select distinct w.person_id from wanted w
  where not exists (select from came c where c.person_id = w.person_id) and not exists (select from exempt e where e.person_id = w.person_id)
)`

/** Counts a round anew: one statement for all communities and rosters, whoever looks. */
export const recount = async (tx: Transaction, round: RoundScope, at: Date): Promise<void> => {
  await tx.query(`delete from round_counts where round_id = $1::bigint`, [round.round_id])
  await tx.query(
    `with ${PARTS}
     insert into round_counts (round_id, division_code, roster_id, expected, sampled, exempt)
     select $1::bigint, w.division_code, coalesce(w.roster_id, 0), count(distinct w.person_id),
       count(distinct w.person_id) filter (where c.person_id is not null),
       count(distinct w.person_id) filter (where c.person_id is null and e.person_id is not null)
     from wanted w left join came c using (person_id) left join exempt e on e.person_id = w.person_id
     group by grouping sets ((w.division_code), (w.division_code, w.roster_id)) having grouping(w.roster_id) = 1 or w.roster_id is not null`,
    wantedParameters(round),
  )
  await tx.query(`update test_rounds set counted_at = $2::timestamptz where round_id = $1::bigint`, [
    round.round_id,
    at,
  ])
}

export interface MissedRow {
  person_id: string
  name_encrypted: Buffer
  roster_name: string | null
  place: number | null
  exempt: boolean
  /** Called at a table since the round began, and not there. */
  absent_at: Date | null
  reason: RoundGround | null
  note_encrypted: Buffer | null
  said_at: Date | null
}

/** Who of one community is missing, in the order of its rosters. */
export const listMissed = async (
  db: Queryable,
  round: RoundScope,
  only: { divisionCode: string; rosterId: string | null; limit: number },
): Promise<MissedRow[]> =>
  (
    await db.query<MissedRow>(
      `with ${PARTS}
       select w.person_id, pe.name_encrypted, r.name as roster_name, w.place, e.person_id is not null as exempt,
         g.reason, g.note_encrypted, g.said_at,
         (select max(a.marked_at) from roster_absences a where a.person_id = w.person_id and a.marked_at >= $5::timestamptz) as absent_at
       from wanted w join persons pe using (person_id) left join rosters r on r.roster_id = w.roster_id
       left join exempt e on e.person_id = w.person_id
       left join round_statements g on g.round_id = $1::bigint and g.person_id = w.person_id
       where w.division_code = $8::text and ($9::bigint is null or w.roster_id = $9::bigint)
         and not exists (select from came c where c.person_id = w.person_id)
       order by r.name, w.place, w.person_id limit $10::int`,
      [...wantedParameters(round), only.divisionCode, only.rosterId, only.limit],
    )
  ).rows

/** Whoever a round missed has something to make up for, with its deadline. @returns how many */
export const insertDemands = async (
  tx: Transaction,
  round: RoundScope & { due_at: Date },
  at: Date,
): Promise<number> =>
  (
    await tx.query(
      `with ${PARTS}
       insert into round_demands (round_id, person_id, division_code, due_at, state_at)
       select distinct on (w.person_id) $1::bigint, w.person_id, w.division_code, $8::timestamptz, $9::timestamptz
       from wanted w where not exists (select from came c where c.person_id = w.person_id)
         and not exists (select from exempt e where e.person_id = w.person_id)
       order by w.person_id, w.division_code on conflict do nothing`,
      [...wantedParameters(round), round.due_at, at],
    )
  ).rowCount ?? 0

/** The division that a round counts somebody in; undefined where it does not ask for them. */
export const findWanted = async (
  db: Queryable,
  round: RoundScope,
  personId: string,
): Promise<string | undefined> =>
  (
    await db.query<{ division_code: string }>(
      `with ${PARTS} select w.division_code from wanted w
       where w.person_id = $8::bigint and not exists (select from came c where c.person_id = w.person_id)
       order by w.division_code limit 1`,
      [...wantedParameters(round), personId],
    )
  ).rows[0]?.division_code
