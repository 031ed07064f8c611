import type { CalledTicket, NewTicket } from '@jiankangbao/contracts/ticket/schemas'
import { findFormFault, type TicketForm, type TicketKind } from '@jiankangbao/domain/ticket/ticket'
import { shanghaiDayOf } from '@jiankangbao/domain/time/shanghai'
import { parsePhone } from '@jiankangbao/domain/written/phone'
import type { Queryable } from '../../../db/pool.ts'
import { fieldError } from '../../../http/app-error.ts'
import { inRow } from '../../../keys/encrypted-fields.ts'
import type { FieldEncryption } from '../../../keys/field-encryption.ts'
import { findCityDivision } from '../../city/place/place.service.ts'

const LEAST_WORDS = 4

export interface NewTicketFields {
  requestId: string
  kind: TicketKind
  form: TicketForm
  statement: string
  divisionCode: string
  phone: string
}

/** Reads the form of a ticket. @throws AppError VALIDATION_FAILED with what its kind lacks, or the phone or division */
export const readTicket = async (
  db: Queryable,
  now: Date,
  body: Pick<
    NewTicket & CalledTicket,
    'requestId' | 'kind' | 'choice' | 'place' | 'happenedOn' | 'statement' | 'divisionCode'
  >,
  phone: { field: string; text: string },
): Promise<NewTicketFields> => {
  const { requestId, kind, choice, place, happenedOn } = body
  const form: TicketForm = {
    ...(choice ? { choice } : {}),
    ...(place === undefined ? {} : { place: place.trim() }),
    ...(happenedOn ? { happenedOn } : {}),
  }
  const fault = findFormFault(kind, form, shanghaiDayOf(now.getTime()))
  if (fault) throw fieldError(fault.field, fault.reason)
  const parsed = parsePhone(phone.text)
  if (!parsed.ok) throw fieldError(phone.field, parsed.reason)
  const statement = body.statement.trim()
  if (statement.length < LEAST_WORDS) throw fieldError('statement', 'too_short')
  const division = await findCityDivision(db, body.divisionCode)
  if (!division) throw fieldError('divisionCode', 'unknown_division')
  return { requestId, kind, form, statement, divisionCode: division.code, phone: parsed.phone }
}

/** The columns of a new ticket that come from its form, with what is personal encrypted. */
export const toNewRow = (encryption: FieldEncryption, ticketId: string, fields: NewTicketFields) => ({
  ticketId,
  requestId: fields.requestId,
  kind: fields.kind,
  divisionCode: fields.divisionCode,
  statement: encryption.encrypt(fields.statement, inRow('tickets.statement', ticketId)),
  form: encryption.encrypt(JSON.stringify(fields.form), inRow('tickets.form', ticketId)),
  phone: encryption.encrypt(fields.phone, inRow('tickets.phone', ticketId)),
  phoneIndex: encryption.blindIndex('phone', fields.phone),
})
