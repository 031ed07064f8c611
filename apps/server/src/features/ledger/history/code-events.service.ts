import type { CodeChange, CodeEvent, CodeLookup } from '@jiankangbao/contracts/history/schemas'
import type { StatusReason } from '@jiankangbao/contracts/reasons'
import type { Call } from '@jiankangbao/contracts/schemas'
import { numberToColour } from '@jiankangbao/domain/decision/coding'
import { AppError } from '../../../http/app-error.ts'
import type { CitizenCaller } from '../../../http/caller.ts'
import { readCursor, toPage } from '../../../http/paging.ts'
import type { Parts } from '../../../parts.ts'
import * as queries from './code-events.queries.ts'

const causes: [RegExp, CodeChange['cause']][] = [
  [/^(registration|member|seed)/, 'registration'],
  [/^(finding|proposal|import|appeal|approval)/, 'decision'],
  [/^(test|result|laborator|pool)/, 'test'],
  [/^(time|refresh)/, 'time'],
  [/^(declaration|entry)/, 'declaration'],
  [/^(risk|area|zone)/, 'area'],
  [/^provincial/, 'provincial'],
  [/^ruleset/, 'ruleset'],
  [/^identity/, 'identity'],
]

const toCause = (cause: string): CodeChange['cause'] =>
  causes.find(([pattern]) => pattern.test(cause))?.[1] ?? 'other'

/** A decision is written before the colour it leads to; clocks of two processes may differ by this much. */
const CLOCK_SLACK_MS = 5_000
/** What ended a reason ended it soon after; an older decision ended an earlier one of the same category. */
const ENDING_MS = 24 * 3600_000

const toDecision = (row: queries.DecisionRow | undefined) =>
  row && {
    proposedAt: row.proposed_at.toISOString(),
    proposedBy: row.proposed_by,
    approvedAt: row.approved_at.toISOString(),
    ...(row.approved_by ? { approvedBy: row.approved_by } : {}),
  }

const findDecision = (decisions: queries.DecisionRow[], category: string, at: Date, since?: string) => {
  const before = decisions.filter(
    (row) =>
      row.ends === (since === undefined) &&
      row.category === category &&
      row.approved_at.getTime() <= at.getTime() + CLOCK_SLACK_MS &&
      (!row.ends || row.approved_at.getTime() > at.getTime() - ENDING_MS),
  )
  // Two findings of one category: the one with this anchor, otherwise the newest.
  return before.find((row) => row.anchor_at?.toISOString() === since) ?? before[0]
}

const toReason = (reason: StatusReason, at: Date, decisions: queries.DecisionRow[]) => ({
  category: reason.category,
  ...(reason.title ? { title: reason.title } : {}),
  colour: reason.colour,
  since: reason.since,
  ...(reason.until ? { until: reason.until } : {}),
  ...(reason.condition ? { condition: reason.condition } : {}),
  appealable: reason.appealable,
  ...toDecision(findDecision(decisions, reason.category, at, reason.since)),
})

const toChange = (row: queries.ChangeEventRow, decisions: queries.DecisionRow[]): CodeChange => {
  const held = new Set(row.reasons.map(({ category }) => category))
  const ended = new Map(
    (row.reasons_before ?? [])
      .filter(({ category }) => !held.has(category))
      .map(({ category, title }) => [category, title]),
  )
  return {
    kind: 'change',
    eventId: `c${row.change_id}`,
    at: row.at.toISOString(),
    ...(row.from_colour === null ? {} : { from: numberToColour(row.from_colour) }),
    to: numberToColour(row.to_colour),
    cause: toCause(row.cause),
    reasons: row.reasons.map((reason) => toReason(reason, row.at, decisions)),
    ended: [...ended].map(([category, title]) => ({
      category,
      ...(title ? { title } : {}),
      ...toDecision(findDecision(decisions, category, row.at)),
    })),
  }
}

const toLookup = (row: queries.LookupEventRow): CodeLookup => ({
  kind: 'lookup',
  eventId: `l${row.lookup_id}`,
  at: row.at.toISOString(),
  by: row.organisation,
  purpose: row.purpose,
  means: row.means,
  ...(row.venue_name ? { place: `${row.venue_name} ${row.point_name ?? ''}`.trim() } : {}),
})

interface Ranked {
  event: CodeEvent
  rank: number
  id: string
}

const newestFirst = (a: Ranked, b: Ranked): number =>
  b.event.at.localeCompare(a.event.at) || b.rank - a.rank || Number(BigInt(b.id) - BigInt(a.id))

/** What happened to a person's code: every change with its reasons and decisions, and every look-up. */
export const createCodeEventsService = ({ pool }: Pick<Parts, 'pool'>) => ({
  /**
   * Newest first, of the caller or a member they look after. Offices are named, people are not.
   * @throws AppError NOT_FOUND for a member who is not the caller's, or who has an account of their own
   */
  listMyCodeEvents: async (
    caller: CitizenCaller,
    query: Call<'listMyCodeEvents'>['query'],
  ): Promise<Call<'listMyCodeEvents'>['result']> => {
    const limit = query.limit ?? 20
    const after = queries.toEventPosition(readCursor(query.cursor, 'ranked'))
    const subject = await queries.findSubject(pool, caller.accountId, query.memberId)
    if (!subject) throw new AppError(query.memberId === undefined ? 'NOT_REGISTERED' : 'NOT_FOUND')
    const changes = await queries.listChangeEvents(pool, subject, after, limit + 1)
    const lookups = await queries.listLookupEvents(pool, subject, after, limit + 1)
    const decisions = changes.length > 0 ? await queries.listDecisions(pool, subject.person_id) : []
    const ranked = [
      ...changes.map((row) => ({
        event: toChange(row, decisions),
        rank: queries.CHANGE_RANK,
        id: row.change_id,
      })),
      ...lookups.map((row) => ({ event: toLookup(row), rank: 0, id: row.lookup_id })),
    ].sort(newestFirst)
    const { items, nextCursor } = toPage(ranked, limit, ({ event, rank, id }) => ({
      at: event.at,
      id: `${rank}:${id}`,
    }))
    return {
      who: subject.name_masked,
      colour: numberToColour(subject.colour),
      events: items.map(({ event }) => event),
      ...nextCursor,
    }
  },
})

export type CodeEventsService = ReturnType<typeof createCodeEventsService>
