import { runMigrations } from 'graphile-worker'
import pg from 'pg'

// graphile-worker's tables have row level security on, for which only the owner is exempt: jkb_app gets policies.
const GRANT = `
do $$
declare
  job_table text;
begin
  grant usage on schema graphile_worker to jkb_app;
  grant all on all tables in schema graphile_worker to jkb_app;
  grant all on all sequences in schema graphile_worker to jkb_app;
  grant execute on all functions in schema graphile_worker to jkb_app;
  for job_table in
    select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'graphile_worker' and c.relkind in ('r', 'p') and c.relrowsecurity
      and not exists (select 1 from pg_policy p where p.polrelid = c.oid and p.polname = 'jkb_app_all')
  loop
    execute format('create policy jkb_app_all on graphile_worker.%I to jkb_app using (true) with check (true)', job_table);
  end loop;
end $$`

/** Installs or updates the schema of the job queue as its owner; safe to repeat and to run several times at once. */
export const installJobSchema = async (migratorUrl: string): Promise<void> => {
  const client = new pg.Client({ connectionString: migratorUrl })
  await client.connect()
  try {
    await client.query(`select pg_advisory_lock(hashtext('jkb-job-schema'))`)
    await runMigrations({ connectionString: migratorUrl, maxPoolSize: 1 })
    await client.query(GRANT)
  } finally {
    await client.end()
  }
}
