import type { Queryable, Transaction } from '../../../db/pool.ts'
import type { AuditProblem } from './altered-entries.ts'

export interface VerificationRow {
  verification_id: string
  requested_by: string
  requested_at: Date
  state: 'waiting' | 'running' | 'passed' | 'failed' | 'broken'
  seals_total: string
  seals_done: string
  entries_done: string
  finished_at: Date | null
  problem_count: number
  problems: AuditProblem[]
}

const COLUMNS = `verification_id, requested_by, requested_at, state, seals_total, seals_done, entries_done, finished_at, problem_count, problems`

/** False where the request was made before, or another verification is waiting or running. */
export const insertVerification = async (
  tx: Transaction,
  verificationId: string,
  requestedBy: string,
  now: Date,
): Promise<boolean> => {
  const { rowCount } = await tx.query(
    `insert into audit_verifications (verification_id, requested_by, requested_at)
     values ($1::uuid, $2::bigint, $3::timestamptz) on conflict do nothing`,
    [verificationId, requestedBy, now],
  )
  return rowCount === 1
}

export const findVerification = async (
  db: Queryable,
  verificationId: string,
): Promise<VerificationRow | undefined> =>
  (
    await db.query<VerificationRow>(
      `select ${COLUMNS} from audit_verifications where verification_id = $1::uuid`,
      [verificationId],
    )
  ).rows[0]

export const findOpenVerification = async (db: Queryable): Promise<VerificationRow | undefined> =>
  (
    await db.query<VerificationRow>(
      `select ${COLUMNS} from audit_verifications where state in ('waiting', 'running')`,
    )
  ).rows[0]

export const findLatestVerification = async (db: Queryable): Promise<VerificationRow | undefined> =>
  (
    await db.query<VerificationRow>(
      `select ${COLUMNS} from audit_verifications order by requested_at desc limit 1`,
    )
  ).rows[0]

export const findLastPassedAt = async (db: Queryable): Promise<Date | undefined> =>
  (
    await db.query<{ finished_at: Date }>(
      `select finished_at from audit_verifications where state = 'passed' order by requested_at desc limit 1`,
    )
  ).rows[0]?.finished_at

/** The one that waits, or whose process has not been heard of since `silentSince`; one taker gets it. */
export const takeVerification = async (
  db: Queryable,
  now: Date,
  silentSince: Date,
): Promise<string | undefined> =>
  (
    await db.query<{ verification_id: string }>(
      `update audit_verifications set state = 'running', beat_at = $1::timestamptz
       where verification_id = (
         select verification_id from audit_verifications
         where state = 'waiting' or (state = 'running' and beat_at < $2::timestamptz)
         limit 1 for update skip locked)
       returning verification_id`,
      [now, silentSince],
    )
  ).rows[0]?.verification_id

export const noteProgress = async (
  db: Queryable,
  verificationId: string,
  progress: { seals: number; entries: number; sealsTotal: number },
  now: Date,
): Promise<void> => {
  await db.query(
    `update audit_verifications set seals_done = $2::bigint, entries_done = $3::bigint, seals_total = $4::bigint, beat_at = $5::timestamptz
     where verification_id = $1::uuid and state = 'running'`,
    [verificationId, progress.seals, progress.entries, progress.sealsTotal, now],
  )
}

export const finishVerification = async (
  db: Queryable,
  verificationId: string,
  result: {
    state: 'passed' | 'failed' | 'broken'
    seals: number
    entries: number
    problemCount: number
    problems: AuditProblem[]
  },
  now: Date,
): Promise<void> => {
  await db.query(
    `update audit_verifications set state = $2::text, seals_done = $3::bigint, entries_done = $4::bigint, problem_count = $5::int,
       problems = $6::jsonb, finished_at = $7::timestamptz, beat_at = $7::timestamptz
     where verification_id = $1::uuid`,
    [
      verificationId,
      result.state,
      result.seals,
      result.entries,
      result.problemCount,
      JSON.stringify(result.problems),
      now,
    ],
  )
}
