import type { MemberRequest } from '@jiankangbao/contracts/member/schemas'
import { ageOn } from '@jiankangbao/domain/identity/age'
import {
  ADULT_AGE,
  findConsentRefusal,
  isPossibleRelation,
  mayShowCode,
} from '@jiankangbao/domain/identity/relation'
import { fieldError } from '../../../http/app-error.ts'
import { inRow } from '../../../keys/encrypted-fields.ts'
import type { FieldEncryption } from '../../../keys/field-encryption.ts'
import type { Identity } from '../person/identity.service.ts'

type Decrypt = Pick<FieldEncryption, 'decrypt'>

export const readBirth = (
  encryption: Decrypt,
  personId: string | null,
  encrypted: Buffer | null,
): string | undefined =>
  personId && encrypted ? encryption.decrypt(encrypted, inRow('persons.birth_on', personId)) : undefined

/** Nobody whose birth date is unknown is taken for a child. */
export const isMinorOn = (birthOn: string | undefined, todayOn: string): boolean =>
  birthOn !== undefined && ageOn(birthOn, todayOn) < ADULT_AGE

/**
 * Holds what is asked against ages, as the form gives them: nothing that is known here of the person goes in.
 * @throws AppError VALIDATION_FAILED with the field to change.
 */
export const requirePossible = (
  identity: Identity,
  body: Pick<MemberRequest, 'relation' | 'consentMeans' | 'faceCheckId'>,
  holderBirthOn: string | undefined,
  todayOn: string,
): { birthOn: string } => {
  const { birthOn } = identity
  if (birthOn === undefined) throw fieldError('birthOn', 'required')
  const { relation, consentMeans } = body
  if (!isPossibleRelation(relation, { memberBirthOn: birthOn, holderBirthOn }, todayOn))
    throw fieldError('relation', 'impossible_ages')
  const refusal = findConsentRefusal(consentMeans, {
    memberAge: ageOn(birthOn, todayOn),
    holderAge: holderBirthOn === undefined ? undefined : ageOn(holderBirthOn, todayOn),
  })
  if (refusal) throw fieldError('consentMeans', refusal)
  if (consentMeans === 'face' && !body.faceCheckId) throw fieldError('faceCheckId', 'required')
  return { birthOn }
}

/** What a row says of a link between an account and a person. */
export interface LinkRow {
  person_id: string
  consent_means: Parameters<typeof mayShowCode>[0]['means']
  code_allowed_at: Date | null
  has_account: boolean
  birth_on_encrypted: Buffer | null
}

/** Whether a link shows live code, digits and paper code today. */
export const showsCode = (encryption: Decrypt, row: LinkRow, todayOn: string): boolean =>
  mayShowCode({
    means: row.consent_means,
    isMinor: isMinorOn(readBirth(encryption, row.person_id, row.birth_on_encrypted), todayOn),
    hasOwnAccount: row.has_account,
    allowedByPerson: row.code_allowed_at !== null,
  })
