import { describe, expect, it } from 'vitest'
import { findConsentRefusal, isPossibleRelation, mayShowCode } from './relation.ts'

const TODAY = '2022-04-01'

describe('ages of a relation', () => {
  it.each([
    ['grandparent', '1950-01-01', '2003-01-01', true],
    // A grandparent of nineteen.
    ['grandparent', '2003-01-01', '1990-01-01', false],
    ['grandparent', '1966-01-01', '1990-01-01', true],
    ['grandparent', '1966-01-02', '1990-01-01', false],
    ['parent', '1978-06-15', '1990-06-15', true],
    ['parent', '1978-06-16', '1990-06-15', false],
    ['parent', '1995-01-01', '1990-06-15', false],
    ['child', '2002-06-15', '1990-06-15', true],
    ['child', '2002-06-14', '1990-06-15', false],
    ['child', '1945-01-01', '1990-06-15', false],
    ['spouse', '2004-04-01', '1990-06-15', true],
    ['spouse', '2004-04-02', '1990-06-15', false],
    ['spouse', '1990-06-15', '2005-01-01', false],
    ['ward', '1995-01-01', '1990-06-15', true],
    ['other', '1945-01-01', '1990-06-15', true],
    // The holder's document says no birth date.
    ['grandparent', '1984-04-02', undefined, false],
    ['grandparent', '1984-04-01', undefined, true],
    ['child', '2015-01-01', undefined, true],
  ] as const)('%s born %s of somebody born %s: %s', (relation, memberBirthOn, holderBirthOn, possible) => {
    expect(isPossibleRelation(relation, { memberBirthOn, holderBirthOn }, TODAY)).toBe(possible)
  })
})

describe('ways of agreeing', () => {
  it.each([
    ['guardian', 17, 40, undefined],
    ['guardian', 18, 40, 'not_for_adults'],
    ['guardian', 40, 40, 'not_for_adults'],
    ['guardian', 5, 17, 'guardian_not_adult'],
    ['guardian', 5, undefined, undefined],
    ['face', 17, 40, 'guardian_for_minors'],
    ['face', 18, 40, undefined],
    ['own_phone', 16, 40, undefined],
  ] as const)('%s at %s by somebody of %s: %s', (means, memberAge, holderAge, refusal) => {
    expect(findConsentRefusal(means, { memberAge, holderAge })).toBe(refusal)
  })
})

describe('who shows a code', () => {
  const link = { means: 'face', isMinor: false, hasOwnAccount: false, allowedByPerson: false } as const
  it.each([
    [{}, true],
    [{ hasOwnAccount: true }, false],
    [{ hasOwnAccount: true, allowedByPerson: true }, true],
    [{ means: 'guardian', isMinor: true }, true],
    [{ means: 'guardian', isMinor: true, hasOwnAccount: true }, true],
    [{ means: 'own_phone', isMinor: true, hasOwnAccount: true }, false],
    [{ means: 'guardian', hasOwnAccount: true }, false],
    [{ means: 'given_in_person' }, false],
    [{ means: 'written' }, false],
    [{ means: 'given_in_person', isMinor: true }, true],
    [{ means: 'own_phone' }, true],
  ] as const)('%j: %s', (more, shows) => {
    expect(mayShowCode({ ...link, ...more })).toBe(shows)
  })
})
