import type { OperationName } from '@jiankangbao/contracts/operations'
import type { ComponentType } from 'react'
import { matchPath } from 'react-router'
import type { MenuIcon } from './app/desk/menu-icons.tsx'

export interface Route {
  path: string
  /** The operation that the page cannot do without. Whoever may call it may open the page; nobody else sees it. */
  needs: OperationName
  /** The page's entry in the menu; a page without one is reached from others. */
  menu?: { words: string; icon: MenuIcon }
  /** Menu entry of the page that it is reached from, where its address does not begin like that one's. */
  under?: string
  /** `desk`: with menu. `bare`: the whole window belongs to the page. */
  frame: 'desk' | 'bare'
  load: () => Promise<{ default: ComponentType }>
}

/** Every page there is, in the order of the menu. What is not listed does not exist. */
export const routes: readonly Route[] = [
  {
    path: '/',
    needs: 'getOperatorMe',
    menu: { words: 'app.overview.menu', icon: 'home' },
    frame: 'desk',
    load: () => import('./features/overview/overview-page.tsx'),
  },
  {
    path: '/checkpoint',
    needs: 'listCheckPoints',
    menu: { words: 'checkpoint.menu', icon: 'scan' },
    frame: 'bare',
    load: () => import('./features/checkpoint/checkpoint-page.tsx'),
  },
  {
    path: '/sampling',
    needs: 'startSamplingShift',
    menu: { words: 'sampling.menu', icon: 'scan' },
    frame: 'bare',
    load: () => import('./features/checkpoint/sampling/sampling-page.tsx'),
  },
  {
    path: '/laboratory',
    needs: 'receiveBox',
    menu: { words: 'laboratory.menu', icon: 'flask' },
    frame: 'desk',
    load: () => import('./features/laboratory/laboratory-page.tsx'),
  },
  {
    path: '/test-sites',
    needs: 'listKeptTestSites',
    menu: { words: 'testSites.menu', icon: 'place' },
    frame: 'desk',
    load: () => import('./features/test-sites/test-sites-page.tsx'),
  },
  {
    path: '/callbacks',
    needs: 'listCallbacks',
    menu: { words: 'callbacks.menu', icon: 'phone' },
    frame: 'desk',
    load: () => import('./features/callbacks/callbacks-page.tsx'),
  },
  {
    path: '/reconciliation',
    needs: 'listTubeDays',
    menu: { words: 'reconciliation.menu', icon: 'flask' },
    frame: 'desk',
    load: () => import('./features/reconciliation/reconciliation-page.tsx'),
  },
  {
    path: '/held-results',
    needs: 'listHeldResults',
    menu: { words: 'heldResults.menu', icon: 'flask' },
    frame: 'desk',
    load: () => import('./features/laboratory/held-results-page.tsx'),
  },
  {
    path: '/venues',
    needs: 'listVenues',
    menu: { words: 'venues.menu', icon: 'bank' },
    frame: 'desk',
    load: () => import('./features/venues/venues-page.tsx'),
  },
  {
    path: '/venues/apply',
    needs: 'applyVenue',
    frame: 'desk',
    load: () => import('./features/venues/venue-apply-page.tsx'),
  },
  {
    path: '/venues/:venueId',
    needs: 'getVenue',
    frame: 'desk',
    load: () => import('./features/venues/venue-page.tsx'),
  },
  {
    path: '/venues/:venueId/posters',
    needs: 'getVenue',
    frame: 'bare',
    load: () => import('./features/venues/posters-page.tsx'),
  },
  {
    path: '/devices',
    needs: 'listDevices',
    menu: { words: 'devices.menu', icon: 'phone' },
    frame: 'desk',
    load: () => import('./features/devices/devices-page.tsx'),
  },
  {
    path: '/people/:personId?',
    needs: 'searchPerson',
    menu: { words: 'people.menu', icon: 'team' },
    frame: 'desk',
    load: () => import('./features/people/people-page.tsx'),
  },
  {
    path: '/counter',
    needs: 'listCounterActs',
    menu: { words: 'counter.menu', icon: 'team' },
    frame: 'desk',
    load: () => import('./features/counter/counter-page.tsx'),
  },
  {
    path: '/counter/new',
    needs: 'proposeCounterAct',
    frame: 'desk',
    load: () => import('./features/counter/new-act-page.tsx'),
  },
  {
    path: '/proposals/:proposalId?',
    needs: 'listProposals',
    menu: { words: 'proposals.menu', icon: 'approval' },
    frame: 'desk',
    load: () => import('./features/proposals/proposals-page.tsx'),
  },
  {
    path: '/cases',
    needs: 'listCases',
    menu: { words: 'cases.menu', icon: 'network' },
    frame: 'desk',
    load: () => import('./features/cases/cases-page.tsx'),
  },
  {
    path: '/cases/:caseId',
    needs: 'getCase',
    frame: 'desk',
    load: () => import('./features/cases/case-page.tsx'),
  },
  {
    path: '/case-links',
    needs: 'listCaseSources',
    under: '/cases',
    frame: 'desk',
    load: () => import('./features/cases/case-links-page.tsx'),
  },
  {
    path: '/exposure-objections',
    needs: 'listExposureObjections',
    menu: { words: 'objections.menu', icon: 'message' },
    frame: 'desk',
    load: () => import('./features/cases/objections-page.tsx'),
  },
  {
    path: '/alarms',
    needs: 'listAlarms',
    menu: { words: 'alarms.menu', icon: 'alert' },
    frame: 'desk',
    load: () => import('./features/alarms/alarms-page.tsx'),
  },
  {
    path: '/identity',
    needs: 'listIdentityMatters',
    menu: { words: 'identity.menu', icon: 'team' },
    frame: 'desk',
    load: () => import('./features/identity/identity-page.tsx'),
  },
  {
    path: '/identity-changes',
    needs: 'listIdentityChanges',
    menu: { words: 'identityChanges.menu', icon: 'team' },
    frame: 'desk',
    load: () => import('./features/identity/identity-changes-page.tsx'),
  },
  {
    path: '/take-overs',
    needs: 'listTakeOvers',
    menu: { words: 'takeOvers.menu', icon: 'phone' },
    frame: 'desk',
    load: () => import('./features/take-overs/take-overs-page.tsx'),
  },
  {
    path: '/sign-in-proofs',
    needs: 'listSignInProofs',
    menu: { words: 'signInProofs.menu', icon: 'phone' },
    frame: 'desk',
    load: () => import('./features/sign-in-proofs/sign-in-proofs-page.tsx'),
  },
  {
    path: '/incidents',
    needs: 'listIncidents',
    menu: { words: 'incidents.menu', icon: 'eye' },
    frame: 'desk',
    load: () => import('./features/incidents/incidents-page.tsx'),
  },
  {
    path: '/held-pushes',
    needs: 'listHeldPushes',
    menu: { words: 'heldPushes.menu', icon: 'alert' },
    frame: 'desk',
    load: () => import('./features/held-pushes/held-pushes-page.tsx'),
  },
  {
    path: '/zones',
    needs: 'listZones',
    menu: { words: 'zones.menu', icon: 'place' },
    frame: 'desk',
    load: () => import('./features/zones/zones-page.tsx'),
  },
  {
    path: '/entries',
    needs: 'listEntries',
    menu: { words: 'entries.menu', icon: 'car' },
    frame: 'desk',
    load: () => import('./features/entries/entries-page.tsx'),
  },
  {
    path: '/entries/day-sheet',
    needs: 'printEntryDaySheet',
    frame: 'desk',
    load: () => import('./features/entries/day-sheet-page.tsx'),
  },
  {
    path: '/matters',
    needs: 'listMatters',
    menu: { words: 'matters.menu', icon: 'file' },
    frame: 'desk',
    load: () => import('./features/matters/matters-page.tsx'),
  },
  {
    path: '/declarations/:declarationId',
    needs: 'getDeclarationProof',
    under: '/matters',
    frame: 'desk',
    load: () => import('./features/matters/proof-page.tsx'),
  },
  {
    path: '/appeals',
    needs: 'listAppeals',
    menu: { words: 'appeals.menu', icon: 'message' },
    frame: 'desk',
    load: () => import('./features/appeals/appeals-page.tsx'),
  },
  {
    path: '/appeals/:appealId',
    needs: 'getAppeal',
    frame: 'desk',
    load: () => import('./features/appeals/appeal-page.tsx'),
  },
  {
    path: '/announcements',
    needs: 'listKeptAnnouncements',
    menu: { words: 'announcements.menu', icon: 'sound' },
    frame: 'desk',
    load: () => import('./features/announcements/announcements-page.tsx'),
  },
  {
    path: '/announcements/new',
    needs: 'addAnnouncement',
    frame: 'desk',
    load: () => import('./features/announcements/edit-page.tsx'),
  },
  {
    path: '/announcements/:announcementId',
    needs: 'getKeptAnnouncement',
    frame: 'desk',
    load: () => import('./features/announcements/announcement-page.tsx'),
  },
  {
    path: '/announcements/:announcementId/edit',
    needs: 'saveAnnouncement',
    frame: 'desk',
    load: () => import('./features/announcements/edit-page.tsx'),
  },
  {
    path: '/announcements/:announcementId/versions/:version',
    needs: 'getAnnouncementVersion',
    frame: 'desk',
    load: () => import('./features/announcements/version-page.tsx'),
  },
  {
    path: '/staff-announcements',
    needs: 'listStaffAnnouncements',
    menu: { words: 'announcements.staffMenu', icon: 'message' },
    frame: 'desk',
    load: () => import('./features/announcements/staff-page.tsx'),
  },
  {
    path: '/imports',
    needs: 'listImports',
    menu: { words: 'imports.menu', icon: 'import' },
    frame: 'desk',
    load: () => import('./features/imports/imports-page.tsx'),
  },
  {
    path: '/imports/new',
    needs: 'createImport',
    frame: 'desk',
    load: () => import('./features/imports/new-import-page.tsx'),
  },
  {
    path: '/imports/:importId',
    needs: 'getImport',
    frame: 'desk',
    load: () => import('./features/imports/import-page.tsx'),
  },
  {
    path: '/rulesets',
    needs: 'listRulesets',
    menu: { words: 'rulesets.menu', icon: 'book' },
    frame: 'desk',
    load: () => import('./features/rulesets/rulesets-page.tsx'),
  },
  {
    path: '/rulesets/new',
    needs: 'createRulesetDraft',
    frame: 'desk',
    load: () => import('./features/rulesets/new-draft-page.tsx'),
  },
  {
    path: '/rulesets/words',
    needs: 'listListWords',
    frame: 'desk',
    load: () => import('./features/rulesets/words-page.tsx'),
  },
  {
    path: '/rulesets/:rulesetId',
    needs: 'getRuleset',
    frame: 'desk',
    load: () => import('./features/rulesets/ruleset-page.tsx'),
  },
  {
    path: '/ruleset-drafts/:draftId',
    needs: 'getRulesetDraft',
    under: '/rulesets',
    frame: 'desk',
    load: () => import('./features/rulesets/draft-page.tsx'),
  },
  {
    path: '/operators',
    needs: 'listOperators',
    menu: { words: 'operators.menu', icon: 'user' },
    frame: 'desk',
    load: () => import('./features/operators/operators-page.tsx'),
  },
  {
    path: '/operator-changes',
    needs: 'listOperatorChanges',
    menu: { words: 'operatorChanges.menu', icon: 'approval' },
    frame: 'desk',
    load: () => import('./features/operators/operator-changes-page.tsx'),
  },
  {
    path: '/providers',
    needs: 'getUpstreamStatus',
    menu: { words: 'upstream.menu', icon: 'plug' },
    frame: 'desk',
    load: () => import('./features/upstream/upstream-page.tsx'),
  },
  {
    path: '/risk-areas',
    needs: 'listRiskAreaFeeds',
    menu: { words: 'riskAreas.menu', icon: 'place' },
    frame: 'desk',
    load: () => import('./features/risk-areas/risk-areas-page.tsx'),
  },
  {
    path: '/audit',
    needs: 'listAuditEntries',
    menu: { words: 'audit.menu', icon: 'audit' },
    frame: 'desk',
    load: () => import('./features/audit/audit-page.tsx'),
  },
  {
    path: '/password',
    needs: 'changeOwnPassword',
    frame: 'desk',
    load: () => import('./features/sign-in/password-page.tsx'),
  },
]

/** Where a menu entry leads: the path without its optional parts. */
export const menuPath = (route: Route): string => route.path.replace(/\/:\w+\?$/, '')

/** The menu entry that an open page belongs to; undefined for what belongs to none. */
export const menuPathOf = (pathname: string): string | undefined => {
  const route = routes.find(({ path }) => matchPath(path, pathname))
  if (!route) return undefined
  if (route.menu) return menuPath(route)
  const entry = route.under ?? `/${route.path.split('/')[1]}`
  return routes.some((each) => each.menu && menuPath(each) === entry) ? entry : undefined
}
