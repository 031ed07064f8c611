import { randomUUID } from 'node:crypto'
import type { NewCorrection, OfficeCorrection } from '@jiankangbao/contracts/correction/schemas'
import { correctedFields, maskData, type PersonalData } from '@jiankangbao/domain/ticket/correction'
import { shanghaiDayOf } from '@jiankangbao/domain/time/shanghai'
import type { Transaction } from '../../../db/pool.ts'
import { AppError, fieldError } from '../../../http/app-error.ts'
import type { CitizenCaller, OperatorCaller } from '../../../http/caller.ts'
import { takeFromLimit } from '../../../http/rate-limit.ts'
import type { Parts } from '../../../parts.ts'
import { insertLookups } from '../../ledger/lookup/lookup.queries.ts'
import { askAuthority, readPart } from '../../people/counter/counter-identity.ts'
import { findPersonDocument, type PersonDocument } from '../../people/person/identity.queries.ts'
import type { IdentityChangeService } from '../../people/same-person/change.service.ts'
import { findTicket } from '../ticket/ticket.queries.ts'
import { isVisible } from '../ticket/ticket-view.ts'
import * as queries from './correction.queries.ts'
import { toCorrection, toOfficeCorrection } from './correction-view.ts'

/** Why the person was looked up; they see it. */
const PURPOSE = '更正登记信息'
const HOUR_SECONDS = 3600

/**
 * Corrections of data. They go the way of a renewed document: proposed as a change of identity (`correct`), decided there by
 * somebody else, done by the same function. Here stand what was wrong, masked, and what the authority said.
 */
export const createCorrectionService = ({
  changes,
  ...parts
}: Pick<Parts, 'pool' | 'clock' | 'encryption' | 'config' | 'ports' | 'log'> & {
  changes: Pick<IdentityChangeService, 'proposeIdentityChange'>
}) => {
  const { pool, clock, encryption, config } = parts

  const readBefore = (row: PersonDocument): PersonalData => ({
    name: encryption.decrypt(row.name_encrypted, 'persons.name'),
    documentType: row.document_type,
    documentNumber: encryption.decrypt(row.document_number_encrypted, 'persons.document_number'),
    birthOn: row.birth_on_encrypted
      ? encryption.decrypt(row.birth_on_encrypted, 'persons.birth_on')
      : undefined,
  })

  const requireTicket = async (caller: OperatorCaller, ticketId: string, personId?: string) => {
    const ticket = await findTicket(pool, ticketId)
    if (!ticket || !isVisible(caller, ticket)) throw new AppError('NOT_FOUND')
    if (personId && ticket.person_id !== personId) throw fieldError('ticketId', 'not_found')
  }

  return {
    /**
     * @throws AppError NOT_FOUND, VALIDATION_FAILED (the identity, `unchanged`, `number_is_for_life`, `authority_mismatch`),
     * STATE_CONFLICT (another change of this person is open, the document is somebody's), TOO_MANY_REQUESTS
     */
    proposeCorrection: async (caller: OperatorCaller, body: NewCorrection): Promise<OfficeCorrection> => {
      const { personId, requestId, identity: written } = body
      const ticketId = body.ticketId?.toLowerCase()
      const { personFilesPerOperatorPerHour } = config.limits
      const key = `person-file:${caller.operatorId}`
      await takeFromLimit(pool, key, personFilesPerOperatorPerHour, HOUR_SECONDS)
      if (ticketId) await requireTicket(caller, ticketId, personId)
      const row = await findPersonDocument(pool, personId)
      if (!row) throw new AppError('NOT_FOUND')
      const identity = readPart(encryption, 'identity', written, shanghaiDayOf(clock().getTime()))
      const before = readBefore(row)
      const fields = correctedFields(before, identity)
      if (fields.length === 0) throw fieldError('identity', 'unchanged')
      const authority = await askAuthority(parts, 'identity', identity)
      const note = async (tx: Transaction, changeId: string): Promise<void> => {
        const { operatorId, organisation } = caller
        await queries.insertCorrection(tx, {
          ...{ correction_id: randomUUID(), change_id: changeId, fields, authority, personId },
          ...{ before: maskData(before), after: maskData(identity), ticketId: ticketId ?? null },
          ...{ madeBy: operatorId, at: clock() },
        })
        await insertLookups(tx, {
          ...{ personIds: [personId], at: clock(), means: 'console_view', purpose: PURPOSE },
          ...{ operatorId, organisation },
        })
      }
      const { name, documentType, documentNumber, country, birthOn } = identity
      const document = { name, documentType, documentNumber, birthOn, ...(country ? { country } : {}) }
      const reason = body.evidence.replace(/\s+/g, ' ').trim()
      const { changeId } = await changes.proposeIdentityChange(
        caller,
        { requestId, kind: 'correct', personId, reason, document },
        note,
      )
      const made = await queries.findCorrectionOfChange(pool, clock(), changeId)
      if (!made) throw new AppError('NOT_FOUND')
      return toOfficeCorrection(made)
    },

    listCorrections: async (caller: OperatorCaller, ticketId: string) => {
      await requireTicket(caller, ticketId)
      const rows = await queries.listCorrectionsOfTicket(pool, clock(), ticketId)
      return { corrections: rows.map(toOfficeCorrection) }
    },

    listMyCorrections: async (caller: CitizenCaller) => ({
      corrections: (await queries.listCorrectionsOfAccount(pool, clock(), caller.accountId)).map(
        toCorrection,
      ),
    }),
  }
}
