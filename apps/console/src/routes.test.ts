import { describe, expect, it } from 'vitest'
import { mayCall, rolesOf } from './api/access.ts'
import { menuPathOf, routes } from './routes.tsx'

const everyone = 'auditor checker epidemiologist hotline hq lab office sampler sysadmin venue_manager'

/** Who opens what, said once more by hand: a page or an operation that opens to others shows here. */
const opens: Record<string, string> = {
  '/': everyone,
  '/checkpoint': 'checker hq office venue_manager',
  '/venues': 'hotline hq office venue_manager',
  '/venues/apply': 'hq office venue_manager',
  '/venues/:venueId': 'hotline hq office venue_manager',
  '/venues/:venueId/posters': 'hotline hq office venue_manager',
  '/devices': 'checker hq office venue_manager',
  '/people/:personId?': 'epidemiologist hotline hq office',
  '/counter': 'hq office',
  '/counter/new': 'hq office',
  '/proposals/:proposalId?': 'auditor epidemiologist hq office',
  '/alarms': 'auditor hq',
  '/zones': 'epidemiologist hq office',
  '/entries': 'hq office',
  '/entries/day-sheet': 'hq office',
  '/matters': 'hq office',
  '/declarations/:declarationId': 'auditor hq office',
  '/appeals': 'epidemiologist hotline hq office',
  '/appeals/:appealId': 'epidemiologist hotline hq office',
  '/imports': 'hq lab office',
  '/imports/new': 'hq lab office',
  '/imports/:importId': 'hq lab office',
  '/rulesets': 'auditor hq office',
  '/rulesets/new': 'hq office',
  '/rulesets/words': 'auditor hq office',
  '/rulesets/:rulesetId': 'auditor hq office',
  '/ruleset-drafts/:draftId': 'auditor hq office',
  '/operators': 'sysadmin',
  '/providers': 'hq sysadmin',
  '/risk-areas': 'hq office sysadmin',
  '/audit': 'auditor',
  '/sessions': everyone,
  '/password': everyone,
}

describe('pages', () => {
  it.each(Object.entries(opens))('%s opens exactly for %s', (path, roles) => {
    const needs = routes.find((route) => route.path === path)?.needs
    expect(needs && [...rolesOf(needs)].sort().join(' ')).toBe(roles)
  })

  it.each([
    ['/', '/'],
    ['/people/17', '/people'],
    ['/venues/apply', '/venues'],
    ['/rulesets/xz-2022-03', '/rulesets'],
    ['/ruleset-drafts/4', '/rulesets'],
    ['/declarations/8', '/matters'],
    ['/password', undefined],
    ['/nothing/here', undefined],
  ])('%s belongs to the menu entry %s', (pathname, entry) => {
    expect(menuPathOf(pathname)).toBe(entry)
  })

  it('are denied to nobody in particular', () => {
    for (const route of routes) expect(mayCall([], route.needs)).toBe(false)
    expect(mayCall(['checker'], 'decideProposal')).toBe(false)
  })
})
