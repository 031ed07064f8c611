import type { AdmissionPolicies } from './policy.ts'

/**
 * The city's ordinary admission policies. Medical institutions never turn anyone away: emergencies come first, so
 * red and yellow go to a person who decides. Arrivals need their entry registration, and a phone that is elsewhere must
 * not arrive. Someone yellow must be able to
 * get home or be received on arrival: estates, villages and entry channels review instead of refusing.
 */
export const DEFAULT_ADMISSION_POLICIES: AdmissionPolicies = {
  base: {
    onGreen: 'admit',
    onYellow: 'deny',
    onNone: 'review',
    onRed: 'deny',
    testMaxAgeHours: null,
    requiresEntryRegistration: false,
    maxEvaluationAgeHours: 168,
  },
  byKind: {
    entry_channel: { onYellow: 'review', requiresEntryRegistration: true, asksPosition: true },
    medical: { onYellow: 'review', onRed: 'review' },
    community: { onYellow: 'review' },
  },
}
