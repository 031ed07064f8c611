import { type FollowUpNeed, readFollowUp } from '@jiankangbao/domain/monitoring/follow-up'
import type { ExtensionCause } from '@jiankangbao/domain/vocabulary/follow-ups'
import { inTransaction, type Transaction } from '../../../db/pool.ts'
import type { Parts } from '../../../parts.ts'
import { raiseAlarms } from './alarm.queries.ts'
import * as queries from './sync.queries.ts'

// Follow-ups follow the colours: whoever has to be looked after by the reasons of the evaluation has one, until none is left.

const timeOf = (instant: Date | null): number | null => instant?.getTime() ?? null
const dateOf = (instant: number | null): Date | null => (instant === null ? null : new Date(instant))
const laterOf = (one: Date | null, other: Date | null): Date | null =>
  one && other ? (one > other ? one : other) : (one ?? other)
const isSame = (one: string[], other: string[]): boolean => one.join() === other.join()

const causeOf = (row: queries.StandingRow, need: FollowUpNeed): ExtensionCause => {
  if (need.categories.some((category) => !row.categories.includes(category))) return 'new_reason'
  if (row.ruleset_id !== row.follow_up_ruleset) return 'rules'
  return row.categories.some((category) => !need.categories.includes(category)) ? 'reason_gone' : 'facts'
}

const eventOf = (row: queries.StandingRow, need: FollowUpNeed): queries.Renewed['event'] => {
  const [before, after] = [timeOf(row.ends_at) ?? Infinity, need.endsAt ?? Infinity]
  if (after !== before) return after > before ? 'extended' : 'shortened'
  return row.measure !== need.measure || !isSame(row.categories, need.categories) ? 'changed' : undefined
}

/** What is to be written of an open follow-up; undefined where it says already what is so. */
const renew = (row: queries.StandingRow, need: FollowUpNeed, followUpId: string) => {
  const startsAt = Math.min(row.starts_at.getTime(), need.startsAt)
  const testedAt = laterOf(row.tested_at, row.latest_test_at)
  const event = eventOf(row, need)
  const isAsBefore =
    event === undefined &&
    startsAt === row.starts_at.getTime() &&
    need.testDueAt === timeOf(row.test_due_at) &&
    timeOf(testedAt) === timeOf(row.tested_at) &&
    row.ruleset_id === row.follow_up_ruleset
  if (isAsBefore) return undefined
  return {
    followUpId,
    ...(event ? { event, cause: causeOf(row, need) } : {}),
    measure: need.measure,
    categories: need.categories,
    startsAt: new Date(startsAt),
    endsAt: dateOf(need.endsAt),
    testDueAt: dateOf(need.testDueAt),
    testedAt,
    rulesetId: row.ruleset_id ?? row.follow_up_ruleset,
    endedBefore: row.ends_at,
  }
}

/** Somebody given up as lost, or at whose end a test was missing, is not begun anew for the same reasons. */
const isSettled = (row: queries.StandingRow, need: FollowUpNeed): boolean =>
  (row.state === 'lost' || row.state === 'overdue') && isSame(row.categories, need.categories)

interface Sorted {
  begun: { row: queries.StandingRow; need: FollowUpNeed }[]
  renewed: queries.Renewed[]
  over: string[]
}

const sortOut = (rows: queries.StandingRow[]): Sorted => {
  const sorted: Sorted = { begun: [], renewed: [], over: [] }
  for (const row of rows) {
    const need = row.is_kept ? readFollowUp(row.reasons ?? []) : null
    const open = row.state === 'open' ? row.follow_up_id : null
    if (!need) {
      if (open !== null) sorted.over.push(open)
      continue
    }
    if (open === null) {
      if (!isSettled(row, need)) sorted.begun.push({ row, need })
      continue
    }
    const change = renew(row, need, open)
    if (change) sorted.renewed.push(change)
  }
  return sorted
}

/** Begins, renews and ends the follow-ups of these persons by their colours as they are evaluated. */
export const syncFollowUps = async (tx: Transaction, personIds: string[], now: Date): Promise<void> => {
  if (personIds.length === 0) return
  const { begun, renewed, over } = sortOut(await queries.loadStandings(tx, personIds))
  if (begun.length > 0) await begin(tx, begun, now)
  if (renewed.length > 0) await queries.updateFollowUps(tx, renewed, now)
  if (over.length > 0) await end(tx, over, now)
}

const end = async (tx: Transaction, followUpIds: string[], now: Date): Promise<void> => {
  const neverRight = await queries.listNeverRight(tx, followUpIds)
  const ended = followUpIds.map((followUpId) => ({
    followUpId,
    as: neverRight.has(followUpId) ? ('called_off' as const) : ('completed' as const),
  }))
  await queries.endFollowUps(tx, ended, now)
}

const begin = async (
  tx: Transaction,
  begun: { row: queries.StandingRow; need: FollowUpNeed }[],
  now: Date,
): Promise<void> => {
  const divisions = await queries.findDivisions(
    tx,
    begun.map(({ row }) => row.person_id),
  )
  await queries.insertFollowUps(
    tx,
    begun.map(({ row, need }) => ({
      personId: row.person_id,
      divisionCode: divisions.get(row.person_id) ?? null,
      measure: need.measure,
      stay: need.stay,
      categories: need.categories,
      startsAt: new Date(need.startsAt),
      endsAt: dateOf(need.endsAt),
      testDueAt: dateOf(need.testDueAt),
      testedAt:
        row.latest_test_at && row.latest_test_at.getTime() >= need.startsAt ? row.latest_test_at : null,
      rulesetId: row.ruleset_id ?? '',
    })),
    now,
  )
}

/** Changes of one round: a list of 20,000 contacts in half a minute. */
const CHANGES = 3000
/** Open follow-ups gone through in one round, for tests and new rules: a hundred thousand in three minutes. */
const FOLLOWED = 1500
/** Persons gone through in one round, for whoever was missed: nine million in two hours. */
const WALKED = 4000

/**
 * One round: whose colour changed since the last, the next open follow-ups, and the next persons, who may have been missed.
 * One process is at it at a time; running again changes nothing.
 * @returns whether there is more to do at once
 */
export const syncRound = ({ pool, clock }: Pick<Parts, 'pool' | 'clock'>): Promise<boolean> =>
  inTransaction(pool, async (tx) => {
    const now = clock()
    const marks = await queries.lockMarks(tx)
    if (!marks) return false
    const changed = await queries.listChanged(tx, marks.changes_to, CHANGES)
    const followed = await queries.listFollowed(tx, marks.follow_ups_to, FOLLOWED)
    const forgotten = await queries.listForgotten(tx, marks.persons_to, WALKED)
    await syncFollowUps(
      tx,
      [...new Set([...changed.personIds, ...followed.personIds, ...forgotten.personIds])],
      now,
    )
    // What the doors told nobody of: scans sent late, or a process that ended.
    await raiseAlarms(tx, followed.personIds, now)
    await queries.setMarks(tx, {
      changes_to: changed.last,
      persons_to: forgotten.last,
      follow_ups_to: followed.last,
    })
    return changed.personIds.length > CHANGES / 2
  })
