import { divisionCovers } from '@jiankangbao/domain/division'
import type { Finding } from '@jiankangbao/domain/status/finding'
import {
  canTurnRed,
  type EndKind,
  findStandingRule,
  listEndKinds,
  type RulesInForce,
} from '@jiankangbao/domain/status/ruleset'
import type { Pool, Transaction } from '../../../db/pool.ts'
import { stateConflict } from '../../../http/app-error.ts'
import { wasDecidedAtHeadquarters } from '../../approval/proposal/proposal.service.ts'
import { CONFIRMED, tellContacts } from '../../colours/facts/contacts.service.ts'
import { rejectResultsBehindEnd } from '../../colours/facts/tests.queries.ts'
import { getRulesetInForce } from '../../colours/rules/ruleset.service.ts'
import { previewChanges } from '../../colours/status/status.service.ts'
import { wordColumn } from '../columns/column.ts'
import { COUNTRY, DOCUMENT, DOCUMENT_TYPE, NAME, PHONE, readPerson } from '../columns/person-columns.ts'
import type { ListRow, SharedProblem } from '../columns/reading.ts'
import { CATEGORY, EVIDENCE, readEvidence } from '../columns/shared-columns.ts'
import { readPast, UNTIL } from '../columns/times.ts'
import { holdKind, markConcerned, matchPersons } from '../effect/effect.queries.ts'
import * as queries from '../effect/end-rows.queries.ts'
import { countMoves } from '../effect/moves.ts'
import { Overtaken } from '../effect/overtaken.ts'
import { weighImpact } from '../effect/weight.ts'
import type { ImportRecord, StoredImpact } from '../store/import.queries.ts'
import { listDivisionCodes } from '../store/staging.queries.ts'
import type { ApplyParts, ListKind, LookedRow, OnPersons } from './kind.ts'

/** The end of what a person has of a category. */
interface EndRow extends ListRow {
  document: string
  /** When it ended, epoch milliseconds. */
  at: number
  category: string
  endKind: EndKind
  evidence?: string
}

const END_KIND = wordColumn<EndKind>('endKind', ['解除方式', 'endkind'], {
  ended: ['解除', '结束', '到期解除'],
  withdrawn: ['撤销', '撤回', '误录', '误赋'],
})
/** Offices write when and why a finding ended, not when and why it began. */
const REASON = { ...EVIDENCE, headings: ['解除原因', ...EVIDENCE.headings] }

const PROBLEMS = {
  end_kind_unknown: '解除方式不认识，请写“解除”或“撤销”，或留空',
  end_not_awaited: '此类别按规则到期，不能提前解除；确系误录的，解除方式请写“撤销”',
  end_by_province: '此类别由省级赋码，不能在此解除',
  end_before: '解除日期早于起算日期',
  finding_missing: '此人没有这一类别的赋码依据',
  finding_ended: '此人的这一类别已经解除或撤销',
  finding_outside: '这一赋码依据由其他辖区录入，请由该辖区或市级解除',
  overtaken: '检查之后此人的这一类别已解除、撤销或重新录入，此行没有写入',
} as const
type EndProblem = keyof typeof PROBLEMS

const PERSONS_AT_ONCE = 1000
const ROWS_AT_ONCE = 5000
/** Rows left out that are named; beyond it they are counted only. */
const MOST_NAMED = 100_000

/** Divisions whose findings a list may end: its own, those below it, and those above it, whose findings hold for all. */
const scopeOf = ({ division_code }: ImportRecord, divisions: Iterable<string>): string[] =>
  [...divisions].filter((code) => divisionCovers(division_code, code) || divisionCovers(code, division_code))

/** Why findings of the category can not end this way by the rules; undefined where they can. */
const findRefusal = (
  ruleset: RulesInForce,
  category: string,
  kind: EndKind,
): 'end_by_province' | 'end_not_awaited' | undefined => {
  const possible = listEndKinds(ruleset, category)
  if (possible.length === 0) return 'end_by_province'
  return possible.includes(kind) ? undefined : 'end_not_awaited'
}

