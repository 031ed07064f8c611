import { addDays, isCalendarDay, type ShanghaiDay } from '../time/shanghai.ts'

/** How far back places stayed are asked for. */
export const STAY_DAYS = 14
/** Most places in one declaration. */
export const MAX_STAYS = 20

/** The place of a stay: its division, or its country. */
export const placeOfStay = ({
  divisionCode,
  country,
}: {
  divisionCode?: string | undefined
  country?: string | undefined
}): string => country ?? divisionCode ?? ''

export interface DatedStay {
  fromOn: ShanghaiDay
  toOn: ShanghaiDay
}
export interface StayFault {
  /** Position in the list. */
  at: number
  field: 'fromOn' | 'toOn'
  reason: 'format' | 'in_the_future' | 'before_from' | 'too_long_ago' | 'overlap'
}

const faultOf = (stay: DatedStay, at: number, today: ShanghaiDay): StayFault | undefined => {
  if (!isCalendarDay(stay.fromOn)) return { at, field: 'fromOn', reason: 'format' }
  if (!isCalendarDay(stay.toOn)) return { at, field: 'toOn', reason: 'format' }
  if (stay.fromOn > today) return { at, field: 'fromOn', reason: 'in_the_future' }
  if (stay.toOn > today) return { at, field: 'toOn', reason: 'in_the_future' }
  if (stay.toOn < stay.fromOn) return { at, field: 'toOn', reason: 'before_from' }
  if (stay.toOn < addDays(today, -STAY_DAYS)) return { at, field: 'toOn', reason: 'too_long_ago' }
  return undefined
}

/**
 * What is wrong with places stayed, at most one fault a place. Gaps are allowed; two places may share the day of the
 * journey between them, but not more. Dates are `YYYY-MM-DD`, which sort as text.
 */
export const findStayFaults = (stays: readonly DatedStay[], today: ShanghaiDay): StayFault[] => {
  const faults: StayFault[] = []
  stays.forEach((stay, at) => {
    const fault = faultOf(stay, at, today)
    if (fault) {
      faults.push(fault)
      return
    }
    const overlaps = stays.some(
      (other, index) =>
        index < at &&
        !faults.some((found) => found.at === index) &&
        ((other.fromOn < stay.toOn && stay.fromOn < other.toOn) ||
          (other.fromOn === stay.fromOn && other.toOn === stay.toOn)),
    )
    if (overlaps) faults.push({ at, field: 'fromOn', reason: 'overlap' })
  })
  return faults
}
