import { ageOn } from '@jiankangbao/domain/identity/age'
import { OWN_REGISTRATION_AGE } from '@jiankangbao/domain/identity/relation'
import { fieldError } from '../../../http/app-error.ts'
import type { Identity } from './identity.service.ts'

/**
 * Whoever is under 14 is registered by a guardian, as a family member.
 * @throws AppError VALIDATION_FAILED, also where the document says no birth date and none was given.
 */
export const requireOwnAge = ({ birthOn, documentType }: Identity, todayOn: string): void => {
  if (birthOn === undefined) throw fieldError('birthOn', 'required')
  if (ageOn(birthOn, todayOn) >= OWN_REGISTRATION_AGE) return
  throw fieldError(documentType === 'resident_id' ? 'documentNumber' : 'birthOn', 'guardian_registers')
}