const findProblem = (standing: queries.Standing | undefined): EndProblem | undefined => {
  if (!standing) return 'finding_missing'
  if (standing.standing === 0) return 'finding_ended'
  if (standing.own === 0) return 'finding_outside'
  return standing.begun === 0 ? 'end_before' : undefined
}

/** Whether the rows withdraw what can be red: that says the opposite of what headquarters approved. */
const withdrawsRed = (ruleset: RulesInForce, ends: NonNullable<StoredImpact['ends']>): boolean =>
  ends.some(({ category, kind }) => {
    const rule = findStandingRule(ruleset, category)
    return !rule || (kind === 'withdrawn' && canTurnRed(ruleset, category))
  })

const end =
  (ended: Map<string, queries.EndedFinding>) =>
  (findings: Finding[]): Finding[] =>
    findings.flatMap((finding) => {
      const by = ended.get(finding.findingId)
      if (!by) return [finding]
      return by.kind === 'withdrawn' ? [] : [{ ...finding, endedAt: by.at.getTime() }]
    })

/** How many people the rows would take from which colour to which by ending findings. */
const computeEndMoves = async (
  pool: Pool,
  importId: string,
  scope: string[],
  now: Date,
  onPersons: OnPersons,
): Promise<StoredImpact['moves'] | undefined> => {
  const moves = countMoves()
  let done = 0
  for (let after = '0'; ; ) {
    const rows = await queries.listEndedFindings(pool, importId, scope, after, PERSONS_AT_ONCE)
    const last = rows.at(-1)
    if (!last) return moves.list()
    const ended = new Map(rows.flatMap((row) => (row.finding_id ? [[row.finding_id, row] as const] : [])))
    const personIds = [...new Set(rows.map((row) => row.person_id))]
    for (const { from, to } of await previewChanges(pool, personIds, end(ended), now)) moves.add(from, to)
    after = last.person_id
    done += personIds.length
    if (!(await onPersons(done))) return undefined
  }
}

/** The rules may have changed since the decision: they allow these ends, and to whoever decided. */
const requireStillAllowed = async (
  { config }: Pick<ApplyParts, 'config'>,
  tx: Transaction,
  record: ImportRecord,
  now: Date,
): Promise<void> => {
  const ruleset = await getRulesetInForce(tx, now)
  const ends = await queries.listEnds(tx, record.import_id)
  const rowsOf = (some: typeof ends): number => some.reduce((sum, { rows }) => sum + rows, 0)
  const refused = rowsOf(ends.filter(({ category, kind }) => findRefusal(ruleset, category, kind)))
  if (refused > 0) throw new Overtaken('end_refused', refused)
  const red = rowsOf(ends.filter((each) => withdrawsRed(ruleset, [each])))
  if (red === 0) return
  if (!(await wasDecidedAtHeadquarters(tx, record.proposal_id ?? '', config.city.divisionCode)))
    throw new Overtaken('end_needs_hq', red)
}

const keyOf = ({ rowNumber, row, person, documentIndex }: LookedRow<EndRow>): queries.EndKey => ({
  rowNumber,
  personId: person?.personId ?? null,
  documentIndex,
  category: row.category,
  at: new Date(row.at),
})

