import type { Transaction } from '../../../db/pool.ts'
import type { Parts } from '../../../parts.ts'
import { wasDecidedAtHeadquarters } from '../../approval/proposal/proposal.service.ts'
import { CONFIRMED, tellContacts } from '../../colours/facts/contacts.service.ts'
import { rejectResultsBehindEnd } from '../../colours/facts/tests.queries.ts'
import { getRulesetInForce } from '../../colours/rules/ruleset.service.ts'
import { CELLS_CONTEXT } from '../store/contexts.ts'
import type { ImportRecord } from '../store/import.queries.ts'
import { listDivisionCodes } from '../store/staging.queries.ts'
import { holdKind, markConcerned, matchPersons } from './effect.queries.ts'
import { findEndRefusal, scopeOf, withdrawsRed } from './end-effect.ts'
import * as queries from './end-rows.queries.ts'
import { Overtaken } from './overtaken.ts'

const AT_ONCE = 5000
/** Rows left out that are named; beyond it they are counted only. */
const MOST_NAMED = 100_000

/** The rules may have changed since the decision: they allow these ends, and to whoever decided. */
const requireByRules = async (
  { config }: Pick<Parts, 'config'>,
  tx: Transaction,
  record: ImportRecord,
  now: Date,
): Promise<void> => {
  const ruleset = await getRulesetInForce(tx, now)
  const ends = await queries.listEnds(tx, record.import_id)
  const rowsOf = (some: typeof ends): number => some.reduce((sum, { rows }) => sum + rows, 0)
  const refused = rowsOf(ends.filter(({ category, kind }) => findEndRefusal(ruleset, category, kind)))
  if (refused > 0) throw new Overtaken('end_refused', refused)
  const red = rowsOf(ends.filter((each) => withdrawsRed(ruleset, [each])))
  if (red === 0) return
  if (!(await wasDecidedAtHeadquarters(tx, record.proposal_id ?? '', config.city.divisionCode)))
    throw new Overtaken('end_needs_hq', red)
}

/**
 * Ends what the rows of an approved list are about, as it was known when they were checked. A row whose finding somebody
 * else ended or withdrew since, or entered anew, ends nothing: it is left out and named.
 * @returns how many findings it ended, and how many rows were left out
 */
export const applyEnds = async (
  parts: Pick<Parts, 'config' | 'encryption'>,
  tx: Transaction,
  record: ImportRecord,
  { last, now }: { last: number; now: Date },
  report: (rows: number) => Promise<void>,
): Promise<{ ended: number; left: number }> => {
  const { import_id: importId, proposal_id } = record
  const proposalId = proposal_id ?? ''
  await holdKind(tx, record.kind)
  await requireByRules(parts, tx, record, now)
  const among = {
    scope: scopeOf(record.division_code, await listDivisionCodes(tx)),
    knownAt: record.checked_at ?? now,
  }
  let ended = await queries.endUnclaimed(tx, importId, among, proposalId)
  await matchPersons(tx, importId)
  for (let after = 0; after < last; after += AT_ONCE) {
    const toRow = Math.min(last, after + AT_ONCE)
    ended += await queries.endFindings(tx, importId, among, { afterRow: after, toRow, proposalId, at: now })
    await report(toRow)
  }
  const noCells = parts.encryption.encrypt('[]', CELLS_CONTEXT)
  const left = await queries.nameLeftRows(tx, importId, proposalId, noCells, MOST_NAMED)
  await rejectResultsBehindEnd(tx, proposalId, now)
  const persons = await queries.listNoLongerConfirmed(tx, proposalId, CONFIRMED)
  const followers = await tellContacts(tx, { kind: 'system' }, persons)
  await markConcerned(tx, importId, 'finding.end', followers)
  return { ended, left }
}
