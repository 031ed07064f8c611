import type pg from 'pg'
import type { Client } from './client.ts'
import type { DayRun } from './day.ts'

export interface Check {
  what: string
  expected: number
  found: number
  holds: boolean
}

const same = (what: string, expected: number, found: number): Check => ({
  what,
  expected,
  found,
  holds: expected === found,
})

const numberOf = async (admin: pg.Pool, sql: string, values: unknown[] = []): Promise<number> =>
  (await admin.query<{ n: number }>(sql, values)).rows[0]?.n ?? Number.NaN

/** What the database holds after a day against what every phone was told. */
export const reconcile = async (
  admin: pg.Pool,
  run: DayRun,
  persons: { first: number; last: number },
): Promise<Check[]> => {
  const range = [persons.first, persons.last]
  const inTubes = `samples s join tubes t using (tube_id) where s.person_id between $1 and $2`
  const concerned = [...run.concerned]
  return [
    same(
      'samples told "taken", and rows',
      run.taken,
      await numberOf(admin, `select count(*)::int as n from ${inTubes}`, range),
    ),
    same(
      'people twice in tubes of ten',
      0,
      await numberOf(
        admin,
        `select count(*)::int as n from (select from ${inTubes} and t.kind = 'ten' group by s.person_id having count(*) > 1) x`,
        range,
      ),
    ),
    same(
      'people who came and have no sample',
      0,
      await numberOf(
        admin,
        `select count(*)::int as n from generate_series($1::int, $2::int) as p(id) where not exists (select from samples s where s.person_id = p.id)`,
        range,
      ),
    ),
    same(
      'samples without a result of their own',
      0,
      await numberOf(
        admin,
        `select count(*)::int as n from ${inTubes} and not exists (select from test_results r where r.person_id = s.person_id and r.laboratory_number = t.barcode)`,
        range,
      ),
    ),
    same(
      'people of positive tubes who are still green',
      0,
      await numberOf(
        admin,
        `select count(*)::int as n from status_current where person_id = any($1::bigint[]) and colour = 1 and not exists (
           select from test_results r where r.person_id = status_current.person_id and r.kind = 'single' and r.result = 'negative')`,
        [concerned],
      ),
    ),
    same(
      'people of negative tubes alone who lost green',
      0,
      await numberOf(
        admin,
        `select count(*)::int as n from status_changes c where c.person_id between $1 and $2 and c.person_id <> all($3::bigint[])
           and c.from_colour = 1 and c.to_colour is distinct from 1`,
        [...range, concerned],
      ),
    ),
  ]
}

/** The server's own reconciliation of hands: every gap it names. */
export const readGaps = async (
  client: Client,
  session: string,
): Promise<{ gap: string; count: number }[]> => {
  const { days } = await client.must('/api/v1/operator/tube-days', { session })
  return days.flatMap(({ gaps }: { gaps: { gap: string; count: number }[] }) => gaps)
}
