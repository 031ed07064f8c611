import pg from 'pg'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readMetrics } from '../../test/metrics.ts'
import { startTestApp, type TestApp } from '../../test/test-app.ts'
import { dropOldPartitions, makePartitions } from '../features/doors/visit/day-partitions.ts'

let app: TestApp
let owner: pg.Client
let superuser: pg.Client
const connect = async (connectionString: string) => {
  const client = new pg.Client({ connectionString })
  await client.connect()
  return client
}
beforeEach(async () => {
  app = await startTestApp()
  owner = await connect(app.database.migratorUrl)
  superuser = await connect(app.database.superuserUrl)
})
afterEach(async () => {
  await owner.end()
  await superuser.end()
  await app.close()
})

/** A day so many days from today, as PostgreSQL writes it. */
const day = async (offset: number): Promise<string> =>
  (
    await owner.query<{ day: string }>(
      `select ((now() at time zone 'Asia/Shanghai')::date + $1::int) as day`,
      [offset],
    )
  ).rows[0]?.day ?? ''

const listPartitions = async (parent: string): Promise<string[]> =>
  (
    await owner.query<{ name: string }>(
      `select inhrelid::regclass::text as name from pg_inherits where inhparent = $1::regclass order by 1`,
      [parent],
    )
  ).rows.map(({ name }) => name)

const insertVisit = async (visitedOn: string) =>
  owner.query(
    `insert into visits (person_id, request_key, visited_on, visited_ms, point_id, reason_bits, answer)
     values (1, 1, $1::date, 0, 1, 0, 0)`,
    [visitedOn],
  )

const readMetric = async (series: string): Promise<number> => {
  const body = await readMetrics(app)
  return Number(
    body
      .split('\n')
      .find((line) => line.startsWith(`${series} `))
      ?.slice(series.length),
  )
}

/** The first reading may take longer than a scrape waits. */
const poll = { timeout: 10_000 }

describe('purging of visits and checks', () => {
  it('works where the planner knows the catalogs, whatever else the database holds', async () => {
    await owner.query(
      `create table wish_list_1 (n int); create table "2022" (n int); create index st_1 on wish_list_1 (n)`,
    )
    // With fewer partitions the planner does not read pg_class from end to end.
    await owner.query(`select ensure_day_partitions('${await day(-40)}', '${await day(8)}')`)
    await superuser.query('vacuum analyze')
    await superuser.query('vacuum analyze pg_class')
    await superuser.query('vacuum analyze pg_inherits')
    const before = (await listPartitions('visits')).length
    await dropOldPartitions(app.parts)
    expect((await listPartitions('visits')).length).toBe(before - 12)
    expect((await owner.query(`select from wish_list_1`)).rowCount).toBe(0)
  })

  it('goes by the days a partition holds, not by its name', async () => {
    const [oldest, old, recent] = [await day(-60), await day(-40), await day(-2)]
    await owner.query(
      `create table "Alte Besuche" partition of visits for values from ('${oldest}') to ('${await day(-59)}')`,
    )
    await owner.query(
      `create table visits_20991231 partition of visits for values from ('${old}') to ('${await day(-39)}')`,
    )
    await owner.query(`create table st_1 partition of checks for values from ('${oldest}') to ('${old}')`)
    await owner.query(
      `create table visits_19700101 partition of visits for values from ('${await day(40)}') to ('${await day(41)}')`,
    )
    await makePartitions(app.parts)
    await insertVisit(recent)
    await dropOldPartitions(app.parts)
    const left = await listPartitions('visits')
    expect(left).not.toContain('"Alte Besuche"')
    expect(left).not.toContain('visits_20991231')
    expect(left).toContain('visits_19700101')
    expect(await listPartitions('checks')).not.toContain('st_1')
    expect((await owner.query('select from visits')).rowCount).toBe(1)
    const { rows } = await owner.query(`select details from audit_entries where action = 'retention.purged'`)
    expect(rows[0].details.dropped).toEqual(['"Alte Besuche"', 'st_1', 'visits_20991231'])
  })

  it('takes the old rows out of a partition that holds other days too', async () => {
    const [from, old, recent] = [await day(-60), await day(-40), await day(-10)]
    await owner.query(
      `create table months partition of visits for values from ('${from}') to ('${await day(-8)}')`,
    )
    await owner.query(`create table rest partition of visits default`)
    await insertVisit(old)
    await insertVisit(recent)
    await insertVisit(await day(-100))
    await dropOldPartitions(app.parts)
    const { rows } = await owner.query(`select visited_on from visits`)
    expect(rows).toEqual([{ visited_on: recent }])
    const audit = await owner.query(`select details from audit_entries where action = 'retention.purged'`)
    expect(audit.rows[0].details.dropped).toEqual(['months (1 rows)', 'rest (1 rows)'])
  })

  it('says which partition it can not drop, and drops the others', async () => {
    await owner.query(
      `create table kept_days partition of visits for values from ('${await day(-60)}') to ('${await day(-59)}')`,
    )
    await owner.query(`create view somebody_looks as select * from kept_days`)
    await owner.query(`select ensure_day_partitions('${await day(-40)}', '${await day(-40)}')`)
    await expect(dropOldPartitions(app.parts)).rejects.toThrow('kept_days')
    expect(await listPartitions('visits')).not.toContain(`visits_${(await day(-40)).replaceAll('-', '')}`)
  })
})

