import {
  canTurnRed,
  findStandingRule,
  listCategoryColours,
  type RulesInForce,
} from '@jiankangbao/domain/status/ruleset'
import type { Queryable, Transaction } from '../../../db/pool.ts'
import { stateConflict } from '../../../http/app-error.ts'
import type { OperatorCaller } from '../../../http/caller.ts'
import type { Parts } from '../../../parts.ts'
import { findAlarms, weighMoves } from '../../approval/proposal/alarms.service.ts'
import type { ProposalService } from '../../approval/proposal/proposal.service.ts'
import { getRulesetInForce } from '../../colours/rules/ruleset.service.ts'
import { findEndRefusal, withdrawsRed } from '../effect/end-effect.ts'
import { countRetiredRows } from '../effect/retired-rows.ts'
import * as queries from '../store/import.queries.ts'
import { countUnregistered, listStagedCategories, type StagedCategory } from '../store/staging.queries.ts'

/** Whoever approves decides on figures of about now. */
export const FIGURES_LIFE_MS = 24 * 3600_000

/** The category a staged result counts as; a negative makes nobody's colour worse. */
const categoryOf = (ruleset: RulesInForce, staged: StagedCategory): string | null => {
  if (staged.category !== null) return staged.category
  if (staged.result !== 'positive') return null
  return staged.kind === 'pooled' ? 'pool_positive' : ruleset.standingPositiveCategory
}

const canWorsen = (ruleset: RulesInForce, category: string): boolean => {
  const rule = findStandingRule(ruleset, category)
  return !rule || listCategoryColours(rule).some((colour) => colour !== 'green')
}

const requireInRules = async (db: Queryable, row: queries.ImportRecord, now: Date): Promise<void> => {
  if ((await countRetiredRows(db, row, now)) > 0) throw stateConflict('category', 'retired')
}

/** Whether the list can turn people red by the rules of now, or withdraws red, told from what was counted when it was checked. */
export const concernsRed = async (
  db: Queryable,
  { kind, impact }: queries.ImportRecord,
  now: Date,
): Promise<boolean> => {
  // An area reaches everybody who was there, in whichever division, now and later.
  if (kind === 'risk_areas') return true
  if (kind === 'venues') return false
  if (weighMoves(impact?.moves ?? []).toRed > 0) return true
  const ruleset = await getRulesetInForce(db, now)
  if (kind === 'finding_ends') return withdrawsRed(ruleset, impact?.ends ?? [])
  const positives = [ruleset.standingPositiveCategory, 'pool_positive']
  const categories = (impact?.categories ?? []).flatMap(({ category }) =>
    kind === 'test_results' ? (category === 'positive' ? positives : []) : [category],
  )
  return categories.some((category) => category !== null && canTurnRed(ruleset, category))
}

/** The rules may have changed since the list was checked. */
const requireEndable = async (db: Queryable, { impact }: queries.ImportRecord, now: Date): Promise<void> => {
  const ruleset = await getRulesetInForce(db, now)
  for (const { category, kind } of impact?.ends ?? []) {
    const reason = findEndRefusal(ruleset, category, kind)
    if (reason) throw stateConflict('kind', reason)
  }
}

/** Of how many people who are not here yet the rows would make the colour worse. */
const countWorseUnregistered = async (db: Queryable, importId: string, now: Date): Promise<number> => {
  const ruleset = await getRulesetInForce(db, now)
  const worsening = (await listStagedCategories(db, importId)).filter((staged) => {
    const category = categoryOf(ruleset, staged)
    return category !== null && canWorsen(ruleset, category)
  })
  return worsening.length === 0 ? 0 : countUnregistered(db, importId, worsening)
}

/**
 * By how many persons a list counts, whoever is registered by then. Negative results end yellow for thousands every day;
 * that they end red is unusual.
 */
