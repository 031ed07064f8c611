import type { Config } from '../config.ts'

// How each room says what it keeps for how long, so that a purge that stopped is seen.

export const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
/** Purging runs once a day and drops whole days; two days late is more than the turn it missed. */
const DAILY_SLACK_MS = 2 * DAY_MS
/** What is purged every five or ten minutes, or every hour. */
const OFTEN_SLACK_MS = HOUR_MS
const HOURLY_SLACK_MS = 6 * HOUR_MS

export interface RetentionKind {
  /** How long rows are kept, and how long purging may take after that, milliseconds. */
  keptMs: number
  slackMs: number
  /** The oldest row that purging ought to have taken, before the instant `$1`, as `oldest`; null where there is none. */
  oldest: string
}

/** Every kind of row that a room purges; what each waits for is said once more in the statement that purges it. */
export type RetentionOf = (config: Pick<Config, 'retentionDays'>) => Record<string, RetentionKind>

export const daily = (keptDays: number, oldest: string): RetentionKind => ({
  keptMs: keptDays * DAY_MS,
  slackMs: DAILY_SLACK_MS,
  oldest,
})

export const hourly = (keptDays: number, oldest: string): RetentionKind => ({
  keptMs: keptDays * DAY_MS,
  slackMs: HOURLY_SLACK_MS,
  oldest,
})

export const often = (keptMs: number, oldest: string): RetentionKind => ({
  keptMs,
  slackMs: OFTEN_SLACK_MS,
  oldest,
})

export const before = (table: string, column: string): string =>
  `select min(${column}) as oldest from ${table} where ${column} < $1::timestamptz`
