import { describe, expect, it } from 'vitest'
import { DEFAULT_ADMISSION_POLICIES } from './default-policies.ts'
import { type AdmissionPolicies, policyForKind } from './policy.ts'
import { isVenueKind, isVenueKindWithin, VENUE_KINDS, venueKindLineage } from './venue-kind.ts'

describe('the default policies', () => {
  it('never deny anyone at a medical institution, and deny red everywhere else', () => {
    for (const kind of VENUE_KINDS) {
      const { onRed, onYellow } = policyForKind(DEFAULT_ADMISSION_POLICIES, kind)
      if (isVenueKindWithin(kind, 'medical')) expect([onRed, onYellow]).toEqual(['review', 'review'])
      else expect(onRed).toBe('deny')
    }
  })

  it('ask for entry registration at entry channels only', () => {
    for (const kind of VENUE_KINDS) {
      const { requiresEntryRegistration } = policyForKind(DEFAULT_ADMISSION_POLICIES, kind)
      expect(requiresEntryRegistration, kind).toBe(isVenueKindWithin(kind, 'entry_channel'))
    }
  })
})

describe('policyForKind', () => {
  it('takes the nearest kind that says something', () => {
    const policies: AdmissionPolicies = {
      base: DEFAULT_ADMISSION_POLICIES.base,
      byKind: {
        school: { testMaxAgeHours: 48, onYellow: 'review' },
        kindergarten: { testMaxAgeHours: 24 },
        pharmacy: { testMaxAgeHours: null },
      },
    }
    expect(policyForKind(policies, 'kindergarten')).toEqual({
      ...policies.base,
      testMaxAgeHours: 24,
      onYellow: 'review',
    })
    expect(policyForKind(policies, 'university').testMaxAgeHours).toBe(48)
    expect(policyForKind(policies, 'other')).toEqual(policies.base)
  })

  it('leaves the policies as they were', () => {
    const before = JSON.stringify(DEFAULT_ADMISSION_POLICIES)
    policyForKind(DEFAULT_ADMISSION_POLICIES, 'hospital').onRed = 'deny'
    expect(JSON.stringify(DEFAULT_ADMISSION_POLICIES)).toBe(before)
  })
})

describe('the tree of venue kinds', () => {
  it('leads from every kind to a top kind', () => {
    for (const kind of VENUE_KINDS) expect(venueKindLineage(kind).length).toBeLessThanOrEqual(2)
    expect(venueKindLineage('railway_station')).toEqual(['railway_station', 'entry_channel'])
    expect(isVenueKindWithin('school', 'kindergarten')).toBe(false)
  })

  it('knows its kinds and nothing that every object has', () => {
    expect(isVenueKind('market')).toBe(true)
    for (const other of ['castle', 'constructor', '', null, 3]) expect(isVenueKind(other)).toBe(false)
  })
})
