import { isDeepStrictEqual } from 'node:util'
import { colourToNumber, numberToColour } from '@jiankangbao/domain/decision/coding'
import type { Colour } from '@jiankangbao/domain/status/colour'
import type { Finding, TestResult } from '@jiankangbao/domain/status/finding'
import type { StatusEvaluation } from '@jiankangbao/domain/status/reason'
import type { RulesInForce } from '@jiankangbao/domain/status/ruleset'
import type { Queryable, Transaction } from '../../../db/pool.ts'
import { markTextsDue } from '../../ledger/colour-text/colour-text.service.ts'
import { writeNotices } from '../../ledger/notice/notice.service.ts'
import { loadStandings } from '../facts/standing.queries.ts'
import { getRulesetInForce } from '../rules/ruleset.service.ts'
import {
  evaluateFacts,
  listRelated,
  loadPersonFacts,
  type PersonFacts,
  type StatusFacts,
} from './person-facts.ts'
import { toStatusReason } from './reasons.ts'
import * as queries from './status.queries.ts'

/** Holds persons until commit against their evaluation and against each other. */
export const holdPersons = queries.lockPersons

/** Marks persons for evaluation, in the transaction of what changed them; a worker takes them within a moment. */
export const markDirty = (tx: Transaction, personIds: string[], cause: string): Promise<void> =>
  queries.insertDirty(tx, personIds, cause)

const newest = (tests: TestResult[]): TestResult | undefined =>
  tests.reduce<TestResult | undefined>(
    (best, test) => (!best || test.sampledAt > best.sampledAt ? test : best),
    undefined,
  )

const toRow = (
  personId: string,
  tests: TestResult[],
  evaluation: StatusEvaluation,
  ruleset: RulesInForce,
): queries.EvaluatedRow => {
  const latest = newest(tests)
  const negative = newest(tests.filter((test) => test.result === 'negative'))
  return {
    personId,
    colour: colourToNumber(evaluation.colour),
    reasons: evaluation.reasons.map((reason) => toStatusReason(reason, ruleset)),
    nextChangeAt: evaluation.nextChangeAt === null ? null : new Date(evaluation.nextChangeAt),
    latestTest: latest
      ? { sampledAt: new Date(latest.sampledAt), negative: latest.result === 'negative' }
      : null,
    latestNegativeAt: negative ? new Date(negative.sampledAt) : null,
  }
}

const keyOf = (reasons: { category: string; colour: string }[]): string =>
  reasons
    .map((reason) => `${reason.category}:${reason.colour}`)
    .sort()
    .join()

const isChanged = (before: queries.CurrentRow | undefined, after: queries.EvaluatedRow): boolean =>
  !before ||
  before.colour !== after.colour ||
  keyOf(before.reasons) !== keyOf(after.reasons as queries.CurrentRow['reasons'])

/** An evaluation that says what was said before is written again only after this: a row not written costs nothing. */
const REWRITE_MS = 12 * 3600_000

const timeOf = (instant: Date | null | undefined): number | undefined => instant?.getTime()

const isWorthWriting = (
  before: queries.CurrentRow | undefined,
  after: queries.EvaluatedRow,
  rulesetId: string,
  now: Date,
): boolean =>
  !before ||
  before.colour !== after.colour ||
  before.ruleset_id !== rulesetId ||
  now.getTime() - before.evaluated_at.getTime() > REWRITE_MS ||
  timeOf(before.next_change_at) !== timeOf(after.nextChangeAt) ||
  timeOf(before.latest_test_at) !== timeOf(after.latestTest?.sampledAt) ||
  (before.latest_test_negative ?? undefined) !== after.latestTest?.negative ||
  timeOf(before.latest_negative_at) !== timeOf(after.latestNegativeAt) ||
  !isDeepStrictEqual(before.reasons, after.reasons)

const isOfAbsent = (reasons: unknown[]): boolean =>
  (reasons as { category: string }[]).some(
    ({ category }) => category === 'deceased' || category === 'moved_away',
  )

const tellAccounts = async (tx: Transaction, changes: queries.ChangeRow[], now: Date): Promise<void> => {
  const recoloured = changes.filter(
    (change) =>
      change.fromColour !== null && change.fromColour !== change.toColour && !isOfAbsent(change.reasons),
  )
  if (recoloured.length === 0) return
  const byPerson = new Map(recoloured.map((change) => [change.personId, change]))
  const holders = await queries.listHoldingAccounts(tx, [...byPerson.keys()])
  const notices = holders.map((holder) => {
    const change = byPerson.get(holder.personId)
    const details = {
      name: holder.nameMasked,
      from: numberToColour(change?.fromColour),
      to: numberToColour(change?.toColour),
      ...(holder.memberId ? { memberId: holder.memberId } : {}),
    }
    return { accountId: holder.accountId, details }
  })
  await writeNotices(tx, 'colour_changed', notices, now)
  const accountIds = holders.map(({ accountId }) => accountId)
  await markTextsDue(tx, accountIds, now)
}

