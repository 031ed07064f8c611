import type { Stay } from '@jiankangbao/contracts/declaration/schemas'
import { dayOfDigits } from './days.ts'

export interface Place {
  code: string
  name: string
}
export const noPlace: Place = { code: '', name: '' }

export interface StayDraft {
  place: Place
  fromOn: string
  toOn: string
  /** Street, village, building: whether the person was in the part of a county that is rated. */
  detail?: string
}

/** As the server takes them. */
export const toStays = (drafts: readonly StayDraft[]): Stay[] =>
  drafts.map(({ place, fromOn, toOn, detail = '' }) => ({
    ...(/^[A-Z]{3}$/.test(place.code)
      ? { country: place.code }
      : { divisionCode: place.code === '' ? '000000' : place.code }),
    fromOn: dayOfDigits(fromOn),
    toOn: dayOfDigits(toOn),
    ...(detail.trim() === '' ? {} : { detail: detail.trim() }),
  }))
