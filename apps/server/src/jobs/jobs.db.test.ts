import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestApp, type TestApp } from '../../test/test-app.ts'
import { installJobSchema } from '../db/job-schema.ts'
import { dropOldPartitions, makePartitions } from '../features/doors/visit/day-partitions.ts'
import { startWorker } from './worker.ts'

describe('jobs', () => {
  let app: TestApp
  beforeAll(async () => {
    app = await startTestApp()
  })
  afterAll(() => app.close())

  const partitions = async () =>
    (
      await app.parts.pool.query<{ relname: string }>(
        `select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid where i.inhparent = 'visits'::regclass order by 1`,
      )
    ).rows.map((row) => row.relname)

  it('makes the days ahead, once, also when two processes do it at the same time', async () => {
    await Promise.all([makePartitions(app.parts), makePartitions(app.parts)])
    const made = await partitions()
    expect(made).toHaveLength(11)
    await makePartitions(app.parts)
    expect(await partitions()).toEqual(made)
  })

  it('drops days beyond the retention and certifies it; never the last week', async () => {
    const { pool } = app.parts
    await pool.query(`select ensure_day_partitions(current_date - 40, current_date - 39)`)
    await dropOldPartitions(app.parts)
    const { rows } = await pool.query(`select details from audit_entries where action = 'retention.purged'`)
    expect(rows).toHaveLength(1)
    // Two days of visits and two of checks.
    expect(rows[0].details.dropped).toHaveLength(4)
    await dropOldPartitions(app.parts)
    expect((await pool.query(`select 1 from audit_entries where action = 'retention.purged'`)).rowCount).toBe(
      1,
    )
    await expect(pool.query(`select drop_day_partitions(current_date)`)).rejects.toMatchObject({
      code: '22023',
    })
    await expect(pool.query(`drop table ${(await partitions())[0]}`)).rejects.toMatchObject({ code: '42501' })
  })

  it('runs scheduled jobs as jkb_app after the migrator installed the queue, twice and at once', async () => {
    await Promise.all([
      installJobSchema(app.database.migratorUrl),
      installJobSchema(app.database.migratorUrl),
    ])
    const { pool } = app.parts
    await pool.query(`insert into numeric_codes values (12345678, 1, now() - interval '1 day')`)
    const worker = await startWorker({
      ...app.parts,
      config: { ...app.parts.config, databaseUrl: app.database.appUrl },
    })
    await pool.query(`select graphile_worker.add_job('purge_short_lived')`)
    await expect
      .poll(async () => (await pool.query('select 1 from numeric_codes')).rowCount, { timeout: 15_000 })
      .toBe(0)
    await worker.stop()
  })
})