const toChange = (
  row: queries.EvaluatedRow,
  before: queries.CurrentRow | undefined,
  cause: string,
): queries.ChangeRow => ({
  personId: row.personId,
  fromColour: before?.colour ?? null,
  toColour: row.colour,
  reasons: row.reasons,
  cause,
})

// Somebody who is, or may be, one human with another has the colour of both: they are evaluated together.
const withRelated = async (tx: Transaction, causes: Map<string, string>): Promise<Map<string, string>> => {
  const related = listRelated(await loadStandings(tx, [...causes.keys()]))
  const missing = related.filter((personId) => !causes.has(personId))
  if (missing.length === 0) return causes
  return withRelated(tx, new Map([...causes, ...missing.map((each) => [each, 'identity'] as const)]))
}

// The only writer of status_current and status_changes.
const evaluate = async (tx: Transaction, asked: Map<string, string>, now: Date): Promise<void> => {
  if (asked.size === 0) return
  const causes = await withRelated(tx, asked)
  const personIds = [...causes.keys()]
  const ruleset = await getRulesetInForce(tx, now)
  await queries.lockPersons(tx, personIds)
  // Read under the lock: who became whom meanwhile waits for it too.
  const facts = await loadPersonFacts(tx, personIds)
  const before = await queries.loadCurrent(tx, personIds)
  const evaluated = personIds.map((personId) => {
    const own = facts.of(personId)
    return toRow(personId, own.tests, evaluateFacts(own, ruleset, now), ruleset)
  })
  const worthWriting = evaluated.filter((row) =>
    isWorthWriting(before.get(row.personId), row, ruleset.id, now),
  )
  if (worthWriting.length === 0) return
  await queries.upsertStatus(tx, worthWriting, ruleset.id, now)
  const changes = worthWriting
    .filter((row) => isChanged(before.get(row.personId), row))
    .map((row) => toChange(row, before.get(row.personId), causes.get(row.personId) ?? 'unknown'))
  if (changes.length === 0) return
  await queries.recordChanges(tx, changes, ruleset.id, now)
  await tellAccounts(tx, changes, now)
}

/** Evaluates inside the given transaction, so that the colour is there when it commits. */
export const evaluateNow = (
  tx: Transaction,
  personIds: string[],
  cause: string,
  now = new Date(),
): Promise<void> => evaluate(tx, new Map(personIds.map((personId) => [personId, cause])), now)

/**
 * Takes up to `limit` dirty persons and evaluates them in the same transaction. Returns how many there were.
 * @param only this person, or those that somebody waits for
 */
export const evaluateDirty = async (
  tx: Transaction,
  limit: number,
  now: Date,
  only?: queries.OnlyDirty,
): Promise<number> => {
  const taken = await queries.takeDirty(tx, limit, only)
  await evaluate(tx, new Map(taken.map(({ personId, cause }) => [personId, cause])), now)
  return taken.length
}

/** How long an evaluation is believed without being repeated; policies call one stale after a week. */
const REFRESH_MS = 3 * 24 * 3600_000

/** Marks those whose colour changes by itself by now. Returns how many. */
export const markDue = queries.markDue

/**
 * Marks those among the next `limit` persons after `personId` whose evaluation grew old, or was made by another ruleset
 * than the one in force.
 * @returns where to go on; undefined at the end
 */
export const markStale = (
  db: Queryable,
  personId: string,
  now: Date,
  limit: number,
): Promise<string | undefined> =>
  queries.markStale(db, personId, { now, staleBefore: new Date(now.getTime() - REFRESH_MS) }, limit)

/**
 * Evaluates the next `limit` persons after `personId`, whoever they are: for going through a whole city after a new
 * ruleset. @returns how many, and the last one; an empty text at the end
 */
export const evaluateNext = async (
  tx: Transaction,
  personId: string,
  limit: number,
  cause: string,
  now: Date,
): Promise<{ evaluated: number; last: string }> => {
  const personIds = await queries.listPersonsAfter(tx, personId, limit)
  await evaluate(tx, new Map(personIds.map((each) => [each, cause])), now)
  return { evaluated: personIds.length, last: personIds.at(-1) ?? '' }
}

/**
 * The colours that the next `limit` persons after `personId` have, and would have by another ruleset; writes nothing.
 * Somebody never evaluated counts as `none`. @returns the last one too; an empty text at the end
 */
export const compareNext = async (
  db: Queryable,
  personId: string,
  limit: number,
  ruleset: RulesInForce,
  now: Date,
): Promise<{ compared: { personId: string; from: Colour; to: Colour }[]; last: string }> => {
  const personIds = await queries.listPersonsAfter(db, personId, limit)
  const facts = await loadPersonFacts(db, personIds)
  const current = await queries.loadCurrent(db, personIds)
  const compared = personIds.map((each) => ({
    personId: each,
    from: numberToColour(current.get(each)?.colour),
    to: evaluateFacts(facts.of(each), ruleset, now).colour,
  }))
  return { compared, last: personIds.at(-1) ?? '' }
}

