import type { VenueKind } from '../decision/venue-kind.ts'
import { DAY_MS } from '../time/shanghai.ts'

/** Minutes before and after a stay in which others still count as together, at places of a kind and the kinds under it. */
export interface Margins {
  kind: VenueKind
  before: number
  after: number
}
/** Days before the onset in which somebody may have caught it: WHO (2021), 1 to 14 days. */
export const MOST_INCUBATION_DAYS = 14
/** Of how many contacts the own contacts are looked for. */
export const MOST_FURTHER = 50
/** No margin is longer. */
export const MOST_MARGIN_MINUTES = 240

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
  /** Only of kinds whose margins were moved; each kind once. All others have those of `stay.ts`. */
  margins?: Margins[]
  /** Contacts whose own contacts are looked for as well, by person: one step further. */
  further?: string[]
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
  Exclude<keyof TracingRules, 'margins' | 'further'>,
  { standard: number; least: number; most: number; source: string }
>

export const RULE_NAMES = Object.keys(TRACING_RULES) as (keyof typeof TRACING_RULES)[]

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
  if (outside) return outside
  if (rules.coPresenceMinutes > rules.closeMinutes) return 'coPresenceMinutes'
  return isFaultyMargin(rules.margins ?? []) ? 'margins' : undefined
}

const isFaultyMargin = (margins: readonly Margins[]): boolean =>
  new Set(margins.map(({ kind }) => kind)).size < margins.length ||
  margins.some(({ before, after }) =>
    [before, after].some(
      (minutes) => !Number.isInteger(minutes) || minutes < 0 || minutes > MOST_MARGIN_MINUTES,
    ),
  )

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
