import type { Transaction } from '../../../db/pool.ts'
import { stateConflict } from '../../../http/app-error.ts'
import type { OperatorCaller } from '../../../http/caller.ts'
import type { Parts } from '../../../parts.ts'
import { findAlarms } from '../../approval/proposal/alarms.service.ts'
import type { ProposalService } from '../../approval/proposal/proposal.service.ts'
import { LIST_KINDS } from '../kinds/kinds.ts'
import * as queries from '../store/import.queries.ts'

/** Whoever approves decides on figures of about now. */
export const FIGURES_LIFE_MS = 24 * 3600_000

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
    // Whoever brought the file is not the second person, whoever proposed it.
    writersOf: async (db, { import_id }) => {
      const row = await queries.findImport(db, clock(), import_id ?? '')
      return row ? [row.uploaded_by] : []
    },
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
      return !row || LIST_KINDS[row.kind].concernsRed(db, row, clock())
    },
    // The rows are written by the job, all of them or none.
    approve: async (tx, _caller, { import_id }) => {
      const row = await queries.lockImport(tx, clock(), import_id ?? '')
      if (row) await LIST_KINDS[row.kind].requireByRules?.(tx, row, clock(), 'approve')
      if (!row?.checked_at || row.checked_at.getTime() < clock().getTime() - FIGURES_LIFE_MS)
        throw stateConflict('checkedAt', 'figures_old')
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
    const kind = LIST_KINDS[row.kind]
    await kind.requireByRules?.(tx, row, clock(), 'propose')
    const weight = await kind.weigh(tx, row, clock())
    const alarms = await findAlarms(tx, config.approval, {
      caller,
      subjects: [],
      importId: row.import_id,
      ends: kind.endsFindings === true,
      ...weight,
      now: clock(),
    })
    const made = await proposals.propose(tx, caller, {
      ...request,
      payload: { evidence: row.evidence, source: row.source },
      needsHq: alarms.length > 0 || (await kind.concernsRed(tx, row, clock())),
      alarms,
      persons: weight.persons,
    })
    await queries.setProposed(tx, row.import_id, made)
    return made
  }
}
