import type { NewImportUndo } from '@jiankangbao/contracts/import/schemas'
import type { Queryable, Transaction } from '../../../db/pool.ts'
import { stateConflict } from '../../../http/app-error.ts'
import type { OperatorCaller } from '../../../http/caller.ts'
import type { Parts } from '../../../parts.ts'
import { findAlarms, weighMoves } from '../../approval/proposal/alarms.service.ts'
import type { ProposalService } from '../../approval/proposal/proposal.service.ts'
import { LIST_KINDS } from '../kinds/kinds.ts'
import * as queries from '../store/import.queries.ts'
import { setUndoProposed } from '../store/undo.queries.ts'
import { FIGURES_LIFE_MS } from './import-proposal.ts'

/** Persons who are looked at for where they belong; as many as of a list. */
const MOST_PERSONS = 5000

/**
 * Defines what the proposed undoing of a list shows and does.
 * @returns makes the proposal for an applied list, held by the caller's transaction; its number, also where it was made before
 */
export const createUndoProposals = ({
  clock,
  config,
  proposals,
}: Pick<Parts, 'clock' | 'config'> & { proposals: ProposalService }) => {
  const requireFigures = ({ undo_effect, undo_counted_at }: queries.ImportRecord): queries.StoredUndo => {
    if (!undo_effect || !undo_counted_at || undo_counted_at.getTime() < clock().getTime() - FIGURES_LIFE_MS)
      throw stateConflict('checkedAt', 'figures_old')
    return undo_effect
  }

  const needsHq = async (db: Queryable, row: queries.ImportRecord): Promise<boolean> => {
    const { toRed, fromRed } = weighMoves(row.undo_effect?.moves ?? [])
    return toRed + fromRed > 0 || LIST_KINDS[row.kind].concernsRed(db, row, clock())
  }

  proposals.defineKind('import.undo', {
    facts: ({ payload }) => ({ undoReason: String(payload.reason ?? '') }),
    foresee: async (db, { import_id }) => {
      const row = await queries.findImport(db, clock(), import_id ?? '')
      if (!row?.undo_effect) return {}
      const { standing, changed, persons, unregistered, moves } = row.undo_effect
      return {
        import: {
          importId: row.import_id,
          kind: row.kind,
          fileName: row.file_name,
          rows: standing,
          changed,
          persons,
          unregistered,
          moves,
          ...(row.impact?.replaced ? { replaced: row.impact.replaced } : {}),
          ...(row.undo_counted_at ? { checkedAt: row.undo_counted_at.toISOString() } : {}),
          ...(row.recount_requested ? { recounting: true } : {}),
        },
      }
    },
    // The rules, and what else is known of its people, may have changed since.
    needsHqNow: async (db, { import_id }) => {
      const row = await queries.findImport(db, clock(), import_id ?? '')
      return !row || needsHq(db, row)
    },
    // Taken back by the job, all of it or nothing.
    approve: async (tx, _caller, { import_id }) => {
      const row = await queries.lockImport(tx, clock(), import_id ?? '')
      if (row?.state !== 'applied') throw stateConflict('state', row?.state ?? '')
      const { standing, changed } = requireFigures(row)
      await queries.setState(tx, row.import_id, 'undoing')
      await tx.query(`select pg_notify('imports', '')`)
      return { standing, changed }
    },
    reject: async () => undefined,
    withdraw: async () => undefined,
  })

  return async (
    tx: Transaction,
    caller: OperatorCaller,
    row: queries.ImportRecord,
    body: NewImportUndo,
  ): Promise<string> => {
    const { undo } = LIST_KINDS[row.kind]
    if (!undo) throw stateConflict('kind', row.kind)
    const subject = { importId: row.import_id }
    const request = { requestId: body.requestId, kind: 'import.undo', subject } as const
    const before = await proposals.findMade(tx, caller, request)
    if (before) return before
    if (row.state !== 'applied') throw stateConflict('state', row.state)
    if (row.undo_open) throw stateConflict('importId', 'open_proposal')
    const effect = requireFigures(row)
    if (effect.standing === 0) throw stateConflict('importId', 'nothing_standing')
    const { worse, better } = weighMoves(effect.moves)
    const persons = effect.persons + effect.unregistered
    const alarms = await findAlarms(tx, config.approval, {
      caller,
      subjects: [],
      concerned: await undo.listPersons(tx, row.import_id, MOST_PERSONS),
      persons,
      worse,
      better: better + effect.unregistered,
      now: clock(),
    })
    const made = await proposals.propose(tx, caller, {
      ...request,
      payload: { evidence: body.evidence, source: row.source, reason: body.reason },
      needsHq: alarms.length > 0 || (await needsHq(tx, row)),
      alarms,
      persons,
    })
    await setUndoProposed(tx, row.import_id, made)
    return made
  }
}
