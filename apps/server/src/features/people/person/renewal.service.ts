import type { DocumentRenewal } from '@jiankangbao/contracts/identity/schemas'
import type { OwnPerson } from '@jiankangbao/contracts/person/schemas'
import { regionOfDocument } from '@jiankangbao/domain/identity/lifelong'
import { mayBeSameName } from '@jiankangbao/domain/identity/same-person'
import { shanghaiDayOf } from '@jiankangbao/domain/time/shanghai'
import { inTransaction, type Transaction } from '../../../db/pool.ts'
import { AppError, fieldError, stateConflict } from '../../../http/app-error.ts'
import type { CitizenCaller } from '../../../http/caller.ts'
import { takeFromLimit } from '../../../http/rate-limit.ts'
import { inRow } from '../../../keys/encrypted-fields.ts'
import type { Parts } from '../../../parts.ts'
import { evaluateNow } from '../../colours/status/status.service.ts'
import { writeAudit } from '../../ledger/audit/audit.service.ts'
import { wakeAccount } from '../../ledger/notice/notice.service.ts'
import { openMatter } from '../same-person/matter.service.ts'
import { findFreshVerdict, usePassedFaceCheck } from './face-check.queries.ts'
import { faceCheckOf, requirePassed } from './face-check.service.ts'
import {
  findPersonByDocument,
  findPersonDocument,
  lockIdentity,
  type PersonDocument,
} from './identity.queries.ts'
import {
  type Identity,
  parseIdentity,
  replaceDocument,
  toMaskedPerson,
  verifyIdentity,
} from './identity.service.ts'
import * as queries from './person.queries.ts'

/** A document that follows another one: the former stays known, and still finds its holder. */
export const createRenewalService = (
  parts: Pick<Parts, 'pool' | 'clock' | 'encryption' | 'config' | 'ports' | 'log' | 'onKnownPerson'>,
) => {
  const { pool, clock, encryption, config } = parts
  const today = (): string => shanghaiDayOf(clock().getTime())

  const getOwn = async (caller: CitizenCaller): Promise<OwnPerson> => {
    const account = await queries.findOwnAccount(pool, caller.accountId)
    if (!account?.person) throw new AppError('NOT_REGISTERED')
    return {
      ...toMaskedPerson(encryption, account.person, today()),
      registeredAt: (account.consented_at ?? clock()).toISOString(),
    }
  }

  const numberOf = (row: PersonDocument): string =>
    encryption.decrypt(row.document_number_encrypted, inRow('persons.document_number', row.person_id))

  // What the two documents have to have in common; what has changed an office looks at.
  const requireSuccessor = (before: PersonDocument, identity: Identity): void => {
    if (before.document_type === 'resident_id') throw fieldError('documentType', 'number_is_for_life')
    const number = numberOf(before)
    const name = encryption.decrypt(before.name_encrypted, inRow('persons.name', before.person_id))
    const birthOn =
      before.birth_on_encrypted &&
      encryption.decrypt(before.birth_on_encrypted, inRow('persons.birth_on', before.person_id))
    const region = regionOfDocument(before.document_type, number, before.country ?? undefined)
    const next = regionOfDocument(identity.documentType, identity.documentNumber, identity.country)
    if (birthOn && birthOn !== identity.birthOn) throw fieldError('birthOn', 'differs')
    if (region !== next) throw fieldError('country', 'differs')
    if (!mayBeSameName(name, identity.name)) throw fieldError('name', 'differs')
  }

  const getBefore = async (caller: CitizenCaller): Promise<PersonDocument> => {
    const account = await queries.findOwnAccount(pool, caller.accountId)
    const before = account?.person && (await findPersonDocument(pool, account.person.person_id))
    if (!before) throw new AppError('NOT_REGISTERED')
    return before
  }

  /** @returns false where the document is somebody's already: an office compares the two */
  const replace = async (
    tx: Transaction,
    caller: CitizenCaller,
    personId: string,
    identity: Identity,
    faceCheckId: string,
  ): Promise<boolean> => {
    const now = clock()
    await lockIdentity(tx, identity.documentIndex)
    if (!(await usePassedFaceCheck(tx, faceCheckOf(encryption, caller, identity, faceCheckId), now)))
      throw new AppError('FACE_CHECK_REQUIRED')
    const found = await findPersonByDocument(tx, identity.documentIndex)
    if (found && found.personId !== personId) {
      const pair = { firstPersonId: personId, secondPersonId: found.personId }
      await openMatter(tx, { ...pair, cause: 'renewal' }, now)
      await evaluateNow(tx, [personId, found.personId], 'identity', now)
      return false
    }
    await replaceDocument(tx, parts, personId, identity, now)
    await evaluateNow(tx, [personId], 'identity', now)
    await writeAudit(tx, {
      actor: caller,
      action: 'person.document_renewed',
      objectKind: 'person',
      objectId: personId,
      details: { documentType: identity.documentType, faceCheckId },
    })
    await wakeAccount(tx, caller.accountId)
    return true
  }

  return {
    /**
     * Replaces the caller's document: same birth date, same country or region, same name; confirmed by the identity
     * authority and a face check. Again with the same document is the same.
     * @throws AppError NOT_REGISTERED, VALIDATION_FAILED (`differs`: an office does it; `number_is_for_life`),
     * FACE_CHECK_REQUIRED, FACE_CHECK_FAILED, IDENTITY_MISMATCH, STATE_CONFLICT (`document`, `registered`: an office looks at
     * both), PROVIDER_UNAVAILABLE, TOO_MANY_REQUESTS
     */
    renewDocument: async (caller: CitizenCaller, body: DocumentRenewal): Promise<OwnPerson> => {
      const identity = parseIdentity(encryption, body, today())
      const before = await getBefore(caller)
      const number = numberOf(before)
      if (before.document_type === identity.documentType && number === identity.documentNumber)
        return getOwn(caller)
      requireSuccessor(before, identity)
      const { registrationTriesPerAccountPerHour } = config.limits
      await takeFromLimit(pool, `renewal:${caller.accountId}`, registrationTriesPerAccountPerHour, 3600)
      const faceCheckId = body.faceCheckId.toLowerCase()
      requirePassed(
        await findFreshVerdict(pool, faceCheckOf(encryption, caller, identity, faceCheckId), clock()),
      )
      await verifyIdentity(parts, identity)
      const renewed = await inTransaction(pool, (tx) =>
        replace(tx, caller, before.person_id, identity, faceCheckId),
      )
      if (!renewed) throw stateConflict('document', 'registered')
      return getOwn(caller)
    },
  }
}
