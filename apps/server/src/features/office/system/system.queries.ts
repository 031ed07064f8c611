import type { Queryable } from '../../../db/pool.ts'

export interface JobRow {
  job: string
  watched_since: Date
  succeeded_at: Date | null
  failed_at: Date | null
  failures: string
  error_code: string | null
}

export const listJobRuns = async (db: Queryable): Promise<Map<string, JobRow>> => {
  const { rows } = await db.query<JobRow>(
    'select job, watched_since, succeeded_at, failed_at, failures, error_code from job_runs',
  )
  return new Map(rows.map((row) => [row.job, row]))
}

export interface DatabaseRow {
  version: string
  migration: string
  started_at: Date
  bytes: string
  connections: number
  most_connections: number
  archive_on: boolean
  last_archived_at: Date | null
  last_failed_at: Date | null
  archive_failures: string
}

export const readDatabase = async (db: Queryable): Promise<DatabaseRow | undefined> =>
  (
    await db.query<DatabaseRow>(
      `select current_setting('server_version') as version, pg_postmaster_start_time() as started_at,
         (select name from schema_migrations order by version desc limit 1) as migration,
         pg_database_size(current_database()) as bytes,
         (select sum(numbackends)::int from pg_stat_database) as connections,
         current_setting('max_connections')::int as most_connections,
         current_setting('archive_mode') <> 'off' as archive_on, a.last_archived_time as last_archived_at,
         a.last_failed_time as last_failed_at, a.failed_count as archive_failures
       from pg_stat_archiver a`,
    )
  ).rows[0]

export interface StandbyRow {
  name: string | null
  state: string | null
  sync: string | null
  lag_seconds: number | null
}

/** Without the rights of `pg_read_all_stats` only that they are there. */
export const listStandbys = async (db: Queryable): Promise<StandbyRow[]> =>
  (
    await db.query<StandbyRow>(
      `select application_name as name, state, sync_state as sync, extract(epoch from replay_lag)::float8 as lag_seconds
       from pg_stat_replication order by application_name`,
    )
  ).rows

export interface PartitionsRow {
  table: 'visits' | 'checks'
  days: number
  first_day: string | null
  last_day: string | null
  has_tomorrow: boolean
  bytes: string
  bytes_per_day: string
}

/** Of the two tables that have a part for each day. The days to come are empty and count for no pace. */
export const listPartitions = async (db: Queryable): Promise<PartitionsRow[]> =>
  (
    await db.query<PartitionsRow>(
      `with today as (select (now() at time zone 'Asia/Shanghai')::date as day),
       parts as materialized (
         select parent, from_day, takes_rest, pg_total_relation_size(partition) as bytes from day_partitions()
       )
       select t.name as "table", (count(*) filter (where not takes_rest))::int as days,
         min(from_day) filter (where not takes_rest)::text as first_day, max(from_day) filter (where not takes_rest)::text as last_day,
         has_day_partition(t.name, (select day + 1 from today)) as has_tomorrow, coalesce(sum(bytes), 0) as bytes,
         coalesce(round(avg(bytes) filter (where from_day between (select day - 7 from today) and (select day - 1 from today))), 0) as bytes_per_day
       from (values ('visits'), ('checks')) t(name) left join parts on parts.parent = t.name group by t.name order by t.name desc`,
    )
  ).rows

export interface QueueRow {
  queue: 'evaluation' | 'provincial' | 'colour_texts' | 'announcement_texts' | 'lists'
  waiting: number
  oldest_at: Date | null
}

const MOST = 100_000

// Bounded: on the day on which everybody is evaluated anew nobody wants nine million rows counted.
const counted = (queue: QueueRow['queue'], at: string, from: string) =>
  `select '${queue}' as queue, count(*)::int as waiting, min(at) as oldest_at from (select ${at} as at from ${from} limit ${MOST}) ${queue}`

export const listQueues = async (db: Queryable): Promise<QueueRow[]> =>
  (
    await db.query<QueueRow>(
      [
        counted('evaluation', 'marked_at', 'dirty_persons'),
        counted('provincial', 'due_at', 'provincial_codes where due_at <= clock_timestamp() order by due_at'),
        counted('colour_texts', 'due_at', 'colour_texts where due_at <= clock_timestamp() order by due_at'),
        counted(
          'announcement_texts',
          'due_at',
          `announcement_texts where state = 'running' and due_at <= clock_timestamp() order by due_at`,
        ),
        counted(
          'lists',
          'uploaded_at',
          `imports where state in ('waiting', 'checking', 'applying', 'undoing')`,
        ),
      ].join(' union all '),
    )
  ).rows

export interface BackupRow {
  label: string
  kind: 'full' | 'diff' | 'incr'
  ended_at: Date
  seconds: number
  bytes: string
  is_faulty: boolean
}

/** Newest first: as many as the repository keeps. */
export const listBackups = async (db: Queryable): Promise<BackupRow[]> =>
  (
    await db.query<BackupRow>(
      `select label, kind, ended_at, extract(epoch from ended_at - started_at)::int as seconds, bytes, is_faulty
       from backups order by ended_at desc limit 1000`,
    )
  ).rows
