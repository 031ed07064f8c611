import { inTransaction } from '../../../db/pool.ts'
import type { OperatorCaller } from '../../../http/caller.ts'
import { inRow } from '../../../keys/encrypted-fields.ts'
import type { Parts } from '../../../parts.ts'
import { createOutsideRule, outsideNeedsReason } from './outside.service.ts'
import { findPersonById } from './person-file.queries.ts'

/**
 * Acts on somebody who is named by their id: of another division only whoever opened the person before, with a reason and a case
 * number that still hold. Otherwise an act would tell whose id it is to somebody who could not have looked them up.
 */
export const createOpenedRule = (parts: Pick<Parts, 'pool' | 'clock' | 'config' | 'encryption'>) => {
  const { pool, encryption } = parts
  const outside = createOutsideRule(parts)
  return {
    /**
     * Whom nobody has is not refused here: the act itself says so.
     * @param purpose what the act is for, as it is kept of a refused one
     * @throws AppError OUT_OF_DIVISION; that somebody tried is on record
     */
    requireOpened: async (
      caller: OperatorCaller,
      personIds: readonly (string | undefined)[],
      purpose: string,
    ): Promise<void> => {
      const isRefused = await inTransaction(pool, async (tx) => {
        for (const personId of personIds) {
          const row = personId === undefined ? undefined : await findPersonById(tx, personId)
          if (!row) continue
          const person = {
            personId: row.person_id,
            documentType: row.document_type,
            documentNumber: encryption.decrypt(
              row.document_number_encrypted,
              inRow('persons.document_number', row.person_id),
            ),
          }
          if (await outside.admit(tx, caller, person, {})) continue
          await outside.noteRefusal(tx, caller, person, purpose)
          return true
        }
        return false
      })
      if (isRefused) throw outsideNeedsReason()
    },
  }
}

export type OpenedRule = ReturnType<typeof createOpenedRule>
