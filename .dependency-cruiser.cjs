// The wings of the server, each above those before it: a wing knows those below and never one above. What a wing below has to
// start in one above is handed to it (`parts.onKnownPerson`).
const WINGS = [
  'ledger',
  'city',
  'colours',
  'approval',
  'people',
  'measures',
  'journeys',
  'doors',
  'testing',
  'inflow',
  'tracing',
  'lists',
  'office',
]
const FEATURES = '^apps/server/src/features/'

const wingRules = [
  ...WINGS.slice(0, -1).map((wing, at) => ({
    name: `${wing}-knows-no-wing-above`,
    severity: 'error',
    from: { path: `${FEATURES}${wing}/` },
    to: { path: `${FEATURES}(${WINGS.slice(at + 1).join('|')})/` },
  })),
  {
    name: 'every-room-has-its-wing',
    severity: 'error',
    from: { path: '^apps/server/' },
    to: { path: FEATURES, pathNot: `${FEATURES}(${WINGS.join('|')})/` },
  },
  // What carries the features knows none of them.
  {
    name: 'ground-below-features',
    severity: 'error',
    from: { path: '^apps/server/src/(http|db|keys|outside|pictures|sheets|epoch)/' },
    to: { path: [FEATURES, '^apps/server/src/(app|create-parts|main|cli)\\.ts'] },
  },
]

/**
 * The features of the citizen app, row by row: a feature knows those of the rows above its own, never one beside or below
 * it. A new feature gets a place here. What several of one row need goes into a row above.
 */
const citizenFeatures = [
  ['session'],
  ['identity', 'live', 'members', 'other-codes', 'risk-areas', 'announcements', 'help'],
  ['door', 'records'],
  ['declare', 'history', 'pass', 'registration', 'scan', 'settings', 'testing'],
  ['entry', 'appeal', 'family', 'services'],
  ['ticket', 'shop'],
]
/** The folders of the citizen app, in the same way. `screens.ts` may be known everywhere. */
const citizenFolders = [['locales'], ['platform'], ['state'], ['words'], ['ui'], ['features']]

/** The rooms of the lists, in the same way. */
const listRooms = [['columns', 'store'], ['effect'], ['kinds'], ['file'], ['stages', 'desk']]

/** One rule for each row below `folder`, and one against a folder that stands in no row. */
const oneWay = (name, folder, rows) => [
  ...rows.map((row, at) => ({
    name: `${name}-row-${at + 1}`,
    severity: 'error',
    comment: `Order of ${folder}: ${rows.map((each) => each.join(', ')).join(' < ')}`,
    from: { path: `^${folder}/(${row.join('|')})/` },
    to: {
      path: `^${folder}/[^/]+/`,
      pathNot: [`^${folder}/$1/`, ...rows.slice(0, at).map((above) => `^${folder}/(${above.join('|')})/`)],
    },
  })),
  {
    name: `${name}-without-a-row`,
    severity: 'error',
    comment: `Give the new folder its place in the order of ${folder}.`,
    from: { path: `^${folder}/[^/]+/`, pathNot: `^${folder}/(${rows.flat().join('|')})/` },
    to: { path: '.' },
  },
]

/** Imports go one way: domain <- contracts <- api-client <- outbox <- apps, and domain <- city <- apps; no app imports an app. */
module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'domain-is-pure',
      severity: 'error',
      from: { path: '^packages/domain/src' },
      to: { pathNot: '^packages/domain/src', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'contracts-on-domain-only',
      severity: 'error',
      from: { path: '^packages/contracts/src' },
      to: { path: ['^packages/(api-client|city|outbox)', '^apps/'] },
    },
    {
      name: 'city-on-domain-only',
      severity: 'error',
      from: { path: '^packages/city/src' },
      to: { path: ['^packages/(contracts|api-client|outbox)', '^apps/'] },
    },
    {
      name: 'client-below-outbox',
      severity: 'error',
      from: { path: '^packages/api-client/src' },
      to: { path: ['^packages/outbox', '^apps/'] },
    },
    {
      name: 'outbox-below-apps',
      severity: 'error',
      from: { path: '^packages/outbox/src' },
      to: { path: '^apps/' },
    },
    {
      name: 'no-node-in-packages',
      severity: 'error',
      from: { path: '^packages/(domain|city|contracts|api-client|outbox)/src', pathNot: '\\.test\\.ts$' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'no-app-imports-app',
      severity: 'error',
      from: { path: '^apps/([^/]+)/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    // The console from the ground up: `api` and `locales`, then `ui`, then `features`, then `routes` and `app`.
    // A folder imports from those before it. Features stand side by side: what two of them show belongs into `ui`.
    // Only `sign-in` lies under the others, and only `overview` gathers from them.
    {
      name: 'console-ground',
      severity: 'error',
      from: { path: '^apps/console/src/(api|locales)/' },
      to: { path: '^apps/console/src/', pathNot: '^apps/console/src/(api|locales)/' },
    },
    {
      name: 'console-ui-below-features',
      severity: 'error',
      from: { path: '^apps/console/src/(ui/|path-to)' },
      to: { path: '^apps/console/src/(features/|app/|routes|main)' },
    },
    {
      name: 'console-features-below-app',
      severity: 'error',
      from: { path: '^apps/console/src/features/' },
      to: { path: '^apps/console/src/(app/|routes|main)' },
    },
    {
      name: 'console-features-side-by-side',
      severity: 'error',
      from: {
        path: '^apps/console/src/features/([^/]+)/',
        pathNot: '^apps/console/src/features/overview/',
      },
      to: {
        path: '^apps/console/src/features/',
        pathNot: '^apps/console/src/features/($1|sign-in)/',
      },
    },
    ...wingRules,
    ...oneWay('list-rooms', 'apps/server/src/features/lists', listRooms),
    ...oneWay('citizen-folders', 'apps/citizen/src', citizenFolders),
    ...oneWay('citizen-features', 'apps/citizen/src/features', citizenFeatures),
    {
      name: 'environment-only-in-config',
      severity: 'error',
      from: { path: '^packages/' },
      to: { path: '^apps/server/src/config' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|node_modules)/|^apps/citizen/src/pages/|\\.test\\.tsx?$' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
}
