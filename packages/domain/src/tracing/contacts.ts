import { shanghaiDayNumber, startOfShanghaiDayNumber } from '../time/shanghai.ts'
import type { Span, TracingRules } from './rules.ts'
import { intersect, mergeSpans } from './stay.ts'

/** How somebody was together with a case; `secondary_contact`: together with one of its contacts. */
export const CONTACT_GROUPS = ['close_contact', 'co_presence', 'secondary_contact'] as const
export type ContactGroup = (typeof CONTACT_GROUPS)[number]

/**
 * How sure it is that somebody was there: scanned by themselves at the same point; at another point of the same venue; or
 * something speaks against it (`DOUBTS`).
 */
export const SURETIES = ['sure', 'likely', 'doubtful'] as const
export type Surety = (typeof SURETIES)[number]

/** What may be said of a scan besides its place and time. */
export const SCAN_MARKS = ['far', 'withdrawn', 'late', 'unlocated', 'stated'] as const
export type ScanMark = (typeof SCAN_MARKS)[number]

/** A scan from far away, and one that was taken back, was no presence: it is listed and never counted. */
export const isPresence = (marks: readonly ScanMark[]): boolean =>
  marks.indexOf('far') === -1 && marks.indexOf('withdrawn') === -1

/** Sent later, without a position where the door asks for one, or stated by somebody else: counts less. */
export const isDoubtful = (marks: readonly ScanMark[]): boolean => marks.length > 0

/** A stay of another person, while they were within reach of one stay of the case. */
export interface Meeting {
  stayId: string
  /** Of the other person; instants in milliseconds. */
  span: Span
  surety: Surety
}

export interface StayTogether {
  stayId: string
  minutes: number
  surety: Surety
  from: number
}

export interface Contact {
  group: ContactGroup
  /** Of the day with the most. */
  minutes: number
  /** How many stays of the case. */
  times: number
  surety: Surety
  /** End of the last stay together: from there the days of a colour are counted. */
  lastAt: number
  stays: StayTogether[]
}

const MINUTE_MS = 60_000

/** Whole minutes of spans by day of the city; a span over midnight belongs to both days. */
const minutesByDay = (spans: Span[]): Map<number, number> => {
  const days = new Map<number, number>()
  for (const { from, until } of mergeSpans(spans))
    for (let day = shanghaiDayNumber(from); startOfShanghaiDayNumber(day) < until; day++) {
      const part = intersect(
        { from, until },
        { from: startOfShanghaiDayNumber(day), until: startOfShanghaiDayNumber(day + 1) },
      )
      if (part) days.set(day, (days.get(day) ?? 0) + part.until - part.from)
    }
  return days
}

const most = (days: Map<number, number>): number => Math.floor(Math.max(0, ...days.values()) / MINUTE_MS)

const surest = (sureties: Surety[]): Surety =>
  SURETIES.find((each) => sureties.indexOf(each) !== -1) ?? 'doubtful'

const together = (windows: Map<string, Span>, meetings: Meeting[]) =>
  meetings.flatMap(({ stayId, span, surety }) => {
    const window = windows.get(stayId)
    const common = window && intersect(window, span)
    return common ? [{ stayId, surety, ...common }] : []
  })

/**
 * What one person is to a case, or undefined: minutes add up over a day (three times five are fifteen) and are counted once
 * where stays overlap. What is doubtful alone never makes a close contact.
 * @param windows by stay of the case that counts, with its margins
 * @param meetings of the one person
 */
export const findContact = (
  windows: Map<string, Span>,
  meetings: Meeting[],
  rules: Pick<TracingRules, 'closeMinutes' | 'coPresenceMinutes'>,
): Contact | undefined => {
  const parts = together(windows, meetings)
  if (parts.length === 0) return undefined
  const minutes = most(minutesByDay(parts))
  if (minutes < rules.coPresenceMinutes) return undefined
  const trusted = most(minutesByDay(parts.filter(({ surety }) => surety !== 'doubtful')))
  const byStay = new Map<string, (Span & { surety: Surety })[]>()
  for (const part of parts) byStay.set(part.stayId, [...(byStay.get(part.stayId) ?? []), part])
  const stays = [...byStay].map(([stayId, spans]): StayTogether => {
    const merged = mergeSpans(spans)
    return {
      stayId,
      minutes: Math.floor(merged.reduce((sum, { from, until }) => sum + until - from, 0) / MINUTE_MS),
      surety: surest(spans.map(({ surety }) => surety)),
      from: merged[0]?.from ?? 0,
    }
  })
  return {
    group: trusted >= rules.closeMinutes ? 'close_contact' : 'co_presence',
    minutes,
    times: stays.length,
    surety: surest(stays.map(({ surety }) => surety)),
    lastAt: Math.max(...parts.map(({ until }) => until)),
    stays: stays.sort((one, other) => one.from - other.from),
  }
}