/** Ends of findings, by person and category. */
export const FINDING_ENDS: ListKind<EndRow, EndProblem> = {
  columns: {
    template: [NAME, DOCUMENT_TYPE, DOCUMENT, CATEGORY, UNTIL, END_KIND, REASON],
    needed: [DOCUMENT, CATEGORY],
    also: [PHONE, COUNTRY],
  },
  template: () => [
    ['示例甲', '居民身份证', '110101199003070000', '封控区', '2022-03-08', '解除', '解除管控通告 12 号'],
    ['示例乙', '居民身份证', '110101198511120000', '密接', '', '撤销', '同名误录，更正函 3 号'],
  ],
  problems: PROBLEMS,
  endsFindings: true,

  // Without a day the finding ends as the list is checked.
  parse: (cell, context) => {
    const problems: (EndProblem | SharedProblem)[] = []
    const person = readPerson(cell, context.nowMs, problems)
    const category = context.categories.find(cell(CATEGORY))
    const endKind = cell(END_KIND) === '' ? 'ended' : END_KIND.read(cell(END_KIND))
    const time = cell(UNTIL) === '' ? { at: context.nowMs } : readPast(cell(UNTIL), context, problems)
    if (!category) problems.push('category_unknown')
    if (!endKind) problems.push('end_kind_unknown')
    if (problems.length > 0 || !time || !category || !endKind) return { ok: false, problems }
    const key = [person.document, category]
    return { ok: true, row: { key, ...person, at: time.at, category, endKind, ...readEvidence(cell) } }
  },

  check: async ({ pool }, record, { ruleset, divisions }) => {
    const scope = scopeOf(record, divisions)
    return {
      check: async (rows) => {
        const found = rows.length > 0 ? await queries.listStanding(pool, rows.map(keyOf), scope) : []
        const standing = new Map(found.map((each) => [each.row_number, each]))
        return rows.map(({ rowNumber, row, nameProblems }) => {
          const problem =
            findRefusal(ruleset, row.category, row.endKind) ?? findProblem(standing.get(rowNumber))
          const problems = [...(problem ? [problem] : []), ...nameProblems]
          if (problems.length > 0) return { ok: false, problems }
          const { category, endKind, evidence = null } = row
          return { ok: true, columns: { at: new Date(row.at), category, evidence, kind: endKind } }
        })
      },
    }
  },

  count: async (pool, record, now, onPersons) => {
    const scope = scopeOf(record, await listDivisionCodes(pool))
    const moves = await computeEndMoves(pool, record.import_id, scope, now, onPersons)
    if (!moves) return undefined
    const ends = await queries.listEnds(pool, record.import_id)
    return { moves, ends: ends.map(({ category, kind }) => ({ category, kind })) }
  },

  concernsRed: async (db, record, now) => {
    if (weighImpact(record).toRed > 0) return true
    return withdrawsRed(await getRulesetInForce(db, now), record.impact?.ends ?? [])
  },

  weigh: async (_db, record) => {
    const { persons, unregistered, worse, better } = weighImpact(record)
    return { persons: persons + unregistered, worse, better: better + unregistered }
  },

  requireByRules: async (db, { impact }, now, step) => {
    if (step === 'propose') return
    const ruleset = await getRulesetInForce(db, now)
    for (const { category, kind } of impact?.ends ?? []) {
      const reason = findRefusal(ruleset, category, kind)
      if (reason) throw stateConflict('kind', reason)
    }
  },

  // Ends what the rows are about, as it was known when they were checked. A row whose finding somebody else ended or
  // withdrew since, or entered anew, ends nothing: it is left out and named.
  apply: async (tx, { parts, record, last, now, report }) => {
    const { import_id: importId } = record
    const proposalId = record.proposal_id ?? ''
    await holdKind(tx, record.kind)
    await requireStillAllowed(parts, tx, record, now)
    const among = { scope: scopeOf(record, await listDivisionCodes(tx)), knownAt: record.checked_at ?? now }
    let ended = await queries.endUnclaimed(tx, importId, among, proposalId)
    await matchPersons(tx, importId)
    for (let after = 0; after < last; after += ROWS_AT_ONCE) {
      const toRow = Math.min(last, after + ROWS_AT_ONCE)
      ended += await queries.endFindings(tx, importId, among, { afterRow: after, toRow, proposalId, at: now })
      await report(toRow)
    }
    const left = await queries.nameLeftRows(tx, importId, proposalId, MOST_NAMED)
    await rejectResultsBehindEnd(tx, proposalId, now)
    const persons = await queries.listNoLongerConfirmed(tx, proposalId, CONFIRMED)
    const followers = await tellContacts(tx, { kind: 'system' }, persons)
    await markConcerned(tx, importId, 'finding.end', followers)
    return { ended, left }
  },
}
