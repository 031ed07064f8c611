import { ageOn } from '@jiankangbao/domain/identity/age'
import { ADULT_AGE } from '@jiankangbao/domain/identity/relation'
import { isCalendarDay, shanghaiDayOf } from '@jiankangbao/domain/time/shanghai'
import { parseDocumentNumber } from '@jiankangbao/domain/written/document-number'
import type { DocumentType } from '@jiankangbao/domain/written/document-types'
import { parsePersonName } from '@jiankangbao/domain/written/person-name'

/** A person as typed. `birthOn` is eight digits, `country` an ISO 3166-1 alpha-3 code. */
export interface IdentityValues {
  name: string
  documentType: DocumentType
  documentNumber: string
  country: string
  birthOn: string
}

export const emptyIdentity: IdentityValues = {
  name: '',
  documentType: 'resident_id',
  documentNumber: '',
  country: '',
  birthOn: '',
}

/** Reasons by field, as in `reasons.<reason>` of the locale files. */
export type IdentityFaults = Partial<Record<keyof IdentityValues, string>>

const dayOf = (digits: string): string =>
  digits.replace(/[^0-9]/g, '').replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3')

/** True where the number does not carry the date of birth, so that it has to be asked for. */
export const needsBirth = ({ documentType, documentNumber }: IdentityValues): boolean => {
  const parsed = parseDocumentNumber(documentType, documentNumber, { todayOn: shanghaiDayOf(Date.now()) })
  return parsed.ok ? parsed.birthOn === undefined : documentType !== 'resident_id'
}

const numberFault = (values: IdentityValues, todayOn: string): string | undefined => {
  if (values.documentNumber.trim() === '') return 'required'
  const parsed = parseDocumentNumber(values.documentType, values.documentNumber, { todayOn })
  return parsed.ok ? undefined : parsed.reason
}

const birthFault = (values: IdentityValues, todayOn: string): string | undefined => {
  if (!needsBirth(values)) return undefined
  if (values.birthOn.trim() === '') return 'required'
  const day = dayOf(values.birthOn)
  if (!isCalendarDay(day)) return 'format'
  return day > todayOn ? 'in_future' : undefined
}

/** What is missing or wrong before anything is sent. Companions at a door give no birth date and no country. */
export const identityFaults = (
  values: IdentityValues,
  options: { brief?: boolean; now?: number } = {},
): IdentityFaults => {
  const todayOn = shanghaiDayOf(options.now ?? Date.now())
  const faults: IdentityFaults = {}
  const name = parsePersonName(values.name)
  if (!name.ok) faults.name = name.reason
  const number = numberFault(values, todayOn)
  if (number) faults.documentNumber = number
  if (options.brief) return faults
  const birth = birthFault(values, todayOn)
  if (birth) faults.birthOn = birth
  if (values.documentType === 'passport' && !/^[A-Z]{3}$/.test(values.country)) faults.country = 'country'
  return faults
}

/** Under 18 by what is typed; false while that is not known. */
export const isMinor = (values: IdentityValues, now = Date.now()): boolean => {
  const todayOn = shanghaiDayOf(now)
  const parsed = parseDocumentNumber(values.documentType, values.documentNumber, { todayOn })
  const birthOn = parsed.ok && parsed.birthOn ? parsed.birthOn : dayOf(values.birthOn)
  return isCalendarDay(birthOn) && ageOn(birthOn, todayOn) < ADULT_AGE
}

/** What the server takes; call it only where `identityFaults` found nothing. */
export const identityBody = (values: IdentityValues, now = Date.now()) => {
  const parsed = parseDocumentNumber(values.documentType, values.documentNumber, {
    todayOn: shanghaiDayOf(now),
  })
  const name = parsePersonName(values.name)
  return {
    name: name.ok ? name.name : values.name,
    documentType: parsed.ok ? parsed.type : values.documentType,
    documentNumber: parsed.ok ? parsed.number : values.documentNumber,
    ...((parsed.ok ? parsed.type : values.documentType) === 'passport' ? { country: values.country } : {}),
    ...(needsBirth(values) ? { birthOn: dayOf(values.birthOn) } : {}),
  }
}
