import type { RosterKind, RoundKind, RoundState } from '@jiankangbao/domain/testing/round'
import type { Queryable, Transaction } from '../../../db/pool.ts'

export interface RoundRow {
  round_id: string
  name: string
  division_code: string
  division_codes: string[]
  roster_ids: string[]
  zone_ids: string[]
  kind: RoundKind
  from_at: Date
  until_at: Date
  due_at: Date
  times: number
  every_days: number | null
  state: RoundState
  made_by: string
  made_by_name: string
  begun_by_name: string | null
  counted_at: Date | null
  expected: number
  sampled: number
  exempt: number
}

// What somebody sees of a round is what their own division has in it.
const ROUND = `select t.*, m.display_name as made_by_name, b.display_name as begun_by_name, c.expected, c.sampled, c.exempt
  from test_rounds t join operators m on m.operator_id = t.made_by left join operators b on b.operator_id = t.begun_by
  cross join lateral (
    select coalesce(sum(n.expected), 0)::int as expected, coalesce(sum(n.sampled), 0)::int as sampled, coalesce(sum(n.exempt), 0)::int as exempt
    from round_counts n where n.round_id = t.round_id and n.roster_id = 0 and n.division_code like $1::text || '%') c
  where (t.division_code like $1::text || '%' or c.expected > 0)`

export const listRounds = async (db: Queryable, prefix: string): Promise<RoundRow[]> =>
  (await db.query<RoundRow>(`${ROUND} order by t.from_at desc, t.round_id desc limit 100`, [prefix])).rows

export const findRound = async (
  db: Queryable,
  prefix: string,
  by: { roundId: string } | { requestId: string; madeBy: string },
): Promise<RoundRow | undefined> => {
  const { rows } =
    'roundId' in by
      ? await db.query<RoundRow>(`${ROUND} and t.round_id = $2::bigint`, [prefix, by.roundId])
      : await db.query<RoundRow>(`${ROUND} and t.request_id = $2::uuid and t.made_by = $3::bigint`, [
          prefix,
          by.requestId,
          by.madeBy,
        ])
  return rows[0]
}

export interface NewRound {
  name: string
  divisionCode: string
  divisionCodes: string[]
  rosterIds: string[]
  zoneIds: string[]
  kind: RoundKind
  fromAt: Date
  untilAt: Date
  dueAt: Date
  times: number
  everyDays: number | null
  by: string
  at: Date
  requestId: string
}

/** Undefined where the request was made before. */
export const insertRound = async (tx: Transaction, round: NewRound): Promise<string | undefined> =>
  (
    await tx.query<{ round_id: string }>(
      `insert into test_rounds (name, division_code, division_codes, roster_ids, kind, from_at, until_at, due_at, times, every_days, made_by, made_at, request_id, zone_ids)
       values ($1::text, $2::text, $3::text[], $4::bigint[], $5::text, $6::timestamptz, $7::timestamptz, $8::timestamptz, $9::smallint, $10::smallint, $11::bigint, $12::timestamptz, $13::uuid, $14::bigint[])
       on conflict do nothing returning round_id`,
      [
        round.name,
        round.divisionCode,
        round.divisionCodes,
        round.rosterIds,
        round.kind,
        round.fromAt,
        round.untilAt,
        round.dueAt,
        round.times,
        round.everyDays,
        round.by,
        round.at,
        round.requestId,
        round.zoneIds,
      ],
    )
  ).rows[0]?.round_id

/** Held until commit: two who begin at once are one after the other. */
export const holdRound = async (tx: Transaction, roundId: string): Promise<void> => {
  await tx.query(`select from test_rounds where round_id = $1::bigint for update`, [roundId])
}

export const setBegun = async (tx: Transaction, roundId: string, by: string, at: Date): Promise<void> => {
  await tx.query(
    `update test_rounds set state = 'begun', begun_by = $2::bigint, begun_at = $3::timestamptz where round_id = $1::bigint`,
    [roundId, by, at],
  )
}

export const setCalledOff = async (tx: Transaction, roundId: string, at: Date): Promise<void> => {
  await tx.query(
    `update test_rounds set state = 'called_off', ended_at = $2::timestamptz where round_id = $1::bigint`,
    [roundId, at],
  )
}

export interface CountRow {
  division_code: string
  division_name: string
  roster_id: string | null
  roster_name: string | null
  roster_kind: RosterKind | null
  expected: number
  sampled: number
  exempt: number
}

export const listCounts = async (db: Queryable, roundId: string, prefix: string): Promise<CountRow[]> =>
  (
    await db.query<CountRow>(
      `select n.division_code, d.name as division_name, nullif(n.roster_id, 0) as roster_id, r.name as roster_name, r.kind as roster_kind,
         n.expected, n.sampled, n.exempt
       from round_counts n join divisions d on d.code = n.division_code left join rosters r on r.roster_id = n.roster_id
       where n.round_id = $1::bigint and n.division_code like $2::text || '%' and (n.roster_id = 0 or r.roster_id is not null)
       order by n.division_code, n.roster_id limit 3000`,
      [roundId, prefix],
    )
  ).rows

export interface SiteRow {
  site_id: number
  name: string
  sampled: number
  per_quarter: number
  tubes: number
  under_way: number
  results_due: number
}

/** Sites of the division during a round, by its tubes: people when sealed, the last quarter of an hour for its speed. */
export const listSites = async (
  db: Queryable,
  prefix: string,
  range: { from: Date; until: Date; now: Date },
): Promise<SiteRow[]> =>
  (
    await db.query<SiteRow>(
      `select s.site_id, s.name, coalesce(sum(t.sealed_count), 0)::int as sampled, count(*)::int as tubes,
         coalesce(sum(t.sealed_count) filter (where t.sealed_at > $4::timestamptz - interval '15 minutes'), 0)::int as per_quarter,
         (count(*) filter (where t.received_at is null))::int as under_way,
         (count(*) filter (where t.received_at is not null and t.result is null))::int as results_due
       from tubes t join test_sites s using (site_id)
       where s.division_code like $1::text || '%' and t.opened_at >= $2::timestamptz and t.opened_at < $3::timestamptz and t.moved_to is null
       group by s.site_id order by sampled desc, s.site_id limit 500`,
      [prefix, range.from, range.until, range.now],
    )
  ).rows
