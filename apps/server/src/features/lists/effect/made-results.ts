import { dropUnclaimed } from '../../colours/facts/of-list.queries.ts'
import { undoStoredResults } from '../../inflow/laboratory/laboratory.service.ts'
import { countLeft, countMade, listMade, listMadePersons, type Undoing } from './undoing.ts'

// With a positive pool goes what everybody in it has by rule.
const MADE = `select t.person_id, f.finding_id, t.test_id from test_results t
  left join findings f on t.kind = 'pooled' and t.result = 'positive' and f.person_id = t.person_id and f.category = 'pool_positive'
    and f.withdrawn_at is null and f.details ->> 'poolId' = t.partner_id || ':' || t.laboratory_number
  where t.import_id = $1::bigint and t.person_id > $2::bigint and t.revision = t.import_revision and t.withdrawn_at is null`

const COUNTS = `select
    (select count(*)::int from test_results where import_id = $1::bigint and revision = import_revision and withdrawn_at is null)
      + (select count(*)::int from unclaimed_results where import_id = $1::bigint) as standing,
    (select count(*)::int from test_results where import_id = $1::bigint and (revision <> import_revision or withdrawn_at is not null)) as changed,
    (select count(distinct document_index)::int from unclaimed_results where import_id = $1::bigint) as unregistered`

const LEFT = `select count(*)::int as count from test_results where import_id = $1::bigint and undone_by is distinct from $2::bigint`

/** The test results that a list made. */
export const MADE_RESULTS: Undoing = {
  countMade: countMade(COUNTS),
  listMade: listMade(MADE),
  listPersons: listMadePersons('test_results'),
  takeBack: async (tx, record, now, report) => {
    const { import_id: importId } = record
    const proposalId = record.undo_proposal_id ?? ''
    const waiting = await dropUnclaimed(tx, importId, 'results')
    await report(waiting)
    const laboratory = { partnerId: record.partner_id ?? '', name: record.laboratory ?? '' }
    const of = { importId, proposalId }
    const onBatch = (done: number) => report(waiting + done)
    const withdrawn = await undoStoredResults(tx, { kind: 'system' }, laboratory, of, now, onBatch)
    const left = await countLeft(tx, LEFT, importId, proposalId)
    return { undone: waiting + withdrawn, left, followers: [] }
  },
}
