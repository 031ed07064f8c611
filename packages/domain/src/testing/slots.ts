import type { Colour } from '../status/colour.ts'
import { addDays, type ShanghaiDay, shanghaiDayOf, startOfShanghaiDay } from '../time/shanghai.ts'
import { minutesOfDay, type OpeningSpan, type SiteAudience, shanghaiMinute } from './site.ts'

/** Days that can be booked, today among them. */
export const BOOKABLE_DAYS = 7

/** Bookings that one person may have ahead: two tests a day apart, and one to spare. */
export const MOST_BOOKINGS = 3

/** People whom one booking brings. */
export const MOST_TOGETHER = 10

/** How long before its slot somebody is reminded. */
export const REMINDED_BEFORE_MS = 60 * 60_000

/** `kept`: swabbed. `called_off`: by the site. */
export const BOOKING_STATES = ['booked', 'kept', 'missed', 'cancelled', 'called_off'] as const
export type BookingState = (typeof BOOKING_STATES)[number]

/** What becomes of a wish to book; anything but `booked` has written nothing. */
export const BOOKING_OUTCOMES = [
  'booked',
  /** The answer names the next free slot. */
  'slot_full',
  /** The site is not open then, or takes no bookings. */
  'slot_gone',
  'booked_that_day',
  'too_many',
  'for_yellow_only',
  'go_to_yellow_site',
  'stay_in',
] as const
export type BookingOutcome = (typeof BOOKING_OUTCOMES)[number]

/** What a site does on one day in place of its week. */
export interface DayException {
  closed: boolean
  hours?: { opens: string; closes: string }[] | undefined
  slotCapacity?: number | undefined
}

export interface BookableSite {
  hours: readonly OpeningSpan[]
  slotMinutes: number | null
  slotCapacity: number | null
}

export interface Slot {
  /** Epoch milliseconds. */
  startsAt: number
  endsAt: number
  capacity: number
}

const MINUTE_MS = 60_000

/** The hours of one day: those of its week unless the day has its own. */
export const hoursOfDay = (
  hours: readonly OpeningSpan[],
  day: ShanghaiDay,
  exception: DayException | undefined,
): { opens: string; closes: string }[] => {
  if (exception?.closed) return []
  if (exception?.hours) return exception.hours
  const { weekday } = shanghaiMinute(startOfShanghaiDay(day))
  return hours.filter(({ weekdays }) => weekdays.includes(weekday))
}

/** Whether a site is open, with what it does otherwise on this day. */
export const isOpenOn = (
  hours: readonly OpeningSpan[],
  exception: DayException | undefined,
  nowMs: number,
): boolean => {
  const { minute } = shanghaiMinute(nowMs)
  return hoursOfDay(hours, shanghaiDayOf(nowMs), exception).some(
    ({ opens, closes }) => (minutesOfDay(opens) ?? 0) <= minute && minute < (minutesOfDay(closes) ?? 0),
  )
}

/** The slots of a day, in order. A slot that would end after closing is none; spans that overlap give each slot once. */
export const slotsOfDay = (
  site: BookableSite,
  day: ShanghaiDay,
  exception: DayException | undefined,
): Slot[] => {
  const { slotMinutes } = site
  const capacity = exception?.slotCapacity ?? site.slotCapacity
  if (slotMinutes === null || capacity === null) return []
  const midnight = startOfShanghaiDay(day)
  const starts = new Set<number>()
  for (const { opens, closes } of hoursOfDay(site.hours, day, exception)) {
    const last = (minutesOfDay(closes) ?? 0) - slotMinutes
    for (let minute = minutesOfDay(opens) ?? 0; minute <= last; minute += slotMinutes) starts.add(minute)
  }
  return [...starts]
    .sort((one, other) => one - other)
    .map((minute) => ({
      startsAt: midnight + minute * MINUTE_MS,
      endsAt: midnight + (minute + slotMinutes) * MINUTE_MS,
      capacity,
    }))
}

/** The slot that begins at an instant, if the site has one. */
export const slotAt = (
  site: BookableSite,
  exceptions: ReadonlyMap<ShanghaiDay, DayException>,
  startsAt: number,
): Slot | undefined => {
  const day = shanghaiDayOf(startsAt)
  return slotsOfDay(site, day, exceptions.get(day)).find((slot) => slot.startsAt === startsAt)
}

/** The days that can be booked at an instant. */
export const bookableDays = (nowMs: number): ShanghaiDay[] => {
  const today = shanghaiDayOf(nowMs)
  return Array.from({ length: BOOKABLE_DAYS }, (_, later) => addDays(today, later))
}

/** Whether a slot can be booked at an instant: a place that became free is given until the slot ends. */
export const isBookable = (slot: Slot, nowMs: number): boolean =>
  nowMs < slot.endsAt && bookableDays(nowMs).includes(shanghaiDayOf(slot.startsAt))

/**
 * Until when a place waits for whoever booked it: half the slot, at least ten minutes, from its beginning or from the booking.
 * Afterwards somebody else may have it; whoever comes late is swabbed all the same.
 */
export const heldUntil = (slot: Slot, bookedAtMs: number): number =>
  Math.max(slot.startsAt, bookedAtMs) + Math.max(10 * MINUTE_MS, (slot.endsAt - slot.startsAt) / 2)

/** Why somebody of this colour does not book at this site; undefined where they may. People with a fever go, whatever their colour. */
export const whyNotAt = (
  audience: SiteAudience,
  colour: Colour,
): Extract<BookingOutcome, 'for_yellow_only' | 'go_to_yellow_site' | 'stay_in'> | undefined => {
  if (audience === 'fever_clinic') return undefined
  if (colour === 'red') return 'stay_in'
  if (audience === 'yellow') return colour === 'yellow' ? undefined : 'for_yellow_only'
  return colour === 'yellow' ? 'go_to_yellow_site' : undefined
}
