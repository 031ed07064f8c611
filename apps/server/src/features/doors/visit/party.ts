import type { VisitRequest } from '@jiankangbao/contracts/visit/schemas'
import { parseDocumentNumber } from '@jiankangbao/domain/written/document-number'
import { isSameName } from '@jiankangbao/domain/written/person-name'
import type { Pool } from '../../../db/pool.ts'
import { AppError, fieldError } from '../../../http/app-error.ts'
import type { CitizenCaller } from '../../../http/caller.ts'
import { takeFromLimit } from '../../../http/rate-limit.ts'
import { inRow } from '../../../keys/encrypted-fields.ts'
import { documentKey, type FieldEncryption } from '../../../keys/field-encryption.ts'
import type { Named } from './companion.service.ts'
import { findPartyPersons, findPersonByDocument } from './door.queries.ts'
import { type PartyClaim, VISIT_COMPANION, VISIT_MEMBER } from './visit.queries.ts'

/** One of those who go through the door together. `personId` is undefined for a companion of whom nothing is recorded here. */
export interface PartyPerson {
  personId: string | undefined
  memberId?: string
  companion?: number
  flags: number
}

export interface Party {
  persons: PartyPerson[]
  /** Companions who are known here, to be told and asked; none of a late scan. */
  named: Named[]
  /** Masked name of the account holder, where somebody was named. */
  by: string
  /** Absent for the holder alone. */
  claim?: PartyClaim
}

interface PartySources {
  pool: Pool
  encryption: FieldEncryption
  today: () => string
}

const COMPANIONS_PER_HOUR = 30
/** Limits how often one person can be named, whether or not they are registered here. */
const NAMED_PER_HOUR = 12

const NOBODY_NAMED = { named: [], by: '' }

type Companion = NonNullable<VisitRequest['companions']>[number]

const findCompanion = async (
  { pool, encryption, today }: PartySources,
  companion: Companion,
  index: number,
): Promise<{ person: PartyPerson; named?: Named }> => {
  const parsed = parseDocumentNumber(companion.documentType, companion.documentNumber, {
    todayOn: today(),
  })
  if (!parsed.ok) throw fieldError(`companions.${index}.documentNumber`, parsed.reason)
  const documentIndex = encryption.blindIndex(
    'document',
    documentKey(parsed.type, parsed.number, companion.country),
  )
  await takeFromLimit(pool, `companion-named:${documentIndex.toString('base64')}`, NAMED_PER_HOUR, 3600)
  const found = await findPersonByDocument(pool, documentIndex)
  const nobody = { person: { personId: undefined, companion: index, flags: VISIT_COMPANION } }
  // A number without its name tells nothing: a wrong name and an unknown person look the same.
  const known =
    found &&
    isSameName(encryption.decrypt(found.nameEncrypted, inRow('persons.name', found.personId)), companion.name)
  if (!known) return nobody
  const named = { ordinal: index, personId: found.personId, accountId: found.accountId }
  // Somebody with a phone of their own confirms there that they are here. Until then they look like somebody unknown.
  if (found.accountId) return { ...nobody, named }
  return { person: { ...nobody.person, personId: found.personId }, named }
}

// The hash has a key: without one, anybody could try all document numbers until the hash fits.
const hashContent = (encryption: FieldEncryption, body: VisitRequest): string =>
  encryption
    .blindIndex(
      'visit_party',
      JSON.stringify([
        body.self ?? true,
        (body.memberIds ?? []).map((memberId) => memberId.toLowerCase()).sort(),
        (body.companions ?? []).map(({ name, documentType, documentNumber, country }) => [
          name.trim(),
          documentKey(documentType, documentNumber.trim().toUpperCase(), country),
        ]),
      ]),
    )
    .readBigInt64BE(0)
    .toString()

const claimOf = (
  encryption: FieldEncryption,
  body: VisitRequest,
  holderId: string,
  persons: PartyPerson[],
): PartyClaim => {
  const others = persons.filter(({ flags }) => flags !== 0)
  return {
    holderId,
    contentHash: hashContent(encryption, body),
    personIds: others.map(({ personId }) => personId ?? '0'),
    memberCount: others.filter(({ memberId }) => memberId !== undefined).length,
    hasHolder: others.length < persons.length,
  }
}

/**
 * Who goes through the door: the account holder, chosen members, companions, in this order.
 * @throws AppError NOT_REGISTERED without a person, NOT_FOUND for a member of somebody else, VALIDATION_FAILED for an empty party.
 */
export const resolveParty = async (
  sources: PartySources,
  caller: CitizenCaller,
  body: VisitRequest,
  late: boolean,
): Promise<Party> => {
  const memberIds = body.memberIds ?? []
  const companions = body.companions ?? []
  const self = body.self ?? true
  if (memberIds.length + companions.length === 0) {
    if (!self) throw fieldError('self', 'nobody_in_scan')
    if (caller.personId) return { persons: [{ personId: caller.personId, flags: 0 }], ...NOBODY_NAMED }
  }
  const {
    personId: holderId,
    nameMasked: by,
    members,
  } = await findPartyPersons(sources.pool, caller.accountId, memberIds)
  if (!holderId) throw new AppError('NOT_REGISTERED')
  const persons: PartyPerson[] = self ? [{ personId: holderId, flags: 0 }] : []
  for (const memberId of memberIds) {
    const memberPersonId = members.get(memberId.toLowerCase())
    if (!memberPersonId)
      throw new AppError('NOT_FOUND', { fields: [{ field: 'memberIds', reason: 'not_found' }] })
    persons.push({ personId: memberPersonId, memberId, flags: VISIT_MEMBER })
  }
  const named: Named[] = []
  for (const [index, companion] of companions.entries()) {
    // A late scan looks nobody up: a companion can no longer confirm today that they came along yesterday.
    if (late) {
      persons.push({ personId: undefined, companion: index, flags: VISIT_COMPANION })
      continue
    }
    await takeFromLimit(sources.pool, `companion:${caller.accountId}`, COMPANIONS_PER_HOUR, 3600)
    const found = await findCompanion(sources, companion, index)
    persons.push(found.person)
    if (found.named) named.push(found.named)
  }
  return persons.length === 1 && self
    ? { persons, named, by }
    : { persons, named, by, claim: claimOf(sources.encryption, body, holderId, persons) }
}
