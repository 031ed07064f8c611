import { regionOfDocument } from '@jiankangbao/domain/identity/lifelong'
import { inTransaction } from '../../../db/pool.ts'
import { inRow } from '../../../keys/encrypted-fields.ts'
import { documentKey } from '../../../keys/field-encryption.ts'
import type { Parts } from '../../../parts.ts'
import { markDirty } from '../../colours/status/status.service.ts'
import { openMatter, openMattersOf } from '../same-person/matter.service.ts'
import {
  type FormerDocument,
  fileFormerDocuments,
  holdFormerDocuments,
  listLifelongPairs,
} from './former-documents.queries.ts'
import { likenessNumber } from './identity.service.ts'

const AT_ONCE = 1000
/** A turn ends before the next one is due; nine million take half an hour of turns. */
const TURN_MS = 40_000

/**
 * Reads the documents registered with version 0.2.0 anew: files them by the lifelong part of their number, and by what other
 * documents of the same human share with them. Over once all are read; killed at any moment it goes on there.
 * @returns how many were read in this turn
 */
export const readFormerDocuments = async ({
  pool,
  encryption,
  log,
  clock,
}: Pick<Parts, 'pool' | 'encryption' | 'log' | 'clock'>): Promise<number> => {
  const read = (row: FormerDocument) => {
    const name = encryption.decrypt(row.name_encrypted, inRow('persons.name', row.person_id))
    const number = encryption.decrypt(
      row.document_number_encrypted,
      inRow('persons.document_number', row.person_id),
    )
    const birthOn = row.birth_on_encrypted
      ? encryption.decrypt(row.birth_on_encrypted, inRow('persons.birth_on', row.person_id))
      : undefined
    const country = row.country ?? undefined
    const region = regionOfDocument(row.document_type, number, country)
    return {
      ...row,
      lifelong: encryption.blindIndex('document', documentKey(row.document_type, number, country)),
      likeness: likenessNumber(encryption, { name, region, birthOn }) ?? null,
    }
  }

  const readOrLeave = (row: FormerDocument) => {
    try {
      return read(row)
    } catch (error) {
      log.error({ err: error, personId: row.person_id }, 'a registered document can not be read')
      return { ...row, lifelong: row.document_index, likeness: null }
    }
  }

  const until = performance.now() + TURN_MS
  let total = 0
  for (let count = AT_ONCE; count === AT_ONCE && performance.now() < until; total += count)
    count = await inTransaction(pool, async (tx) => {
      const now = clock()
      const documents = (await holdFormerDocuments(tx, AT_ONCE)).map(readOrLeave)
      if (documents.length > 0) await fileFormerDocuments(tx, documents)
      const personIds = documents.map((row) => row.person_id)
      const concerned: string[] = []
      for (const pair of await listLifelongPairs(tx, documents))
        if (await openMatter(tx, { ...pair, cause: 'lifelong_number' }, now))
          concerned.push(pair.firstPersonId, pair.secondPersonId)
      concerned.push(...(await openMattersOf(tx, encryption, personIds, now)))
      if (concerned.length > 0) await markDirty(tx, concerned, 'identity')
      return documents.length
    })
  return total
}
