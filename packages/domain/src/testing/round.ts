// Rounds: whole communities tested within hours.

/** What a roster is of. A building is where people live: by it their one community counts them. */
export const ROSTER_KINDS = ['building', 'class', 'ward', 'workplace'] as const
export type RosterKind = (typeof ROSTER_KINDS)[number]

/** Of somebody on a list that is called at a table, today. */
export const CALLED_STATES = ['waiting', 'sampled', 'absent'] as const
export type CalledState = (typeof CALLED_STATES)[number]

export const ROUND_KINDS = ['pooled', 'single'] as const
export type RoundKind = (typeof ROUND_KINDS)[number]

/** `made → begun → closed`, or `called_off` before its end. A second person begins it. */
export const ROUND_STATES = ['made', 'begun', 'closed', 'called_off'] as const
export type RoundState = (typeof ROUND_STATES)[number]

/** What a round asks of somebody: nothing yet, done, missed with a deadline, done later, exempt. */
export const OWN_ROUND_STATES = ['to_come', 'sampled', 'missed', 'met', 'exempt'] as const
export type OwnRoundState = (typeof OWN_ROUND_STATES)[number]

/** Why somebody says that a round need not wait for them. Their community decides. */
export const ROUND_GROUNDS = ['sampled_elsewhere', 'away', 'medical', 'not_living_there'] as const
export type RoundGround = (typeof ROUND_GROUNDS)[number]

/** How far a round is told to phones. */
export const ROUND_TELLING_STATES = ['running', 'stopped', 'done', 'dropped'] as const
export type RoundTellingState = (typeof ROUND_TELLING_STATES)[number]

export interface RoundCount {
  expected: number
  sampled: number
  exempt: number
}

/** Who is still missing; never below nobody. */
export const missingOf = ({ expected, sampled, exempt }: RoundCount): number =>
  Math.max(0, expected - sampled - exempt)

/** Share of those who have to come that came, 0 to 1; 1 where nobody has to. */
export const coverageOf = ({ expected, sampled, exempt }: RoundCount): number => {
  const wanted = expected - exempt
  return wanted <= 0 ? 1 : Math.min(1, sampled / wanted)
}

/** Longest a round may take, and how long after it somebody may be asked for. */
const LONGEST_ROUND_MS = 7 * 86_400_000
const LATEST_DUE_MS = 14 * 86_400_000

export type RoundTimes = { ok: true } | { ok: false; field: 'untilAt' | 'dueAt' | 'fromAt' | 'everyDays' }

/** Whether the times of a round fit each other. All in epoch milliseconds. */
export const judgeRoundTimes = (
  times: { fromAt: number; untilAt: number; dueAt: number; times: number; everyDays: number | undefined },
  now: number,
): RoundTimes => {
  const { fromAt, untilAt, dueAt } = times
  if (untilAt <= fromAt || untilAt - fromAt > LONGEST_ROUND_MS) return { ok: false, field: 'untilAt' }
  if (untilAt <= now) return { ok: false, field: 'fromAt' }
  if (dueAt < untilAt || dueAt - untilAt > LATEST_DUE_MS) return { ok: false, field: 'dueAt' }
  if (times.times > 1 !== (times.everyDays !== undefined)) return { ok: false, field: 'everyDays' }
  const isOver = times.everyDays === undefined || untilAt - fromAt <= times.everyDays * 86_400_000
  return isOver ? { ok: true } : { ok: false, field: 'everyDays' }
}
