import { divisionPrefix } from '@jiankangbao/domain/division'
import type { Transaction } from '../../../db/pool.ts'
import { type AuditInput, writeAuditOfEach } from '../../ledger/audit/audit.service.ts'
import { markDirty } from '../status/status.service.ts'
import * as queries from './contacts.queries.ts'

/** The category by which a contact counts as having turned positive. */
export const CONFIRMED = 'confirmed'

/**
 * Takes to everybody who hangs on these persons whether, and since when, their contact is confirmed.
 * @returns those to whom it took something, for the caller to mark
 */
export const tellContacts = async (
  tx: Transaction,
  actor: AuditInput['actor'],
  contactPersonIds: string[],
): Promise<string[]> => {
  if (contactPersonIds.length === 0) return []
  await queries.lockContacts(tx)
  const followed = await queries.followContacts(tx, contactPersonIds)
  const tell = (action: string, rows: queries.FollowedRow[]): Promise<void> =>
    writeAuditOfEach(
      tx,
      { actor, action, objectKind: 'finding' },
      rows.map(({ finding_id, person_id }) => ({ objectId: finding_id, details: { personId: person_id } })),
    )
  await tell(
    'finding.contact_positive',
    followed.filter(({ positive_at }) => positive_at),
  )
  await tell(
    'finding.contact_cleared',
    followed.filter(({ positive_at }) => !positive_at),
  )
  return followed.map((row) => row.person_id)
}

/** The same, marked; to be called in the transaction of whatever may have changed that, or names a contact. */
export const followContacts = async (
  tx: Transaction,
  actor: AuditInput['actor'],
  contactPersonIds: string[],
): Promise<void> => {
  const followed = await tellContacts(tx, actor, contactPersonIds)
  if (followed.length > 0) await markDirty(tx, followed, 'finding')
}

/** As `tellContacts`, for the persons whom a list has just confirmed, or on whom its findings hang. */
export const tellContactsOfImport = async (tx: Transaction, importId: string): Promise<string[]> =>
  tellContacts(tx, { kind: 'system' }, await queries.listConcernedByImport(tx, importId))

/** Of these documents (blind indexes) the active contacts within a division, by hex of the index. */
export const findActiveContacts = (
  tx: Transaction,
  documentIndexes: Buffer[],
  categories: string[],
  divisionCode: string,
): Promise<Map<string, string>> =>
  queries.findActiveContacts(tx, documentIndexes, categories, divisionPrefix(divisionCode))
