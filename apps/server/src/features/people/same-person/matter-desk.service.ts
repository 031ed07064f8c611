import type {
  IdentityMatter,
  IdentityMatterEntry,
  IdentitySide,
} from '@jiankangbao/contracts/identity/schemas'
import { numberToColour } from '@jiankangbao/domain/decision/coding'
import { maskDocumentNumber } from '@jiankangbao/domain/identity/masks'
import type { IdentityMatterState } from '@jiankangbao/domain/vocabulary/people'
import { inTransaction, type Transaction } from '../../../db/pool.ts'
import { AppError } from '../../../http/app-error.ts'
import type { OperatorCaller } from '../../../http/caller.ts'
import { readIdCursor } from '../../../http/paging.ts'
import { takeFromLimit } from '../../../http/rate-limit.ts'
import { inRow, type Place } from '../../../keys/encrypted-fields.ts'
import type { Parts } from '../../../parts.ts'
import { writeAudit } from '../../ledger/audit/audit.service.ts'
import { insertLookups } from '../../ledger/lookup/lookup.queries.ts'
import { listChanges } from './change.queries.ts'
import type { IdentityChangeService } from './change.service.ts'
import { findMatter, listLetPasses, listMatters, type MatterRow } from './matter.queries.ts'
import { findSide, listFormerDocuments } from './side.queries.ts'

const CHANGES_SHOWN = 20
const LET_PASSES_SHOWN = 20

const toEntry = (row: MatterRow): IdentityMatterEntry => ({
  matterId: row.matter_id,
  cause: row.cause,
  state: row.state,
  openedAt: row.opened_at.toISOString(),
  dueAt: row.due_at.toISOString(),
  ...(row.closed_at ? { closedAt: row.closed_at.toISOString() } : {}),
  documentTypes: [row.first_type, row.second_type],
  isProposed: row.is_proposed,
  letPasses: row.let_passes,
})

/** The desk of possible same persons. */
export const createMatterDeskService = (
  { pool, clock, config, encryption }: Pick<Parts, 'pool' | 'clock' | 'config' | 'encryption'>,
  changes: Pick<IdentityChangeService, 'toEntry'>,
) => {
  const maskNumber = (encrypted: Buffer, place: Place): string =>
    encryption.show(encrypted, place, maskDocumentNumber)

  const getSide = async (tx: Transaction, personId: string): Promise<IdentitySide> => {
    const row = await findSide(tx, personId)
    if (!row) throw new AppError('NOT_FOUND')
    const former = await listFormerDocuments(tx, personId)
    return {
      personId,
      nameMasked: row.name_masked,
      documentType: row.document_type,
      documentNumberMasked: maskNumber(
        row.document_number_encrypted,
        inRow('persons.document_number', personId),
      ),
      ...(row.country ? { country: row.country } : {}),
      formerDocuments: former.map((each) => ({
        documentType: each.document_type,
        documentNumberMasked: maskNumber(
          each.number_encrypted,
          inRow('identity_documents.number', each.document_index),
        ),
        retiredAt: each.retired_at.toISOString(),
      })),
      registeredAt: row.registered_at.toISOString(),
      colour: numberToColour(row.colour),
      ...(row.absence ? { absence: row.absence } : {}),
    }
  }

  return {
    /** No names: whoever wants to see whom it is about opens one, with a purpose. */
    listIdentityMatters: async (query: {
      state?: IdentityMatterState | undefined
      cursor?: string | undefined
      limit?: number | undefined
    }) => {
      const limit = query.limit ?? 20
      const rows = await listMatters(pool, {
        state: query.state ?? 'open',
        cursor: readIdCursor(query.cursor),
        limit: limit + 1,
      })
      const page = rows.slice(0, limit)
      const last = page.at(-1)
      return {
        matters: page.map(toEntry),
        serverTime: clock().toISOString(),
        ...(rows.length > limit && last ? { nextCursor: last.matter_id } : {}),
      }
    },

    /** Both persons side by side; a look-up of both. @throws AppError NOT_FOUND, TOO_MANY_REQUESTS */
    getIdentityMatter: async (
      caller: OperatorCaller,
      matterId: string,
      purpose: string,
    ): Promise<IdentityMatter> => {
      const { personFilesPerOperatorPerHour } = config.limits
      await takeFromLimit(pool, `person-file:${caller.operatorId}`, personFilesPerOperatorPerHour, 3600)
      return inTransaction(pool, async (tx) => {
        const row = await findMatter(tx, matterId)
        if (!row) throw new AppError('NOT_FOUND')
        const personIds = [row.first_person_id, row.second_person_id]
        const { operatorId, organisation } = caller
        await insertLookups(tx, {
          ...{ personIds, at: clock(), means: 'console_view', purpose },
          ...{ operatorId, organisation },
        })
        await writeAudit(tx, {
          actor: caller,
          action: 'identity_matter.opened_by_operator',
          objectKind: 'identity_matter',
          objectId: matterId,
          purpose,
          details: { persons: personIds },
        })
        const passes = await listLetPasses(tx, row, LET_PASSES_SHOWN)
        const made = await listChanges(tx, clock(), { matterId, limit: CHANGES_SHOWN })
        return {
          matter: toEntry(row),
          first: await getSide(tx, row.first_person_id),
          second: await getSide(tx, row.second_person_id),
          changes: made.map((each) => changes.toEntry(caller, each)),
          letPasses: passes.map((each) => ({
            passedAt: each.passed_at.toISOString(),
            venueName: each.venue_name,
            pointName: each.point_name,
            by: each.by_name,
            organisation: each.organisation,
          })),
        }
      })
    },
  }
}
