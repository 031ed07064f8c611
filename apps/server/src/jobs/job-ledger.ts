import type { FastifyBaseLogger } from 'fastify'
import type { Pool } from '../db/pool.ts'
import type { JobName } from './job-names.ts'

/** A loop goes round every second; that it lives is written this often. */
const SAME_AGAIN_MS = 30_000

/** Where jobs say how they did, so that one that fails, or runs nowhere, is seen. */
export interface JobLedger {
  succeeded(job: JobName): void
  failed(job: JobName, error: unknown): void
  /** Runs a job, says how it did and passes on what it threw. */
  run<T>(job: JobName, work: () => Promise<T>): Promise<T>
  /** From now on these jobs are looked for. */
  watch(jobs: JobName[]): Promise<void>
}

// The words of an error may hold what a person wrote; its code does not.
const codeOf = (error: unknown): string => {
  const { code, name } = error as { code?: unknown; name?: unknown }
  return String(code ?? name ?? 'unknown').slice(0, 60)
}

export const createJobLedger = (pool: Pool, log: FastifyBaseLogger): JobLedger => {
  const written = new Map<JobName, { at: number; code: string | undefined }>()

  const write = (job: JobName, code: string | undefined): void => {
    const last = written.get(job)
    const now = performance.now()
    if (last && last.code === code && now - last.at < SAME_AGAIN_MS) return
    written.set(job, { at: now, code })
    pool
      .query(
        `insert into job_runs as j (job, watched_since, succeeded_at, failed_at, failures, error_code)
         values ($1::text, clock_timestamp(), case when $2::text is null then clock_timestamp() end,
           case when $2::text is not null then clock_timestamp() end, case when $2::text is null then 0 else 1 end, $2::text)
         on conflict (job) do update set succeeded_at = coalesce(excluded.succeeded_at, j.succeeded_at),
           failed_at = coalesce(excluded.failed_at, j.failed_at), failures = j.failures + excluded.failures,
           error_code = excluded.error_code`,
        [job, code ?? null],
      )
      .catch((error: unknown) => {
        // Forgotten, so that the next turn tries again.
        written.delete(job)
        log.warn({ err: error, job }, 'how a job did can not be written')
      })
  }

  const ledger = {
    succeeded: (job: JobName) => write(job, undefined),
    failed: (job: JobName, error: unknown) => write(job, codeOf(error)),
  }
  return {
    ...ledger,
    run: async (job, work) => {
      try {
        const result = await work()
        ledger.succeeded(job)
        return result
      } catch (error) {
        ledger.failed(job, error)
        throw error
      }
    },
    watch: async (jobs) => {
      await pool.query(
        `insert into job_runs (job, watched_since) select name, clock_timestamp() from unnest($1::text[]) as name
         on conflict (job) do nothing`,
        [jobs],
      )
    },
  }
}
