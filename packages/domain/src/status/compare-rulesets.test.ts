import { describe, expect, it } from 'vitest'
import { compareRulesets } from './compare-rulesets.ts'
import { MARCH_2022 } from './rulesets/march-2022.ts'
import { NINTH_EDITION } from './rulesets/ninth-edition.ts'

const { categories } = MARCH_2022

describe('compareRulesets', () => {
  it('finds nothing between a ruleset and its copy, whatever the order of keys', () => {
    const turned = Object.fromEntries(Object.entries(categories).reverse())
    const copy = {
      ...(JSON.parse(JSON.stringify({ ...MARCH_2022, categories: turned })) as typeof MARCH_2022),
      id: 'copy',
      version: 9,
      effectiveFrom: 1,
    }
    const nothing = { added: [], removed: [], changed: [], settings: [] }
    expect(compareRulesets(MARCH_2022, MARCH_2022)).toEqual(nothing)
    expect(compareRulesets(MARCH_2022, copy)).toEqual(nothing)
  })

  it('tells a changed number with its place, and only that', () => {
    const contact = categories.close_contact
    if (contact?.kind !== 'phases' || contact.phases[0]?.end.type !== 'days') throw new Error('not days')
    const [first, ...rest] = contact.phases
    const days = contact.phases[0].end.days
    const changed = {
      ...MARCH_2022,
      categories: {
        ...categories,
        close_contact: {
          ...contact,
          phases: [
            { ...first, end: { ...contact.phases[0].end, days: days + 3 }, actions: ['wait'] },
            ...rest,
          ],
        },
      },
    }
    const difference = compareRulesets(MARCH_2022, changed)
    expect(difference).toMatchObject({ added: [], removed: [], settings: [] })
    expect(difference.changed).toHaveLength(1)
    expect(difference.changed[0]?.category).toBe('close_contact')
    expect(difference.changed[0]?.changes).toEqual([
      { path: '/phases/0/end/days', from: days, to: days + 3 },
      { path: '/phases/0/actions', from: first?.actions, to: ['wait'] },
    ])
  })

  it('tells added and removed categories, phases and settings, and mirrors when turned round', () => {
    const { pool_positive: removed, ...others } = categories
    const changed = {
      ...MARCH_2022,
      provincialMaxAgeHours: 72,
      dayCounting: { mode: 'exact' as const },
      categories: { ...others, constructor_like: removed as NonNullable<typeof removed> },
    }
    const there = compareRulesets(MARCH_2022, changed)
    expect(there.added).toEqual([{ category: 'constructor_like', rule: removed }])
    expect(there.removed).toEqual([{ category: 'pool_positive', rule: removed }])
    expect(there.settings).toEqual([
      { path: '/dayCounting/mode', from: 'calendar', to: 'exact' },
      { path: '/dayCounting/anchorDay', from: 0, to: undefined },
      { path: '/provincialMaxAgeHours', from: MARCH_2022.provincialMaxAgeHours, to: 72 },
    ])
    const back = compareRulesets(changed, MARCH_2022)
    expect([back.added, back.removed]).toEqual([there.removed, there.added])
    expect(back.settings.map(({ path, from, to }) => ({ path, from: to, to: from }))).toEqual(
      expect.arrayContaining(there.settings),
    )
  })

  it('shows what the 9th edition changes', () => {
    const { changed, added, removed, settings } = compareRulesets(MARCH_2022, NINTH_EDITION)
    expect(removed).toEqual([])
    expect(added.map(({ category }) => category)).toContain('medium_risk_area_travel')
    expect(changed.map(({ category }) => category)).toEqual(
      expect.arrayContaining(['close_contact', 'secondary_contact', 'inbound_abroad']),
    )
    expect(changed.map(({ category }) => category)).not.toContain('symptom')
    expect(settings.map(({ path }) => path)).toContain('/admissionPolicies/base/testMaxAgeHours')
  })
})