describe('partitions ahead', () => {
  it('are made where another partition holds one of the days, or something has the name of one', async () => {
    const taken = (await day(5)).replaceAll('-', '')
    for (const name of await listPartitions('visits')) await owner.query(`drop table ${name}`)
    await owner.query(
      `create table tomorrow_and_after partition of visits for values from ('${await day(1)}') to ('${await day(3)}')`,
    )
    await owner.query(`create table visits_${taken} (n int)`)
    await makePartitions(app.parts)
    for (let offset = -2; offset <= 8; offset += 1) await insertVisit(await day(offset))
    expect((await owner.query('select from visits')).rowCount).toBe(11)
    expect(await readMetric('jkb_tomorrow_partition')).toBe(1)
    expect((await app.http.inject('/readyz')).json()).toEqual({ status: 'ready' })
  })
})

describe('what stays too long', () => {
  it('is told by kind; a partition without rows holds nothing', async () => {
    await owner.query(`select ensure_day_partitions('${await day(-40)}', '${await day(-39)}')`)
    await expect.poll(() => readMetric('jkb_retention_overdue_seconds{kind="visits"}'), poll).toBe(0)
  })

  it.each([
    [
      'visits',
      async () => {
        await owner.query(`select ensure_day_partitions('${await day(-40)}', '${await day(-40)}')`)
        await insertVisit(await day(-40))
      },
    ],
    [
      'checks',
      async () => {
        await owner.query(`create table odd_checks partition of checks default`)
        await owner.query(
          `insert into checks (request_id, checked_on, checked_at, point_id, caller, means, outcome, decision, reason_bits, purpose)
         values (gen_random_uuid(), current_date - 90, now() - interval '90 days', 1, 'x', 1, 1, 1, 0, 'x')`,
        )
      },
    ],
    [
      'sms_codes',
      () =>
        owner.query(
          `insert into sms_challenges (challenge_id, phone_index, address_index, code_hash, tries_left, created_at, expires_at)
       values (gen_random_uuid(), '', '', '', 1, now() - interval '26 hours', now())`,
        ),
    ],
    [
      'numeric_codes',
      () => owner.query(`insert into numeric_codes values (12345678, 1, now() - interval '1 day')`),
    ],
    [
      'rate_counters',
      () =>
        owner.query(
          `insert into rate_counters (key, window_start, count) values ('x', now() - interval '3 days', 1)`,
        ),
    ],
    [
      'upstream_figures',
      () =>
        owner.query(
          `insert into upstream_figures (provider, slot_at) values ('sms', now() - interval '3 days')`,
        ),
    ],
    [
      'audit',
      () =>
        owner.query(
          `insert into audit_entries (occurred_at, actor_kind, action, object_kind) values (now() - interval '1200 days', 'system', 'x', 'x')`,
        ),
    ],
  ] as const)('is told of %s', async (kind, arrange) => {
    await arrange()
    await expect
      .poll(() => readMetric(`jkb_retention_overdue_seconds{kind="${kind}"}`), poll)
      .toBeGreaterThan(0)
  })
})

describe('a job that fails or does not run', () => {
  const read = (figure: string) => readMetric(`jkb_job_${figure}{task="drop_old_partitions"}`)
  const afterReading = async (figure: string, value: number) =>
    expect.poll(() => read(figure), poll).toBe(value)

  it('is told, and that it runs again', async () => {
    await afterReading('late', 1)
    await app.parts.jobs.watch(['drop_old_partitions'])
    await afterReading('late', 0)
    await afterReading('failing', 0)
    const fail = () => Promise.reject(Object.assign(new Error('invalid value'), { code: '22007' }))
    await expect(app.parts.jobs.run('drop_old_partitions', fail)).rejects.toThrow('invalid value')
    await afterReading('failing', 1)
    expect((await owner.query(`select error_code from job_runs where failed_at is not null`)).rows).toEqual([
      { error_code: '22007' },
    ])
    await app.parts.jobs.run('drop_old_partitions', () => dropOldPartitions(app.parts))
    await afterReading('failing', 0)
    await afterReading('failures', 1)
    await owner.query(`update job_runs set succeeded_at = now() - interval '2 days'`)
    await afterReading('late', 1)
  })
})
