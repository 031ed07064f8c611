import { type OperationName, operations } from '@jiankangbao/contracts/operations'
import { describe, expect, it } from 'vitest'
import { hasRole, mayCall } from './api/access.ts'
import { menuPathOf, routes } from './routes.tsx'

/** What each page cannot do without: whoever may open it must be allowed to call it. */
const needs: Record<string, OperationName> = {
  '/checkpoint': 'listCheckPoints',
  '/venues': 'listVenues',
  '/venues/apply': 'applyVenue',
  '/venues/:venueId': 'getVenue',
  '/venues/:venueId/posters': 'getVenue',
  '/devices': 'listDevices',
  '/people/:personId?': 'searchPerson',
  '/proposals/:proposalId?': 'listProposals',
  '/zones': 'listZones',
  '/entries': 'listEntries',
  '/entries/day-sheet': 'printEntryDaySheet',
  '/matters': 'listMatters',
  '/declarations/:declarationId': 'getDeclarationProof',
  '/appeals': 'listAppeals',
  '/appeals/:appealId': 'getAppeal',
  '/imports': 'listImports',
  '/imports/new': 'createImport',
  '/imports/:importId': 'getImport',
  '/rulesets': 'listRulesets',
  '/rulesets/new': 'createRulesetDraft',
  '/rulesets/:rulesetId': 'getRuleset',
  '/ruleset-drafts/:draftId': 'getRulesetDraft',
  '/operators': 'listOperators',
  '/providers': 'getUpstreamStatus',
  '/risk-areas': 'listRiskAreaFeeds',
  '/audit': 'listAuditEntries',
}

describe('pages', () => {
  it.each(Object.entries(needs))('%s opens exactly for the roles of %s', (path, name) => {
    const roles = [...(routes.find((route) => route.path === path)?.roles ?? [])].sort()
    const allowed = operations[name].access
      .split('|')
      .map((part) => part.replace('operator:', ''))
      .filter((part) => part !== 'device')
    expect(roles).toEqual(allowed.sort())
    for (const role of roles) expect(mayCall([role], name)).toBe(true)
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
    for (const route of routes) expect(hasRole([], route.roles)).toBe(false)
    expect(hasRole(['hq'], [])).toBe(false)
    expect(mayCall(['checker'], 'decideProposal')).toBe(false)
  })
})
