import {
  ABOUT_VENUE_KINDS,
  type StayLength,
  VENUE_KINDS,
  type VenueKind,
  venueKindLineage,
} from '../decision/venue-kind.ts'
import { HOUR_MS } from '../time/shanghai.ts'
import type { Margins, Span } from './rules.ts'

const MINUTE_MS = 60_000

const DEFAULT_STAY: StayLength = ABOUT_VENUE_KINDS.other.stay
const stayOf = (kind: VenueKind): StayLength | undefined => {
  const about = ABOUT_VENUE_KINDS[kind]
  return 'stay' in about ? about.stay : undefined
}

/** @param margins moved by hand; the kind itself first, then the kinds above it */
export const stayLengthOf = (kind: VenueKind, margins: readonly Margins[] = []): StayLength => {
  const lineage = venueKindLineage(kind)
  const length = lineage.map(stayOf).find((stay) => stay) ?? DEFAULT_STAY
  const movedKind = lineage.find((each) => margins.some((margin) => margin.kind === each))
  const moved = margins.find((margin) => margin.kind === movedKind)
  return moved ? { ...length, marginBefore: moved.before, marginAfter: moved.after } : length
}

/** The longest of all lengths: how far back a scan may lie whose stay reaches into a window. */
export const LONGEST_STAY_MS = Math.max(...VENUE_KINDS.map((kind) => stayOf(kind)?.minutes ?? 0)) * MINUTE_MS

/** No stay is longer, also by hand. */
export const MOST_STAY_MS = 24 * HOUR_MS

/**
 * A stay that began with a scan: as long as the kind of place says, ended by the next scan elsewhere.
 * @param nextElsewhereAt next scan of the same person at another venue
 */
export const stayFrom = (scannedAt: number, minutes: number, nextElsewhereAt: number | null): Span => {
  const longest = scannedAt + minutes * MINUTE_MS
  const until = nextElsewhereAt !== null && nextElsewhereAt > scannedAt ? nextElsewhereAt : longest
  return { from: scannedAt, until: Math.min(longest, until) }
}

/** In what a stay of a case counts for others: with the margins of its place. */
export const withMargins = (
  { from, until }: Span,
  length: Pick<StayLength, 'marginBefore' | 'marginAfter'>,
): Span => ({
  from: from - length.marginBefore * MINUTE_MS,
  until: until + length.marginAfter * MINUTE_MS,
})

/** Spans that touch or overlap become one; sorted. */
export const mergeSpans = (spans: Span[]): Span[] => {
  const merged: Span[] = []
  for (const span of [...spans].sort((one, other) => one.from - other.from)) {
    if (span.until <= span.from) continue
    const last = merged[merged.length - 1]
    if (last && span.from <= last.until) last.until = Math.max(last.until, span.until)
    else merged.push({ ...span })
  }
  return merged
}

/** What two spans have in common, or undefined. */
export const intersect = (one: Span, other: Span): Span | undefined => {
  const from = Math.max(one.from, other.from)
  const until = Math.min(one.until, other.until)
  return until > from ? { from, until } : undefined
}
