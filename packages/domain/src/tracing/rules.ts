import { DAY_MS } from '../time/shanghai.ts'

/**
 * What an epidemiologist may move for one case. Minutes are those of one day of the city, added up.
 * Nothing here is 800-metre companionship: that is a rule of the phone network, not of a door.
 */
export interface TracingRules {
  /** From so many minutes on a day together: close contact. */
  closeMinutes: number
  /** From so many minutes on a day together: co-presence. */
  coPresenceMinutes: number
  /** Days before the onset or the first positive sample from which the case counts as infectious. */
  daysBefore: number
}

/** Each number with where it comes from; offices see it beside the field. */
export const TRACING_RULES = {
  closeMinutes: {
    standard: 15,
    least: 1,
    most: 240,
    source:
      'WHO, Contact tracing in the context of COVID-19 (2021-02-01); US CDC (2020-10-21): 15 min in 24 h',
  },
  coPresenceMinutes: { standard: 1, least: 1, most: 240, source: 'City: every stay at the same door' },
  daysBefore: {
    standard: 4,
    least: 0,
    most: 14,
    source: 'WHO (2021): 2 days before onset or first positive sample; locally 4 (方案第八版 2021-05)',
  },
} as const satisfies Record<
  keyof TracingRules,
  { standard: number; least: number; most: number; source: string }
>

export const RULE_NAMES = Object.keys(TRACING_RULES) as (keyof TracingRules)[]

export const standardTracingRules = (): TracingRules => ({
  closeMinutes: TRACING_RULES.closeMinutes.standard,
  coPresenceMinutes: TRACING_RULES.coPresenceMinutes.standard,
  daysBefore: TRACING_RULES.daysBefore.standard,
})

/** Which rule is out of bounds, or undefined. Co-presence never asks for more than close contact. */
export const findFaultyRule = (rules: TracingRules): keyof TracingRules | undefined => {
  const outside = RULE_NAMES.find((name) => {
    const { least, most } = TRACING_RULES[name]
    return !Number.isInteger(rules[name]) || rules[name] < least || rules[name] > most
  })
  return outside ?? (rules.coPresenceMinutes > rules.closeMinutes ? 'coPresenceMinutes' : undefined)
}

/** Instants in milliseconds; `until` is not included. */
export interface Span {
  from: number
  until: number
}

/**
 * When a case was infectious: from some days before the onset, or before the first positive sample where that came first,
 * until it was isolated, or now.
 * @param anchorAt onset or first positive sample, whichever was earlier
 */
export const infectiousSpan = (
  { anchorAt, isolatedAt }: { anchorAt: number; isolatedAt: number | null },
  { daysBefore }: Pick<TracingRules, 'daysBefore'>,
  now: number,
): Span => {
  const from = anchorAt - daysBefore * DAY_MS
  return { from, until: Math.max(from, Math.min(isolatedAt ?? now, now)) }
}
