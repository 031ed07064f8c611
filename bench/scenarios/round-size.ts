import { addDays, shanghaiDayOf, startOfShanghaiDay } from '@jiankangbao/domain/time/shanghai'
import { inTransaction } from '../../apps/server/src/db/pool.ts'
import { countTaken, listComing } from '../../apps/server/src/features/testing/booking/booking.queries.ts'
import { markKept, markMissed } from '../../apps/server/src/features/testing/booking/settle.queries.ts'
import {
  listDays,
  listMissing,
} from '../../apps/server/src/features/testing/reconciliation/reconciliation.queries.ts'
import { type RoundScope, recount } from '../../apps/server/src/features/testing/round/wanted.queries.ts'
import { listKept } from '../../apps/server/src/features/testing/site/site.queries.ts'
import type { Stage } from '../stage.ts'
import type { SamplingFigures } from './sampling-figures.ts'

/** As many as the city has people, at most; ten to a tube. */
const MOST_SAMPLES = 1_000_000
const HOUR = 3_600_000
/** People of a building. */
const HOUSE = 100

/** The day after a round: everybody sampled, most tubes told of, one in a hundred on the way; a booking for one in ten. */
const fillRound = async ({ admin, options }: Stage): Promise<number> => {
  const count = Math.min(MOST_SAMPLES, options.persons)
  await admin.query('truncate samples, tubes, test_bookings cascade')
  const partner = await admin.query<{ partner_id: string }>(
    `insert into partners (name, kind, key_hash) values ('bench laboratory', 'laboratory', sha256('bench-round')) returning partner_id`,
  )
  const partnerId = partner.rows[0]?.partner_id
  await admin.query(
    `insert into tubes (barcode, kind, capacity, shift_id, site_id, opened_by, opened_at, sealed_at, sealed_count, seal_request_id, request_id,
       received_at, result, resulted_at, partner_id)
     select '10' || lpad(n::text, 10, '0'), 'ten', 10, s.shift_id, s.site_id, s.operator_id, t, t + interval '5 minutes', 10, gen_random_uuid(), gen_random_uuid(),
       case when n % 100 > 0 then t + interval '2 hours' end, case when n % 100 > 1 then 'negative' end,
       case when n % 100 > 1 then t + interval '4 hours' end, case when n % 100 > 1 then $2::bigint end
     from (select n, now() - interval '12 hours' + (n % 480) * interval '1 minute' as t from generate_series(1, $1::int) as n) f
     join (select *, row_number() over (order by shift_id) as at, count(*) over () as all from sampling_shifts) s on s.at = 1 + n % s.all`,
    [Math.floor(count / 10), partnerId],
  )
  await admin.query(
    `insert into samples (tube_id, nth, person_id, sampled_at, sampled_window, site_id, means, request_id)
     select t.tube_id, n, (t.at - 1) * 10 + n, t.opened_at + n * interval '20 seconds', floor(extract(epoch from t.opened_at) / 14400)::int * 2, t.site_id, 1, gen_random_uuid()
     from (select *, row_number() over (order by tube_id) as at from tubes) t cross join generate_series(1, 10) as n`,
  )
  await admin.query(
    `insert into test_results (person_id, sampled_at, reported_at, kind, result, source, partner_id, laboratory_number)
     select s.person_id, s.sampled_at, t.resulted_at, 'pooled', 'negative', 'bench', t.partner_id, t.barcode
     from samples s join tubes t using (tube_id) where t.result is not null`,
  )
  await admin.query(
    `insert into test_bookings (site_id, person_id, account_id, starts_at, ends_at, booked_for, held_until, place, booked_at, request_id)
     select s.site_id, s.person_id, s.person_id, slot, slot + interval '30 minutes', (slot at time zone 'Asia/Shanghai')::date, slot + interval '15 minutes',
       row_number() over (partition by s.site_id, slot), now() - interval '1 day', gen_random_uuid()
     from (select s.*, date_bin('30 minutes', s.sampled_at, '2000-01-01') as slot from samples s where s.person_id % 10 = 0) s`,
  )
  await admin.query(
    `insert into rosters (division_code, kind, name, saved_by, saved_at, request_id)
     select d.code, 'building', 'bench ' || n, 1, now(), gen_random_uuid() from generate_series(1, $1::int) as n
     join (select code, row_number() over (order by code) as at, count(*) over () as all from divisions where level = 'district') d
       on d.at = 1 + n % d.all`,
    [Math.ceil(count / HOUSE)],
  )
  await admin.query(
    `insert into roster_people (roster_id, place, person_id, home)
     select r.roster_id, p.n, (r.at - 1) * $1::int + p.n, true
     from (select roster_id, row_number() over (order by roster_id) as at from rosters) r cross join generate_series(1, $1::int) as p(n)`,
    [HOUSE],
  )
  await admin.query('vacuum analyze')
  return count
}

const timed = async (what: string, work: () => Promise<number>) => {
  const startedAt = performance.now()
  const rows = await work()
  return { what, ms: Math.round(performance.now() - startedAt), rows }
}

/** How long the desk waits for its pages on the day of a round: the statements of the server, on an analysed database. */
export const readAtRoundSize = async (
  stage: Stage,
): Promise<Pick<SamplingFigures, 'reads' | 'readsOver'>> => {
  const readsOver = await fillRound(stage)
  const { admin } = stage
  const now = new Date()
  const day = shanghaiDayOf(now.getTime())
  const since = new Date(startOfShanghaiDay(addDays(day, -6)))
  const sites = await admin.query<{ site_id: number }>(`select min(site_id)::int as site_id from test_sites`)
  const siteId = sites.rows[0]?.site_id ?? 0
  const today = { from: new Date(now.getTime() - 14 * HOUR), until: new Date(now.getTime() + 14 * HOUR), now }
  const made = await admin.query<RoundScope>(
    `insert into test_rounds (name, division_code, division_codes, kind, from_at, until_at, due_at, made_by, made_at)
     select 'bench', code, array[code], 'pooled', now() - interval '13 hours', now(), now() + interval '1 day', 1, now()
     from divisions where level = 'city' limit 1 returning *`,
  )
  const reads: SamplingFigures['reads'] = []
  for (const [what, work] of [
    ['whether the counts agree, seven days', async () => (await listDays(admin, '', since)).length],
    [
      'tubes that nobody received',
      async () =>
        (await listMissing(admin, '', { since, before: new Date(now.getTime() - 6 * HOUR) })).length,
    ],
    ['sites of the city with their day', async () => (await listKept(admin, '', since)).length],
    ['slots of a site with their counts', async () => (await countTaken(admin, siteId, today)).size],
    ['who comes to a site', async () => (await listComing(admin, siteId, today)).length],
    [
      'counting a round of everybody, by community and building',
      async () => {
        const [round] = made.rows
        if (!round) return 0
        await inTransaction(admin, (tx) => recount(tx, round, now))
        return (await admin.query('select from round_counts')).rowCount ?? 0
      },
    ],
    [
      'settling the bookings of the day',
      async () => {
        await markKept(admin, now)
        await markMissed(admin, now)
        const left = await admin.query(`select from test_bookings where state <> 'booked'`)
        return left.rowCount ?? 0
      },
    ],
    [
      'settling them again a minute later',
      async () => {
        await markKept(admin, now)
        await markMissed(admin, now)
        return 0
      },
    ],
  ] as const)
    reads.push(await timed(what, work))
  return { reads, readsOver }
}
