import type { EntryContent } from '@jiankangbao/contracts/entry/schemas'
import type { FieldError } from '@jiankangbao/contracts/error-codes'
import { findStayFaults, placeOfStay, STAY_DAYS } from '@jiankangbao/domain/declaration/stays'
import { addDays, DAY_MS, isCalendarDay, shanghaiDayOf } from '@jiankangbao/domain/time/shanghai'
import { parseArrivalNumber } from '@jiankangbao/domain/written/journey-number'
import { parsePhone } from '@jiankangbao/domain/written/phone'
import { AppError } from '../../../http/app-error.ts'

/** A train may be late, a form filled in at the barrier. */
const PAST_MS = DAY_MS
const AHEAD_MS = 30 * DAY_MS
/** A registration counts at the door until so long after the planned arrival. */
export const GRACE_MS = 3 * DAY_MS
/** … and from so long before it: for an earlier train. Whoever comes earlier still corrects it, which takes a minute. */
const EARLY_MS = DAY_MS

/** When a registration counts at the door: migration 0019 says the same. */
export const doorTimesOf = (plannedArrivalAt: Date): { validFrom: Date; validUntil: Date } => ({
  validFrom: new Date(plannedArrivalAt.getTime() - EARLY_MS),
  validUntil: new Date(plannedArrivalAt.getTime() + GRACE_MS),
})

/** Every place that a registration names but its destination. */
export const listPlaces = ({ originCode, stays }: Pick<EntryContent, 'originCode' | 'stays'>): string[] => [
  originCode,
  ...stays.map(placeOfStay),
]

const checkStays = (
  { stays }: EntryContent,
  placeFaults: readonly FieldError[],
  today: string,
  refuse: (field: string, reason: string) => void,
) => {
  if (stays.length === 0) refuse('stays', 'required')
  for (const { at, field, reason } of findStayFaults(stays, today)) refuse(`stays.${at}.${field}`, reason)
  for (const { field, reason } of placeFaults) refuse(field, reason)
}

const checkTest = (
  { latestTest }: EntryContent,
  today: string,
  refuse: (field: string, reason: string) => void,
) => {
  if (!latestTest) return
  const { sampledOn } = latestTest
  if (!isCalendarDay(sampledOn)) refuse('latestTest.sampledOn', 'format')
  else if (sampledOn > today) refuse('latestTest.sampledOn', 'in_the_future')
  else if (sampledOn < addDays(today, -STAY_DAYS)) refuse('latestTest.sampledOn', 'too_long_ago')
}

/**
 * Takes the content to what is stored: number and phone in one form, everything else as it came.
 * @param places what is wrong with the places stayed, and whether the origin is one
 * @throws AppError VALIDATION_FAILED with every field that is wrong
 */
export const parseEntryContent = (
  content: EntryContent,
  places: { faults: readonly FieldError[]; knowsOrigin: boolean },
  now: Date,
): EntryContent => {
  const fields: FieldError[] = []
  const refuse = (field: string, reason: string) => fields.push({ field, reason })
  const today = shanghaiDayOf(now.getTime())
  if (!content.self && content.memberIds.length === 0) refuse('memberIds', 'nobody')
  const number = parseArrivalNumber(content.arrivalMode, content.arrivalNumber ?? '')
  if (!number.ok) refuse('arrivalNumber', number.reason)
  const arrival = Date.parse(content.plannedArrivalAt)
  if (Number.isNaN(arrival)) refuse('plannedArrivalAt', 'format')
  else if (arrival < now.getTime() - PAST_MS) refuse('plannedArrivalAt', 'in_the_past')
  else if (arrival > now.getTime() + AHEAD_MS) refuse('plannedArrivalAt', 'too_far_ahead')
  if (!places.knowsOrigin) refuse('originCode', 'unknown_place')
  checkStays(content, places.faults, today, refuse)
  const phone = parsePhone(content.contactPhone)
  if (!phone.ok) refuse('contactPhone', phone.reason)
  if (content.destinationDetail.trim() === '') refuse('destinationDetail', 'required')
  checkTest(content, today, refuse)
  content.unwell.forEach(({ memberId, symptoms }, at) => {
    const travels = memberId === undefined ? content.self : content.memberIds.includes(memberId)
    if (!travels) refuse(`unwell.${at}.memberId`, 'not_travelling')
    if (symptoms.length === 0) refuse(`unwell.${at}.symptoms`, 'required')
  })
  if (fields.length > 0 || !number.ok || !phone.ok) throw new AppError('VALIDATION_FAILED', { fields })
  const { arrivalNumber: _, ...rest } = content
  return {
    ...rest,
    ...(number.number === '' ? {} : { arrivalNumber: number.number }),
    plannedArrivalAt: new Date(arrival).toISOString(),
    contactPhone: phone.phone,
    destinationDetail: content.destinationDetail.trim(),
  }
}
