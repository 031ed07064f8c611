import type { Transaction } from '../../../db/pool.ts'
import { AppError, stateConflict } from '../../../http/app-error.ts'
import { inRow } from '../../../keys/encrypted-fields.ts'
import type { FieldEncryption } from '../../../keys/field-encryption.ts'
import type { Parts } from '../../../parts.ts'
import * as standing from '../../colours/facts/standing.queries.ts'
import { evaluateNow } from '../../colours/status/status.service.ts'
import { moveNumber } from '../account/moved-number.ts'
import { findPersonByDocument, lockIdentity } from '../person/identity.queries.ts'
import { type IdentityBody, parseIdentity, replaceDocument } from '../person/identity.service.ts'
import type { IdentityChangeRow } from './change.queries.ts'
import { closeMatter, closeMattersBetween } from './matter.queries.ts'

/** A document, and of a correction the number of the person's account where it changes. */
export interface ProposedDocument extends IdentityBody {
  /** E.164. */
  phone?: string | undefined
}

/** The document of a proposal, as it was read. */
export const readDocument = (
  encryption: Pick<FieldEncryption, 'decrypt'>,
  changeId: string,
  encrypted: Buffer,
): ProposedDocument =>
  JSON.parse(encryption.decrypt(encrypted, inRow('identity_changes.document', changeId))) as ProposedDocument

const renew = async (
  tx: Transaction,
  parts: Pick<Parts, 'encryption' | 'onKnownPerson' | 'onNumberMoved'>,
  row: IdentityChangeRow,
  todayOn: string,
  now: Date,
): Promise<void> => {
  const { encryption } = parts
  if (!row.document_encrypted) throw new Error('an open renewal has its document')
  const { phone, ...document } = readDocument(encryption, row.change_id, row.document_encrypted)
  const identity = parseIdentity(encryption, document, todayOn, { birthMayBeUnknown: true })
  await lockIdentity(tx, identity.documentIndex)
  const found = await findPersonByDocument(tx, identity.documentIndex)
  // Somebody registered with it meanwhile: that is a matter of its own.
  if (found && found.personId !== row.person_id) throw stateConflict('document', 'registered')
  await replaceDocument(tx, parts, row.person_id, identity, now)
  if (phone) await moveNumber(tx, parts, { personId: row.person_id, phone }, now)
}

/** Does what was approved, and colours whom it concerns anew. */
export const applyChange = async (
  tx: Transaction,
  parts: Pick<Parts, 'encryption' | 'onKnownPerson' | 'onNumberMoved'>,
  row: IdentityChangeRow,
  { todayOn, now }: { todayOn: string; now: Date },
): Promise<void> => {
  const { person_id: personId, other_person_id: otherId } = row
  const concerned = [personId, ...(otherId ? [otherId] : [])]
  switch (row.kind) {
    case 'merge':
      if (!otherId) throw new Error('a merge has two persons')
      await standing.unite(tx, personId, otherId, now)
      await standing.endDoubt(tx, personId, otherId)
      await closeMattersBetween(tx, personId, otherId, 'same', now)
      break
    case 'keep_apart':
      if (!otherId || !row.matter_id) throw new Error('somebody else than whom')
      await standing.endDoubt(tx, personId, otherId)
      if (!(await closeMatter(tx, row.matter_id, 'different', now))) throw stateConflict('matter', 'closed')
      break
    case 'unmerge': {
      const others = await standing.separate(tx, personId)
      if (others.length === 0) throw stateConflict('person', 'not_merged')
      for (const other of others) await closeMattersBetween(tx, personId, other, 'different', now)
      concerned.push(...others)
      break
    }
    case 'set_absence':
      if (!row.absence) throw new Error('an absence has its kind')
      await standing.setAbsence(tx, personId, row.absence, now)
      break
    case 'end_absence':
      if (!(await standing.endAbsence(tx, personId))) throw stateConflict('person', 'not_absent')
      break
    case 'renew':
    case 'correct':
      await renew(tx, parts, row, todayOn, now)
      break
    default:
      throw new AppError('NOT_FOUND')
  }
  await evaluateNow(tx, concerned, `identity_${row.kind}`, now)
}