const weigh = async (db: Queryable, { import_id, kind, impact }: queries.ImportRecord, now: Date) => {
  const { worse, better, fromRed } = weighMoves(impact?.moves ?? [])
  const { persons = 0, unregistered = 0 } = impact ?? {}
  if (kind === 'finding_ends')
    return { persons: persons + unregistered, worse, better: better + unregistered }
  const makesFindings = kind === 'findings' || kind === 'home_monitoring'
  return {
    persons: makesFindings ? persons + unregistered : worse,
    worse: worse + (await countWorseUnregistered(db, import_id, now)),
    better: kind === 'test_results' ? fromRed : better,
  }
}

/**
 * Defines what a proposed list shows and does.
 * @returns makes the proposal of a checked list, held by the caller's transaction; its number, also where it was made before
 */
export const createImportProposals = ({
  clock,
  config,
  proposals,
}: Pick<Parts, 'clock' | 'config'> & { proposals: ProposalService }) => {
  proposals.defineKind('import.apply', {
    foresee: async (db, proposal) => {
      const row = await queries.findImport(db, clock(), proposal.import_id ?? '')
      if (!row) return {}
      const { persons = 0, unregistered = 0, moves = [], unknownPlaces } = row.impact ?? {}
      return {
        import: {
          importId: row.import_id,
          kind: row.kind,
          fileName: row.file_name,
          rows: Number(row.rows_good),
          persons,
          unregistered,
          moves,
          ...(unknownPlaces ? { unknownPlaces } : {}),
          ...(row.checked_at ? { checkedAt: row.checked_at.toISOString() } : {}),
          ...(row.recount_requested ? { recounting: true } : {}),
        },
      }
    },
    // The rules may have changed since, and the list does not depend on who is registered today.
    needsHqNow: async (db, { import_id }) => {
      const row = await queries.findImport(db, clock(), import_id ?? '')
      return !row || concernsRed(db, row, clock())
    },
    // The rows are written by the job, all of them or none.
    approve: async (tx, _caller, { import_id }) => {
      const row = await queries.lockImport(tx, clock(), import_id ?? '')
      if (row) await requireEndable(tx, row, clock())
      if (!row?.checked_at || row.checked_at.getTime() < clock().getTime() - FIGURES_LIFE_MS)
        throw stateConflict('checkedAt', 'figures_old')
      await requireInRules(tx, row, clock())
      await queries.setState(tx, row.import_id, 'applying')
      await tx.query(`select pg_notify('imports', '')`)
      return { rows: Number(row.rows_good) }
    },
    reject: async (tx, { import_id }) => {
      await queries.setState(tx, import_id ?? '', 'rejected')
      await queries.dropContent(tx, import_id ?? '', true)
    },
    withdraw: (tx, { import_id }) => queries.setState(tx, import_id ?? '', 'checked'),
  })

  return async (
    tx: Transaction,
    caller: OperatorCaller,
    row: queries.ImportRecord,
    requestId: string,
  ): Promise<string> => {
    const request = { requestId, kind: 'import.apply', subject: { importId: row.import_id } } as const
    const before = await proposals.findMade(tx, caller, request)
    if (before) return before
    if (row.state === 'proposed' && row.proposal_id) return row.proposal_id
    if (row.state !== 'checked') throw stateConflict('state', row.state)
    if (row.rows_good === '0' || row.rows_good !== row.rows_read) throw stateConflict('rows', 'refused')
    await requireInRules(tx, row, clock())
    const weight = await weigh(tx, row, clock())
    const alarms = await findAlarms(tx, config.approval, {
      caller,
      subjects: [],
      importId: row.import_id,
      ends: row.kind === 'finding_ends',
      ...weight,
      now: clock(),
    })
    const made = await proposals.propose(tx, caller, {
      ...request,
      payload: { evidence: row.evidence, source: row.source },
      needsHq: alarms.length > 0 || (await concernsRed(tx, row, clock())),
      alarms,
      persons: weight.persons,
    })
    await queries.setProposed(tx, row.import_id, made)
    return made
  }
}
