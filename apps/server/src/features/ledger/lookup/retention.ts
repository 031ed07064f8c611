import { before, HOUR_MS, often, type RetentionOf } from '../../../metrics/retention.ts'

/** Counts and reasons of look-ups: a year and the weeks that an audit takes. */
export const LOOKUP_COUNT_DAYS = 400

export const lookupRetention: RetentionOf = () => ({
  outside_lookups: often(LOOKUP_COUNT_DAYS * 24 * HOUR_MS, before('outside_lookups', 'opened_at')),
  lookup_days: often((LOOKUP_COUNT_DAYS + 1) * 24 * HOUR_MS, before('lookup_days', 'on_day')),
})
