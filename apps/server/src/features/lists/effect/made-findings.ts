import type { Transaction } from '../../../db/pool.ts'
import { CONFIRMED, tellContacts } from '../../colours/facts/contacts.service.ts'
import { handOverFindings } from '../../colours/facts/finding-statements.ts'
import { dropUnclaimed, withdrawMade } from '../../colours/facts/of-list.queries.ts'
import { listNoLongerConfirmed } from './end-rows.queries.ts'
import { countLeft, countMade, listMade, listMadePersons, type Undoing } from './undoing.ts'

// Another applied list says the same: it inherits.
const HEIRS = (documentIndex: string, row: string) => `select i.import_id, i.proposal_id, i.evidence, i.source
  from listed_again l join imports i on i.import_id = l.import_id and i.state = 'applied' and i.import_id <> $1::bigint
  where l.document_index ${documentIndex} and l.category = ${row}.category and l.anchor_at = ${row}.anchor_at`
const FINDING_HEIRS = HEIRS(
  'in (select document_index from identity_documents d where d.person_id = f.person_id)',
  'f',
)
const WAITING_HEIRS = HEIRS('= u.document_index', 'u')
// As the list made it: not ended, withdrawn or corrected since, and nobody else's as well.
const STANDING = `f.import_id = $1::bigint and f.ended_at is null and f.withdrawn_at is null`
const WAITING = `u.import_id = $1::bigint and u.ended_at is null`

const MADE = `select f.person_id, f.finding_id, null::bigint as test_id from findings f
  where ${STANDING} and f.person_id > $2::bigint and not exists (${FINDING_HEIRS})`

const COUNTS = `select
    (select count(*)::int from findings f where ${STANDING} and not exists (${FINDING_HEIRS}))
      + (select count(*)::int from unclaimed_findings u where ${WAITING} and not exists (${WAITING_HEIRS})) as standing,
    (select count(*)::int from findings f where f.import_id = $1::bigint
        and (f.ended_at is not null or f.withdrawn_at is not null or exists (${FINDING_HEIRS})))
      + (select count(*)::int from unclaimed_findings u where u.import_id = $1::bigint
        and (u.ended_at is not null or exists (${WAITING_HEIRS}))) as changed,
    (select count(distinct u.document_index)::int from unclaimed_findings u where ${WAITING} and not exists (${WAITING_HEIRS})) as unregistered`

const LEFT = `select (select count(*)::int from findings where import_id = $1::bigint and lifted_by is distinct from $2::bigint)
  + (select count(*)::int from unclaimed_findings where import_id = $1::bigint) as count`

/**
 * Leaves what another applied list says too to that list. None of the heirs is undone before the end of the transaction.
 * @returns how much
 */
const handOver = async (tx: Transaction, importId: string): Promise<number> => {
  await tx.query(
    `select from imports where state = 'applied' and import_id in (
       select h.import_id from findings f cross join lateral (${FINDING_HEIRS}) h where ${STANDING}
       union select h.import_id from unclaimed_findings u cross join lateral (${WAITING_HEIRS}) h where ${WAITING})
     order by import_id for share`,
    [importId],
  )
  const pass = async (what: 'registered' | 'waiting', heirs: string, where: string) => {
    const first = `${heirs} order by i.import_id limit 1`
    return (await tx.query(handOverFindings(what, first, where), [importId])).rowCount ?? 0
  }
  const findings = await pass('registered', FINDING_HEIRS, STANDING)
  return findings + (await pass('waiting', WAITING_HEIRS, WAITING))
}

/** The findings that a list made, for persons and for those who have not registered. */
export const MADE_FINDINGS: Undoing = {
  countMade: countMade(COUNTS),
  listMade: listMade(MADE),
  listPersons: listMadePersons('findings'),
  takeBack: async (tx, { import_id: importId, undo_proposal_id, undo_reason }, now, report) => {
    const proposalId = undo_proposal_id ?? ''
    const inherited = await handOver(tx, importId)
    const waiting = await dropUnclaimed(tx, importId, 'findings')
    await report(waiting)
    const withdrawn = await withdrawMade(tx, importId, { proposalId, reason: undo_reason ?? '', at: now })
    const persons = await listNoLongerConfirmed(tx, proposalId, CONFIRMED)
    const followers = await tellContacts(tx, { kind: 'system' }, persons)
    const left = inherited + (await countLeft(tx, LEFT, importId, proposalId))
    return { undone: waiting + withdrawn, left, followers }
  },
}
