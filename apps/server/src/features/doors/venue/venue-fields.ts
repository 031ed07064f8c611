import type { FieldError } from '@jiankangbao/contracts/error-codes'
import type { VenueApplication } from '@jiankangbao/contracts/venue/schemas'
import { isVenueKind } from '@jiankangbao/domain/decision/venue-kind'
import { divisionCovers } from '@jiankangbao/domain/division'
import { parseCreditCode } from '@jiankangbao/domain/identity/credit-code'
import { parsePersonName } from '@jiankangbao/domain/written/person-name'
import { parsePhone } from '@jiankangbao/domain/written/phone'
import type { Queryable } from '../../../db/pool.ts'
import { AppError } from '../../../http/app-error.ts'
import { inRow } from '../../../keys/encrypted-fields.ts'
import type { FieldEncryption } from '../../../keys/field-encryption.ts'
import { findCityDivision } from '../../city/place/place.service.ts'
import type { VenueUpdate } from './venue.queries.ts'

/** What an application or a change may state about a venue. */
export type VenueFields = Partial<Omit<VenueApplication, 'requestId' | 'points'>>

const parsed = <T extends { ok: boolean }>(
  field: string,
  result: T,
  errors: FieldError[],
): Extract<T, { ok: true }> | undefined => {
  if (result.ok) return result as Extract<T, { ok: true }>
  errors.push({ field, reason: String((result as { reason?: string }).reason) })
  return undefined
}

/**
 * Checks and normalises; personal fields come out encrypted for this venue. Every wrong field is told at once.
 * @throws AppError VALIDATION_FAILED with the fields; OUT_OF_DIVISION for a division that is not the caller's.
 */
export const readVenueFields = async (
  db: Queryable,
  encryption: FieldEncryption,
  /** Division whose venues the caller may state something about. */
  within: string,
  venueId: string,
  fields: VenueFields,
): Promise<VenueUpdate> => {
  const errors: FieldError[] = []
  const kind = isVenueKind(fields.kind) ? fields.kind : undefined
  if (fields.kind !== undefined && !kind) errors.push({ field: 'kind', reason: 'not_allowed' })
  const divisionCode =
    fields.divisionCode === undefined ? undefined : (await findCityDivision(db, fields.divisionCode))?.code
  if (fields.divisionCode !== undefined && divisionCode === undefined)
    errors.push({ field: 'divisionCode', reason: 'not_found' })
  const creditCode =
    fields.creditCode === undefined
      ? undefined
      : parsed('creditCode', parseCreditCode(fields.creditCode), errors)
  const name =
    fields.responsibleName === undefined
      ? undefined
      : parsed('responsibleName', parsePersonName(fields.responsibleName), errors)
  const phone =
    fields.responsiblePhone === undefined
      ? undefined
      : parsed('responsiblePhone', parsePhone(fields.responsiblePhone), errors)
  if (fields.name !== undefined && fields.name.trim() === '')
    errors.push({ field: 'name', reason: 'required' })
  if ((fields.latitude === undefined) !== (fields.longitude === undefined))
    errors.push({ field: 'latitude', reason: 'position_incomplete' })
  if (errors.length > 0) throw new AppError('VALIDATION_FAILED', { fields: errors })
  if (divisionCode !== undefined && !divisionCovers(within, divisionCode))
    throw new AppError('OUT_OF_DIVISION')
  return withoutUndefined({
    name: fields.name?.trim(),
    kind,
    divisionCode,
    address: fields.address?.trim(),
    ...(creditCode && encryptLicence(encryption, creditCode.creditCode, venueId)),
    responsibleNameEncrypted:
      name && encryption.encrypt(name.name, inRow('venues.responsible_name', venueId)),
    responsiblePhoneEncrypted:
      phone && encryption.encrypt(phone.phone, inRow('venues.responsible_phone', venueId)),
    latitude: fields.latitude,
    longitude: fields.longitude,
  })
}

const withoutUndefined = (
  fields: { [Key in keyof VenueUpdate]: VenueUpdate[Key] | undefined },
): VenueUpdate =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as VenueUpdate

/** A licence number and what equal ones are found by. */
export const encryptLicence = (
  encryption: FieldEncryption,
  creditCode: string,
  venueId: string | number,
) => ({
  creditCodeEncrypted: encryption.encrypt(creditCode, inRow('venues.credit_code', venueId)),
  creditCodeIndex: encryption.blindIndex('licence', creditCode),
})

const encryptedKeys = [
  'creditCodeEncrypted',
  'creditCodeIndex',
  'responsibleNameEncrypted',
  'responsiblePhoneEncrypted',
] as const

/** As kept in `venues.pending_change`: ciphertext as base64. */
export const toPendingChange = (update: VenueUpdate): Record<string, unknown> => {
  const change: Record<string, unknown> = { ...update }
  for (const key of encryptedKeys) if (update[key]) change[key] = update[key].toString('base64')
  return change
}

export const fromPendingChange = (change: Record<string, unknown>): VenueUpdate => {
  const update: Record<string, unknown> = { ...change }
  for (const key of encryptedKeys)
    if (typeof change[key] === 'string') update[key] = Buffer.from(change[key], 'base64')
  return update
}
