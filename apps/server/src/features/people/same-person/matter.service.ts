import { mayBeOnePerson } from '@jiankangbao/domain/identity/same-person'
import type { IdentityMatterCause } from '@jiankangbao/domain/vocabulary/people'
import type { Transaction } from '../../../db/pool.ts'
import { inRow } from '../../../keys/encrypted-fields.ts'
import type { FieldEncryption } from '../../../keys/field-encryption.ts'
import { doubt } from '../../colours/facts/standing.queries.ts'
import { writeAudit } from '../../ledger/audit/audit.service.ts'
import { insertMatter, listLikePairs, lockLikeness } from './matter.queries.ts'

// Possible same persons:  open → same | different, each by two operators. While it is open, whoever came second is not green.

/** An office answers within two hours, nights too. */
export const ANSWER_MS = 2 * 3600_000

/** Opens a matter unless these two have one, and holds the later one. The caller evaluates. */
export const openMatter = async (
  tx: Transaction,
  pair: { firstPersonId: string; secondPersonId: string; cause: IdentityMatterCause },
  now: Date,
): Promise<string | undefined> => {
  const matterId = await insertMatter(tx, {
    ...pair,
    openedAt: now,
    dueAt: new Date(now.getTime() + ANSWER_MS),
  })
  if (!matterId) return undefined
  await doubt(tx, pair.firstPersonId, pair.secondPersonId, now)
  await writeAudit(tx, {
    actor: { kind: 'system' },
    action: 'identity_matter.opened',
    objectKind: 'identity_matter',
    objectId: matterId,
    details: { cause: pair.cause, persons: [pair.firstPersonId, pair.secondPersonId] },
  })
  return matterId
}

/**
 * Looks for persons who may be the same human as these, by name, birth date and region under another document, and opens
 * a matter for each pair. The one with the lower number was here first.
 * @param likeness of the document that was just filed; two of one human never miss each other
 * @returns whose colour hangs on it; the caller evaluates them
 */
export const openMattersOf = async (
  tx: Transaction,
  encryption: Pick<FieldEncryption, 'decrypt'>,
  personIds: string[],
  now: Date,
  likeness?: string,
): Promise<string[]> => {
  if (likeness) await lockLikeness(tx, likeness)
  const nameOf = (personId: string, encrypted: Buffer) =>
    encryption.decrypt(encrypted, inRow('persons.name', personId))
  const concerned = new Set<string>()
  for (const pair of await listLikePairs(tx, personIds)) {
    const one = { documentType: pair.document_type, name: nameOf(pair.person_id, pair.name_encrypted) }
    const other = { documentType: pair.other_type, name: nameOf(pair.other_id, pair.other_name_encrypted) }
    if (!mayBeOnePerson(one, other)) continue
    const [first, second] =
      BigInt(pair.person_id) < BigInt(pair.other_id)
        ? [pair.person_id, pair.other_id]
        : [pair.other_id, pair.person_id]
    const opened = await openMatter(
      tx,
      { firstPersonId: first, secondPersonId: second, cause: 'likeness' },
      now,
    )
    if (opened) for (const personId of [first, second]) concerned.add(personId)
  }
  return [...concerned]
}
