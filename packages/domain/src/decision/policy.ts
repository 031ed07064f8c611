import { type VenueKind, venueKindLineage } from './venue-kind.ts'

/** What a venue asks of a person who wants in. */
export type AdmissionPolicy = {
  onGreen: 'admit' | 'review'
  onYellow: 'deny' | 'review'
  /** An unknown colour always needs a human; it is neither refused nor let through by a machine. */
  onNone: 'review'
  onRed: 'deny' | 'review'
  /** Oldest acceptable negative sample in hours; null asks for no test. */
  testMaxAgeHours: 24 | 48 | 72 | null
  requiresEntryRegistration: boolean
  /** Whether the phone is asked where it is. Rulesets from before it was asked say nothing: then entry channels ask. */
  asksPosition?: boolean
  /** A colour evaluated longer ago than this is stale: a green one needs a human. */
  maxEvaluationAgeHours: number
}

/** A base for every venue, and what single kinds change in it. A kind inherits along the tree of venue kinds. */
export type AdmissionPolicies = {
  base: AdmissionPolicy
  byKind: { readonly [kind in VenueKind]?: Partial<AdmissionPolicy> }
}

/** The policy of a kind: the base, overlaid by its top kind, down to the kind itself. */
export function policyForKind(policies: AdmissionPolicies, kind: VenueKind): AdmissionPolicy {
  const policy = { ...policies.base }
  const lineage = venueKindLineage(kind)
  for (let i = lineage.length - 1; i >= 0; i--) {
    const step = lineage[i]
    if (step !== undefined) Object.assign(policy, policies.byKind[step])
  }
  return policy
}
