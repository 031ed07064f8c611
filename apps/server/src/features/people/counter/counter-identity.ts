import type { CounterActRequest } from '@jiankangbao/contracts/counter/schemas'
import { ageOn } from '@jiankangbao/domain/identity/age'
import {
  ADULT_AGE,
  ELDER_AGE,
  isPossibleRelation,
  OWN_REGISTRATION_AGE,
} from '@jiankangbao/domain/identity/relation'
import type { AuthorityAnswer } from '@jiankangbao/domain/vocabulary/people'
import { AppError, fieldError } from '../../../http/app-error.ts'
import type { FieldEncryption } from '../../../keys/field-encryption.ts'
import { ProviderUnavailable } from '../../../outside/provider-unavailable.ts'
import type { Parts } from '../../../parts.ts'
import { type Identity, type IdentityBody, parseIdentity, toQuestion } from '../person/identity.service.ts'

type Part = 'identity' | 'guardian' | 'holder'

/** Reads one of the identities of the form. @throws AppError VALIDATION_FAILED with the fields under the name of their part */
export const readPart = (
  encryption: Pick<FieldEncryption, 'blindIndex'>,
  part: Part,
  body: IdentityBody,
  todayOn: string,
): Identity & { birthOn: string } => {
  try {
    const identity = parseIdentity(encryption, body, todayOn)
    if (identity.birthOn === undefined) throw fieldError('birthOn', 'required')
    return { ...identity, birthOn: identity.birthOn }
  } catch (error) {
    if (!(error instanceof AppError) || !error.fields) throw error
    const fields = error.fields.map(({ field, reason }) => ({ field: `${part}.${field}`, reason }))
    throw new AppError(error.code, { fields })
  }
}

/**
 * Asks the identity authority, where it can be asked. Never inside a transaction.
 * @throws AppError VALIDATION_FAILED where it knows the number under another name
 */
export const askAuthority = async (
  { ports, log }: Pick<Parts, 'ports' | 'log'>,
  part: Part,
  identity: Identity,
): Promise<AuthorityAnswer> => {
  const question = toQuestion(identity)
  const { transactionId } = question
  const verdict = await ports.identity.verify(question).catch((error: unknown) => {
    if (!(error instanceof ProviderUnavailable)) throw error
    log.warn({ provider: error.provider, transactionId }, 'identity not verified at the counter')
    return 'unavailable' as const
  })
  if (verdict === 'mismatch') throw fieldError(`${part}.documentNumber`, 'authority_mismatch')
  return verdict
}

/** Who is under 14 needs somebody grown up who answers for them. @throws AppError VALIDATION_FAILED */
export const requireGuardian = (
  birthOn: string,
  guardian: { birthOn: string } | undefined,
  todayOn: string,
): void => {
  if (!guardian) {
    if (ageOn(birthOn, todayOn) < OWN_REGISTRATION_AGE) throw fieldError('guardian.name', 'guardian_needed')
    return
  }
  if (ageOn(guardian.birthOn, todayOn) < ADULT_AGE)
    throw fieldError('guardian.documentNumber', 'guardian_not_adult')
}

/** An office adds people of 70 and over only, and only where the ages can be. @throws AppError VALIDATION_FAILED */
export const requireElder = (
  elder: Identity & { birthOn: string },
  holder: Identity & { birthOn: string },
  relation: NonNullable<CounterActRequest['relation']>,
  todayOn: string,
): void => {
  if (elder.documentIndex.equals(holder.documentIndex))
    throw fieldError('holder.documentNumber', 'own_identity')
  if (ageOn(elder.birthOn, todayOn) < ELDER_AGE) throw fieldError('identity.documentNumber', 'from_seventy')
  const births = { memberBirthOn: elder.birthOn, holderBirthOn: holder.birthOn }
  if (!isPossibleRelation(relation, births, todayOn)) throw fieldError('relation', 'impossible_ages')
}
