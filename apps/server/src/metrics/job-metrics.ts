import { Gauge } from 'prom-client'
import type { Queryable } from '../db/pool.ts'
import { JOBS, type JobName, listJobs } from '../jobs/job-names.ts'
import type { Parts } from '../parts.ts'
import { createReading } from './reading.ts'

interface JobRow {
  job: JobName
  age_seconds: number
  failing: boolean
  failures: number
}

const READ = `
select job, extract(epoch from clock_timestamp() - coalesce(succeeded_at, watched_since))::float8 as age_seconds,
  coalesce(failed_at > succeeded_at, failed_at is not null) as failing, failures::float8 as failures
from job_runs`

const readJobs = async (db: Queryable): Promise<Map<string, JobRow>> => {
  const { rows } = await db.query<JobRow>({ name: 'job-metrics', text: READ })
  return new Map(rows.map((row) => [row.job, row]))
}

/** Whether each job runs and how it did, from what the processes wrote: jobs run where nothing can be scraped. */
export const useJobMetrics = ({
  metrics,
  pool,
  config,
}: Pick<Parts, 'metrics' | 'pool' | 'config'>): void => {
  const reading = createReading(() => readJobs(pool))
  const watched = listJobs(config)
  const gauge = (
    name: string,
    help: string,
    toValue: (row: JobRow | undefined, job: JobName) => number | undefined,
  ) =>
    new Gauge({
      name,
      help,
      labelNames: ['task'],
      // All processes read the same rows.
      aggregator: 'max',
      registers: [metrics.registry],
      async collect() {
        const { value } = await reading()
        if (!value) return
        for (const job of watched) {
          const figure = toValue(value.get(job), job)
          if (figure !== undefined) this.set({ task: job }, figure)
        }
      },
    })
  gauge(
    'jkb_job_success_age_seconds',
    'How long ago each job last succeeded, or since when it ought to have',
    (row) => row?.age_seconds,
  )
  gauge('jkb_job_late', 'The job has not succeeded for longer than it may take: 1, or 0', (row, job) =>
    row && row.age_seconds <= JOBS[job].lateAfterSeconds ? 0 : 1,
  )
  gauge('jkb_job_failing', 'The last run of the job failed: 1, or 0', (row) => (row?.failing ? 1 : 0))
  gauge('jkb_job_failures', 'Runs of the job that failed, ever', (row) => row?.failures ?? 0)
}
