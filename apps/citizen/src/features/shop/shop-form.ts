import type { Call } from '@jiankangbao/contracts/schemas'
import { isShopKind, type ShopKind } from '@jiankangbao/domain/decision/venue-kind'
import { parseCreditCode } from '@jiankangbao/domain/identity/credit-code'
import type { Faults } from '../declare/faults.ts'
import { noPlace } from '../declare/stays.ts'

export const emptyShop = {
  name: '',
  kind: '',
  where: noPlace,
  address: '',
  licence: '',
  responsible: '',
  phone: '',
  points: '',
  requestId: '',
}
export type ShopDraft = typeof emptyShop

const MOST_POINTS = 40
const required = ['name', 'kind', 'address', 'responsible', 'phone'] as const
/** Fields of the request under the names that the form has for them. */
const FIELDS = {
  creditCode: 'licence',
  responsibleName: 'responsible',
  responsiblePhone: 'phone',
  divisionCode: 'where',
} as const

/** What the server refused, at the fields of this form. */
export const ownFaults = (told: Faults): Faults => {
  const own: Faults = {}
  for (const [field, reason] of Object.entries(told))
    own[FIELDS[field as keyof typeof FIELDS] ?? (field.startsWith('points') ? 'points' : field)] = reason
  return own
}

const listPoints = (text: string): string[] => {
  const points = text
    .split(/[、,，;；|/\n]/)
    .map((point) => point.trim())
    .filter((point) => point !== '')
  return points.filter((point, at) => points.indexOf(point) === at)
}

/** Names of doors as somebody writes them in one line, as many as a request takes; the one door of a shop that names none. */
export const readPoints = (text: string, whole: string): string[] => {
  const own = listPoints(text).slice(0, MOST_POINTS)
  return own.length > 0 ? own : [whole]
}

const licenceFault = (licence: string): string | undefined => {
  if (licence.trim() === '') return undefined
  const read = parseCreditCode(licence)
  return read.ok ? undefined : read.reason
}

export const applicationFaults = (value: ShopDraft): Faults => {
  const faults: Faults = {}
  for (const field of required) if (value[field].trim() === '') faults[field] = 'required'
  // A draft from when more could be chosen.
  if (!isShopKind(value.kind)) faults.kind = 'required'
  if (value.where.code === '') faults.where = 'choose'
  // Said, not cut off: every door that was written down gets its code.
  if (listPoints(value.points).length > MOST_POINTS) faults.points = 'too_many'
  const licence = licenceFault(value.licence)
  if (licence !== undefined) faults.licence = licence
  return faults
}

/** What is filled in, as a request has it; its own spelling of fields. */
export const changedFields = (value: ShopDraft): Call<'changeMyShop'>['body'] => {
  const text = {
    name: value.name.trim(),
    divisionCode: value.where.code,
    address: value.address.trim(),
    creditCode: value.licence.trim(),
    responsibleName: value.responsible.trim(),
    responsiblePhone: value.phone.trim(),
  }
  const filled: { [Field in keyof typeof text]?: string } = {}
  for (const field of Object.keys(text) as (keyof typeof text)[])
    if (text[field] !== '') filled[field] = text[field]
  return { ...filled, ...(isShopKind(value.kind) ? { kind: value.kind } : {}) }
}

export const changeFaults = (value: ShopDraft): Faults => {
  const licence = licenceFault(value.licence)
  return licence === undefined ? {} : { licence }
}

export const applicationBody = (
  value: ShopDraft,
  requestId: string,
  entrance: string,
): Call<'applyShop'>['body'] => ({
  requestId,
  name: value.name.trim(),
  kind: value.kind as ShopKind,
  divisionCode: value.where.code,
  address: value.address.trim(),
  ...(value.licence.trim() === '' ? {} : { creditCode: value.licence.trim() }),
  responsibleName: value.responsible.trim(),
  responsiblePhone: value.phone.trim(),
  points: readPoints(value.points, entrance),
})