/** Marks the next `limit` persons after `personId`, behind whoever somebody waits for. @returns how many, and the last one; an empty text at the end */
export const markNext = async (
  tx: Transaction,
  personId: string,
  limit: number,
  cause: string,
): Promise<{ marked: number; last: string }> => {
  const personIds = await queries.listPersonsAfter(tx, personId, limit)
  await queries.insertDirty(tx, personIds, cause, 1)
  return { marked: personIds.length, last: personIds.at(-1) ?? '' }
}

/** The colours that facts and holds give these persons now; writes nothing. */
export const listColours = async (
  db: Queryable,
  personIds: string[],
  now: Date,
): Promise<Map<string, Colour>> => {
  const ruleset = await getRulesetInForce(db, now)
  const facts = await loadPersonFacts(db, personIds)
  return new Map(personIds.map((each) => [each, evaluateFacts(facts.of(each), ruleset, now).colour]))
}

/**
 * The colours of many persons now, and with what would be added to their findings and tests; writes nothing.
 * @param added by person
 */
export const previewAdditions = async (
  db: Queryable,
  added: Map<string, StatusFacts>,
  now: Date,
): Promise<{ personId: string; from: Colour; to: Colour }[]> => {
  const personIds = [...added.keys()]
  const ruleset = await getRulesetInForce(db, now)
  const facts = await loadPersonFacts(db, personIds)
  const colourOf = (each: PersonFacts): Colour => evaluateFacts(each, ruleset, now).colour
  return [...added].map(([personId, more]) => {
    const before = facts.of(personId)
    const after = {
      ...before,
      findings: [...before.findings, ...more.findings],
      tests: [...before.tests, ...more.tests],
    }
    return { personId, from: colourOf(before), to: colourOf(after) }
  })
}

/** The colours of many persons now, and with the findings of each changed; writes nothing. */
export const previewChanges = async (
  db: Queryable,
  personIds: string[],
  change: (findings: Finding[]) => Finding[],
  now: Date,
): Promise<{ personId: string; from: Colour; to: Colour }[]> => {
  const ruleset = await getRulesetInForce(db, now)
  const facts = await loadPersonFacts(db, personIds)
  return personIds.map((personId) => {
    const before = facts.of(personId)
    const colourOf = (findings: Finding[]): Colour =>
      evaluateFacts({ ...before, findings }, ruleset, now).colour
    return { personId, from: colourOf(before.findings), to: colourOf(change(before.findings)) }
  })
}

/**
 * The colours of many persons now, and with some of their findings and tests replaced by others; writes nothing.
 * @param changes by person: what goes, by number, and what comes
 */
export const previewReplacements = async (
  db: Queryable,
  changes: Map<string, StatusFacts & { findingIds: Set<string>; testIds: Set<string> }>,
  now: Date,
): Promise<{ personId: string; from: Colour; to: Colour }[]> => {
  const personIds = [...changes.keys()]
  const ruleset = await getRulesetInForce(db, now)
  const facts = await loadPersonFacts(db, personIds)
  const colourOf = (each: PersonFacts): Colour => evaluateFacts(each, ruleset, now).colour
  return [...changes].map(([personId, change]) => {
    const before = facts.of(personId)
    const after = {
      ...before,
      findings: [
        ...before.findings.filter(({ findingId }) => !change.findingIds.has(findingId)),
        ...change.findings,
      ],
      tests: [...before.tests.filter(({ testId }) => !change.testIds.has(testId)), ...change.tests],
    }
    return { personId, from: colourOf(before), to: colourOf(after) }
  })
}

/** The colour now, and what it would be with the person's findings changed; writes nothing. */
export const previewChange = async (
  db: Queryable,
  personId: string,
  change: (findings: Finding[]) => Finding[],
  now: Date,
): Promise<{ from: Colour; to: Colour; until: Date | undefined }> => {
  const ruleset = await getRulesetInForce(db, now)
  const facts = (await loadPersonFacts(db, [personId])).of(personId)
  const evaluateWith = (findings: Finding[]) => evaluateFacts({ ...facts, findings }, ruleset, now)
  const after = evaluateWith(change(facts.findings))
  const until = after.reasons.find((reason) => reason.colour === after.colour)?.until
  return {
    from: evaluateWith(facts.findings).colour,
    to: after.colour,
    until: until && until > now.getTime() ? new Date(until) : undefined,
  }
}

/** The findings that give the person's colour this reason now. A positive test that stands alone is none. */
export const listFindingsBehind = async (
  db: Queryable,
  personId: string,
  category: string,
  now: Date,
): Promise<string[]> => {
  const ruleset = await getRulesetInForce(db, now)
  const facts = (await loadPersonFacts(db, [personId])).of(personId)
  return evaluateFacts(facts, ruleset, now)
    .reasons.filter((reason) => reason.category === category)
    .flatMap(({ findingId }) => findingId ?? [])
}
