import type { OperatorRole } from '@jiankangbao/contracts/schemas/operator'
import type { ComponentType } from 'react'
import { matchPath } from 'react-router'

export interface Route {
  path: string
  /** Who may open it. Nobody else sees it, in the menu or by address. */
  roles: readonly OperatorRole[]
  /** Key of the menu entry's words; pages without one are reached from others. */
  label?: string
  /** Menu entry of the page that it is reached from, where its address does not begin like that one's. */
  under?: string
  /** `desk`: with menu. `bare`: the whole window belongs to the page. */
  frame: 'desk' | 'bare'
  load: () => Promise<{ default: ComponentType }>
}

const everyone: readonly OperatorRole[] = [
  'hq',
  'office',
  'epidemiologist',
  'hotline',
  'auditor',
  'sysadmin',
  'venue_manager',
  'checker',
  'sampler',
  'lab',
]
const venueReaders: readonly OperatorRole[] = ['venue_manager', 'office', 'hq', 'hotline']
const venueWriters: readonly OperatorRole[] = ['venue_manager', 'office', 'hq']
const appealHandlers: readonly OperatorRole[] = ['hq', 'office', 'epidemiologist', 'hotline']
const importers: readonly OperatorRole[] = ['hq', 'office', 'lab']

/** Every page there is, in the order of the menu. What is not listed does not exist. */
export const routes: readonly Route[] = [
  {
    path: '/',
    roles: everyone,
    label: 'app.menu.overview',
    frame: 'desk',
    load: () => import('./features/overview/overview-page.tsx'),
  },
  {
    path: '/checkpoint',
    roles: ['checker', 'venue_manager', 'office', 'hq'],
    label: 'app.menu.checkpoint',
    frame: 'bare',
    load: () => import('./features/checkpoint/checkpoint-page.tsx'),
  },
  {
    path: '/venues',
    roles: venueReaders,
    label: 'app.menu.venues',
    frame: 'desk',
    load: () => import('./features/venues/venues-page.tsx'),
  },
  {
    path: '/venues/apply',
    roles: venueWriters,
    frame: 'desk',
    load: () => import('./features/venues/venue-apply-page.tsx'),
  },
  {
    path: '/venues/:venueId',
    roles: venueReaders,
    frame: 'desk',
    load: () => import('./features/venues/venue-page.tsx'),
  },
  {
    path: '/venues/:venueId/posters',
    roles: venueReaders,
    frame: 'bare',
    load: () => import('./features/venues/posters-page.tsx'),
  },
  {
    path: '/devices',
    roles: ['checker', 'venue_manager', 'office', 'hq'],
    label: 'app.menu.devices',
    frame: 'desk',
    load: () => import('./features/devices/devices-page.tsx'),
  },
  {
    path: '/people/:personId?',
    roles: ['hq', 'office', 'hotline', 'epidemiologist'],
    label: 'app.menu.people',
    frame: 'desk',
    load: () => import('./features/people/people-page.tsx'),
  },
  {
    path: '/proposals/:proposalId?',
    roles: ['hq', 'office', 'epidemiologist', 'auditor'],
    label: 'app.menu.proposals',
    frame: 'desk',
    load: () => import('./features/proposals/proposals-page.tsx'),
  },
  {
    path: '/alarms',
    roles: ['hq', 'auditor'],
    label: 'app.menu.alarms',
    frame: 'desk',
    load: () => import('./features/alarms/alarms-page.tsx'),
  },
  {
    path: '/zones',
    roles: ['hq', 'office', 'epidemiologist'],
    label: 'app.menu.zones',
    frame: 'desk',
    load: () => import('./features/zones/zones-page.tsx'),
  },
  {
    path: '/entries',
    roles: ['hq', 'office'],
    label: 'app.menu.entries',
    frame: 'desk',
    load: () => import('./features/entries/entries-page.tsx'),
  },
  {
    path: '/entries/day-sheet',
    roles: ['hq', 'office'],
    frame: 'desk',
    load: () => import('./features/entries/day-sheet-page.tsx'),
  },
  {
    path: '/matters',
    roles: ['hq', 'office'],
    label: 'app.menu.matters',
    frame: 'desk',
    load: () => import('./features/matters/matters-page.tsx'),
  },
  {
    path: '/declarations/:declarationId',
    under: '/matters',
    roles: ['hq', 'office', 'auditor'],
    frame: 'desk',
    load: () => import('./features/matters/proof-page.tsx'),
  },
  {
    path: '/appeals',
    roles: appealHandlers,
    label: 'app.menu.appeals',
    frame: 'desk',
    load: () => import('./features/appeals/appeals-page.tsx'),
  },
  {
    path: '/appeals/:appealId',
    roles: appealHandlers,
    frame: 'desk',
    load: () => import('./features/appeals/appeal-page.tsx'),
  },
  {
    path: '/imports',
    roles: importers,
    label: 'app.menu.imports',
    frame: 'desk',
    load: () => import('./features/imports/imports-page.tsx'),
  },
  {
    path: '/imports/new',
    roles: importers,
    frame: 'desk',
    load: () => import('./features/imports/new-import-page.tsx'),
  },
  {
    path: '/imports/:importId',
    roles: importers,
    frame: 'desk',
    load: () => import('./features/imports/import-page.tsx'),
  },
  {
    path: '/rulesets',
    roles: ['hq', 'office', 'auditor'],
    label: 'app.menu.rulesets',
    frame: 'desk',
    load: () => import('./features/rulesets/rulesets-page.tsx'),
  },
  {
    path: '/rulesets/new',
    roles: ['hq', 'office'],
    frame: 'desk',
    load: () => import('./features/rulesets/new-draft-page.tsx'),
  },
  {
    path: '/rulesets/:rulesetId',
    roles: ['hq', 'office', 'auditor'],
    frame: 'desk',
    load: () => import('./features/rulesets/ruleset-page.tsx'),
  },
  {
    path: '/ruleset-drafts/:draftId',
    under: '/rulesets',
    roles: ['hq', 'office', 'auditor'],
    frame: 'desk',
    load: () => import('./features/rulesets/draft-page.tsx'),
  },
  {
    path: '/operators',
    roles: ['sysadmin'],
    label: 'app.menu.operators',
    frame: 'desk',
    load: () => import('./features/operators/operators-page.tsx'),
  },
  {
    path: '/providers',
    roles: ['hq', 'sysadmin'],
    label: 'app.menu.upstream',
    frame: 'desk',
    load: () => import('./features/upstream/upstream-page.tsx'),
  },
  {
    path: '/risk-areas',
    roles: ['hq', 'office', 'sysadmin'],
    label: 'app.menu.riskAreas',
    frame: 'desk',
    load: () => import('./features/risk-areas/risk-areas-page.tsx'),
  },
  {
    path: '/audit',
    roles: ['auditor'],
    label: 'app.menu.audit',
    frame: 'desk',
    load: () => import('./features/audit/audit-page.tsx'),
  },
  {
    path: '/password',
    roles: everyone,
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
  if (route.label !== undefined) return menuPath(route)
  const entry = route.under ?? `/${route.path.split('/')[1]}`
  return routes.some((each) => each.label !== undefined && menuPath(each) === entry) ? entry : undefined
}
