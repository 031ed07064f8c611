import type { Transaction } from '../../db/pool.ts'
import { CONFIRMED, tellContacts } from '../finding/contacts.service.ts'
import { holdKind, markConcerned, matchPersons } from './effect.queries.ts'
import { scopeOf } from './end-effect.ts'
import * as queries from './end-rows.queries.ts'
import type { ImportRecord } from './import.queries.ts'
import { listDivisionCodes } from './staging.queries.ts'

const AT_ONCE = 5000

/**
 * Ends what the rows of an approved list are about. What somebody else ended since it was checked stays as it is.
 * @returns how many findings it ended
 */
export const applyEnds = async (
  tx: Transaction,
  record: ImportRecord,
  last: number,
  now: Date,
  report: (rows: number) => Promise<void>,
): Promise<number> => {
  const { import_id: importId, proposal_id } = record
  const proposalId = proposal_id ?? ''
  await holdKind(tx, record.kind)
  const scope = scopeOf(record.division_code, await listDivisionCodes(tx))
  let ended = await queries.endUnclaimed(tx, importId, scope, proposalId)
  await matchPersons(tx, importId)
  for (let after = 0; after < last; after += AT_ONCE) {
    const toRow = Math.min(last, after + AT_ONCE)
    ended += await queries.endFindings(tx, importId, scope, { afterRow: after, toRow, proposalId, at: now })
    await report(toRow)
  }
  await queries.rejectResultsBehind(tx, proposalId, now)
  const persons = await queries.listNoLongerConfirmed(tx, proposalId, CONFIRMED)
  const followers = await tellContacts(tx, { kind: 'system' }, persons)
  await markConcerned(tx, importId, 'finding.end', followers)
  return ended
}
