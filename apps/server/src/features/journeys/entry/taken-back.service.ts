import type { Transaction } from '../../../db/pool.ts'
import { writeAuditOfEach } from '../../ledger/audit/audit.service.ts'

/**
 * Undoes what visits have marked as arrival that turn out to be none: the person was not there, or the phone was far away.
 * A registration that the community has received already stays with them.
 */
export const takeBackArrivals = async (
  tx: Transaction,
  visits: { person_id: string; visited_at: Date }[],
): Promise<void> => {
  const { rows } = await tx.query<{ entry_id: string }>(
    `with none as (
       select person_id, visited_at from jsonb_to_recordset($1::jsonb) as v(person_id bigint, visited_at timestamptz)
     ), undone as (
       update entry_persons ep set arrived_at = null, arrived_point_id = null
       from none where ep.person_id = none.person_id and ep.arrived_at = none.visited_at
       returning ep.entry_id, ep.person_id
     )
     update entry_registrations e set state = 'submitted', arrived_at = null, arrived_point_id = null
     where e.state = 'arrived' and e.entry_id in (select entry_id from undone) and not exists (
       select from entry_persons ep where ep.entry_id = e.entry_id and ep.arrived_at is not null
         and (ep.entry_id, ep.person_id) not in (select entry_id, person_id from undone))
     returning e.entry_id`,
    [JSON.stringify(visits.map(({ person_id, visited_at }) => ({ person_id, visited_at })))],
  )
  await writeAuditOfEach(
    tx,
    { actor: { kind: 'system' }, action: 'entry.arrival_taken_back', objectKind: 'declaration' },
    rows.map(({ entry_id }) => ({ objectId: entry_id })),
  )
}
