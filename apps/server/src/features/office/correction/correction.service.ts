import { randomUUID } from 'node:crypto'
import type { NewCorrection, OfficeCorrection } from '@jiankangbao/contracts/correction/schemas'
import { correctedFields, maskData, type PersonalData } from '@jiankangbao/domain/ticket/correction'
import { shanghaiDayOf } from '@jiankangbao/domain/time/shanghai'
import { parsePhone } from '@jiankangbao/domain/written/phone'
import type { Queryable, Transaction } from '../../../db/pool.ts'
import { AppError, fieldError } from '../../../http/app-error.ts'
import type { CitizenCaller, OperatorCaller } from '../../../http/caller.ts'
import { takeFromLimit } from '../../../http/rate-limit.ts'
import { inRow } from '../../../keys/encrypted-fields.ts'
import type { Parts } from '../../../parts.ts'
import { insertLookups } from '../../ledger/lookup/lookup.queries.ts'
import { findNumberOf } from '../../people/account/number.queries.ts'
import { askAuthority, readPart } from '../../people/counter/counter-identity.ts'
import { listHousehold } from '../../people/member/household.queries.ts'
import {
  findPersonByDocument,
  findPersonDocument,
  type PersonDocument,
} from '../../people/person/identity.queries.ts'
import type { IdentityChangeService } from '../../people/same-person/change.service.ts'
import { findAccount, findTicket } from '../ticket/ticket.queries.ts'
import { isVisible } from '../ticket/ticket-view.ts'
import * as queries from './correction.queries.ts'
import { toOfficeCorrection, toOwnCorrection } from './correction-view.ts'

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

  const findNumber = async (db: Queryable, personId: string): Promise<string | undefined> => {
    const found = await findNumberOf(db, personId)
    return found && encryption.decrypt(found.phone_encrypted, inRow('accounts.phone', found.account_id))
  }

  const readBefore = async (row: PersonDocument): Promise<PersonalData> => ({
    name: encryption.decrypt(row.name_encrypted, inRow('persons.name', row.person_id)),
    documentType: row.document_type,
    documentNumber: encryption.decrypt(
      row.document_number_encrypted,
      inRow('persons.document_number', row.person_id),
    ),
    birthOn: row.birth_on_encrypted
      ? encryption.decrypt(row.birth_on_encrypted, inRow('persons.birth_on', row.person_id))
      : undefined,
    phone: await findNumber(pool, row.person_id),
  })

  const requireTicket = async (caller: OperatorCaller, ticketId: string) => {
    const ticket = await findTicket(pool, ticketId)
    if (!ticket || !isVisible(caller, ticket)) throw new AppError('NOT_FOUND')
    return ticket
  }

  const readPhone = (text: string | undefined): string | undefined => {
    if (text === undefined) return undefined
    const parsed = parsePhone(text)
    if (!parsed.ok) throw fieldError('phone', parsed.reason)
    return parsed.phone
  }

  /** Whose data it is: who was named, or whoever the document finds; a ticket is theirs, or of nobody who is registered. */
  const requirePerson = async (
    caller: OperatorCaller,
    { personId, ticketId }: Pick<NewCorrection, 'personId' | 'ticketId'>,
    documentIndex: Buffer,
  ): Promise<PersonDocument> => {
    const ticket = ticketId ? await requireTicket(caller, ticketId.toLowerCase()) : undefined
    const wanted = personId ?? (await findPersonByDocument(pool, documentIndex))?.personId
    if (wanted === undefined) throw fieldError('identity.documentNumber', 'not_found')
    // Who calls may call about somebody they look after.
    const theirs = ticket?.account_id ? await listHousehold(pool, ticket.account_id) : []
    const isTheirs = ticket?.person_id === wanted || theirs.some(({ person_id }) => person_id === wanted)
    if (ticket?.person_id && !isTheirs) throw fieldError('ticketId', 'not_found')
    const row = await findPersonDocument(pool, wanted)
    if (!row) throw new AppError('NOT_FOUND')
    return row
  }

  return {
    /**
     * @throws AppError NOT_FOUND, VALIDATION_FAILED (the identity, `unchanged`, `number_is_for_life`, `authority_mismatch`),
     * STATE_CONFLICT (another change of this person is open, the document or the number is somebody's, `no_login`),
     * TOO_MANY_REQUESTS
     */
    proposeCorrection: async (caller: OperatorCaller, body: NewCorrection): Promise<OfficeCorrection> => {
      const { requestId, identity: written } = body
      const { personFilesPerOperatorPerHour } = config.limits
      const key = `person-file:${caller.operatorId}`
      await takeFromLimit(pool, key, personFilesPerOperatorPerHour, HOUR_SECONDS)
      const phone = readPhone(body.phone)
      const identity = readPart(encryption, 'identity', written, shanghaiDayOf(clock().getTime()))
      const row = await requirePerson(caller, body, identity.documentIndex)
      const personId = row.person_id
      const before = await readBefore(row)
      const after = { ...identity, phone: phone ?? before.phone }
      const fields = correctedFields(before, after)
      if (fields.length === 0) throw fieldError('identity', 'unchanged')
      const authority = await askAuthority(parts, 'identity', identity)
      const note = async (tx: Transaction, changeId: string): Promise<void> => {
        const { operatorId, organisation } = caller
        await queries.insertCorrection(tx, {
          ...{ correction_id: randomUUID(), change_id: changeId, fields, authority, personId },
          ...{ before: maskData(before), after: maskData(after), ticketId: body.ticketId ?? null },
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
        {
          requestId,
          kind: 'correct',
          personId,
          reason,
          document,
          ...(fields.includes('phone') ? { phone } : {}),
        },
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

    listMyCorrections: async (caller: CitizenCaller) => {
      const own = await findAccount(pool, caller.accountId)
      const rows = await queries.listCorrectionsOfAccount(pool, clock(), caller.accountId)
      return { corrections: rows.map((row) => toOwnCorrection(row, own?.person_id ?? null)) }
    },
  }
}
