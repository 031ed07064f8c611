import type { Symptom } from '@jiankangbao/contracts/declaration/schemas'
import type { Entry, EntryRequest } from '@jiankangbao/contracts/entry/schemas'
import { placeOfStay } from '@jiankangbao/domain/declaration/stays'
import { dayText } from '../../words/time-words.ts'
import { dayOfDigits, instantOfDigits } from '../declare/days.ts'
import type { Faults } from '../declare/faults.ts'
import { noPlace, type Place, type StayDraft, toStays } from '../declare/stays.ts'
import { placeName } from '../identity/countries.ts'

export const emptyEntry = {
  step: 0,
  self: true,
  memberIds: [] as string[],
  mode: '' as EntryRequest['arrivalMode'] | '',
  number: '',
  arriveOn: '',
  arriveAt: '',
  origin: noPlace as Place,
  stays: [] as StayDraft[],
  destination: noPlace as Place,
  detail: '',
  reason: '' as EntryRequest['reason'] | '',
  phone: '',
  /** By member id, '' for the account holder. */
  unwell: {} as Record<string, Symptom[]>,
  testResult: '' as 'negative' | 'positive' | 'waiting' | '',
  testOn: '',
  agreed: false,
  corrects: '',
  requestId: '',
}
export type EntryDraft = typeof emptyEntry

const digitsOf = (instant: string) => {
  const shifted = new Date(Date.parse(instant) + 8 * 3_600_000).toISOString()
  return { day: dayText(Date.parse(instant)).replace(/-/g, ''), time: shifted.slice(11, 16).replace(':', '') }
}

/** A registration as it stands, to be corrected. */
export const draftOf = ({ entryId, content, placeNames }: Entry, destinationName: string): EntryDraft => {
  const { day, time } = digitsOf(content.plannedArrivalAt)
  const nameOf = (code: string): Place => ({ code, name: placeName(code, placeNames) })
  const unwell: Record<string, Symptom[]> = {}
  for (const { memberId, symptoms } of content.unwell) unwell[memberId ?? ''] = symptoms
  return {
    ...emptyEntry,
    self: content.self,
    memberIds: content.memberIds,
    mode: content.arrivalMode,
    number: content.arrivalNumber ?? '',
    arriveOn: day,
    arriveAt: time,
    origin: nameOf(content.originCode),
    stays: content.stays.map((stay) => ({
      place: nameOf(placeOfStay(stay)),
      fromOn: stay.fromOn.replace(/-/g, ''),
      toOn: stay.toOn.replace(/-/g, ''),
      detail: stay.detail ?? '',
    })),
    destination: { code: content.destinationCode, name: destinationName },
    detail: content.destinationDetail,
    reason: content.reason,
    phone: content.contactPhone,
    unwell,
    testResult: content.latestTest?.result ?? '',
    testOn: content.latestTest?.sampledOn.replace(/-/g, '') ?? '',
    corrects: entryId,
  }
}

/** Who travels: '' is the account holder, as in `unwell`. */
const travels = (draft: EntryDraft, who: string): boolean =>
  who === '' ? draft.self : draft.memberIds.includes(who)

/** Travellers of a registration made before they left the family: to be unticked before it can be corrected. */
export const formerMembers = (draft: EntryDraft, members: readonly { memberId: string }[]): string[] =>
  draft.memberIds.filter((id) => !members.some(({ memberId }) => memberId === id))

/** What is missing in a step, before the server looks at it. */
export const faultsOfStep = (draft: EntryDraft, step: number): Faults => {
  const faults: Faults = {}
  const need = (field: string, there: boolean, reason = 'required') => {
    if (!there) faults[field] = reason
  }
  if (step === 0) {
    need('memberIds', draft.self || draft.memberIds.length > 0, 'nobody')
    need('arrivalMode', draft.mode !== '', 'choose')
    need('arrivalNumber', draft.mode === 'other' || draft.number.trim() !== '')
    need('plannedArrivalAt', instantOfDigits(draft.arriveOn, draft.arriveAt) !== undefined, 'format')
  }
  if (step === 1) {
    need('originCode', draft.origin.code !== '', 'choose')
    need('stays', draft.stays.length > 0)
    draft.stays.forEach(({ place, fromOn, toOn }, at) => {
      need(`stays.${at}.divisionCode`, place.code !== '', 'choose')
      need(`stays.${at}.fromOn`, /^\d{4}-\d\d-\d\d$/.test(dayOfDigits(fromOn)), 'format')
      need(`stays.${at}.toOn`, /^\d{4}-\d\d-\d\d$/.test(dayOfDigits(toOn)), 'format')
    })
  }
  if (step === 2) {
    need('destinationCode', draft.destination.code !== '', 'choose')
    need('destinationDetail', draft.detail.trim() !== '')
    need('reason', draft.reason !== '', 'choose')
  }
  if (step === 3) {
    for (const [who, symptoms] of Object.entries(draft.unwell))
      need(`unwell.${who}`, symptoms.length > 0 || !travels(draft, who), 'symptoms')
    need('latestTest.sampledOn', draft.testResult === '' || draft.testOn !== '')
    need('commitment', draft.agreed)
  }
  return faults
}

const steps = [
  /^(self|memberIds|arrival|plannedArrivalAt)/,
  /^(originCode|stays)/,
  /^(destination|reason|contactPhone)/,
  /^(unwell|latestTest|commitment)/,
]

/** The first step with a refused field; the last one where none is known. */
export const stepOfFaults = (faults: Faults): number => {
  const at = steps.findIndex((fields) => Object.keys(faults).some((field) => fields.test(field)))
  return at === -1 ? steps.length - 1 : at
}

/** As the server takes it. */
export const bodyOfDraft = (draft: EntryDraft, requestId: string): EntryRequest => ({
  requestId,
  commitment: true,
  ...(draft.corrects ? { corrects: draft.corrects } : {}),
  self: draft.self,
  memberIds: draft.memberIds,
  arrivalMode: draft.mode === '' ? 'other' : draft.mode,
  ...(draft.number.trim() === '' ? {} : { arrivalNumber: draft.number.trim() }),
  plannedArrivalAt: instantOfDigits(draft.arriveOn, draft.arriveAt) ?? '',
  originCode: draft.origin.code,
  stays: toStays(draft.stays),
  destinationCode: draft.destination.code,
  destinationDetail: draft.detail,
  reason: draft.reason === '' ? 'other' : draft.reason,
  ...(draft.phone.trim() === '' ? {} : { contactPhone: draft.phone }),
  unwell: Object.entries(draft.unwell)
    .filter(([who, symptoms]) => symptoms.length > 0 && travels(draft, who))
    .map(([who, symptoms]) => (who === '' ? { symptoms } : { memberId: who, symptoms })),
  ...(draft.testResult === ''
    ? {}
    : { latestTest: { sampledOn: dayOfDigits(draft.testOn), result: draft.testResult } }),
})
