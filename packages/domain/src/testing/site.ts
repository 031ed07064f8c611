import { DAY_MS, SHANGHAI_OFFSET_MS } from '../time/shanghai.ts'

/** Whom a testing site is for. `fever_clinic`: people with fever, whatever their colour. */
export const SITE_AUDIENCES = ['everybody', 'yellow', 'fever_clinic'] as const
export type SiteAudience = (typeof SITE_AUDIENCES)[number]

export const SITE_STATES = ['active', 'suspended', 'closed'] as const
export type SiteState = (typeof SITE_STATES)[number]

/** How long a slot for booking may be. */
export const SLOT_MINUTES: readonly number[] = [15, 20, 30, 60]

/** One span of opening in the week; 1 is Monday. `closes` may be 24:00, never past midnight. */
export interface OpeningSpan {
  weekdays: number[]
  opens: string
  closes: string
}

/** Minutes since midnight of `08:30`; undefined for what is no time of a day. */
export const minutesOfDay = (text: string): number | undefined => {
  const match = /^([01][0-9]|2[0-4]):([0-5][0-9])$/.exec(text)
  if (!match) return undefined
  const minutes = Number(match[1]) * 60 + Number(match[2])
  return minutes <= 24 * 60 ? minutes : undefined
}

/** Whether every span begins before it ends. */
export const areSpans = (spans: readonly OpeningSpan[]): boolean =>
  spans.every(({ opens, closes }) => {
    const from = minutesOfDay(opens)
    const until = minutesOfDay(closes)
    return from !== undefined && until !== undefined && from < until
  })

/** 1 for Monday to 7 for Sunday in Asia/Shanghai, and the minutes since that midnight. */
export const shanghaiMinute = (nowMs: number): { weekday: number; minute: number } => {
  const local = nowMs + SHANGHAI_OFFSET_MS
  const day = Math.floor(local / DAY_MS)
  return { weekday: ((((day + 3) % 7) + 7) % 7) + 1, minute: Math.floor((local - day * DAY_MS) / 60_000) }
}

/** Minutes that somebody who comes now waits; undefined where nobody has said how many wait, or nobody is swabbed. */
export const waitingMinutes = (waiting: number | undefined, perMinute: number): number | undefined => {
  if (waiting === undefined) return undefined
  if (waiting === 0) return 0
  return perMinute > 0 ? Math.ceil(waiting / perMinute) : undefined
}

/** A queue that was counted longer ago says nothing about now. */
export const QUEUE_KEPT_MS = 60 * 60_000
