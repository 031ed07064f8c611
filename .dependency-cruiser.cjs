/** Imports go one way: domain <- contracts <- api-client <- apps; no app imports an app. */
module.exports = {
  forbidden: [
    // A page that a route loads later may know the routes: only cycles at load time are wrong.
    {
      name: 'no-circular',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['dynamic-import'] } },
    },
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
      to: { path: ['^packages/api-client', '^apps/'] },
    },
    {
      name: 'client-below-apps',
      severity: 'error',
      from: { path: '^packages/api-client/src' },
      to: { path: '^apps/' },
    },
    {
      name: 'no-node-in-packages',
      severity: 'error',
      from: { path: '^packages/(domain|contracts|api-client)/src', pathNot: '\\.test\\.ts$' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'no-app-imports-app',
      severity: 'error',
      from: { path: '^apps/([^/]+)/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'features-through-service',
      severity: 'error',
      from: { path: '^apps/server/src/features/([^/]+)/', pathNot: '\\.test\\.ts$' },
      to: {
        path: '^apps/server/src/features/',
        pathNot: ['^apps/server/src/features/$1/', '\\.service\\.ts$'],
      },
    },
    {
      name: 'environment-only-in-config',
      severity: 'error',
      from: { path: '^packages/' },
      to: { path: '^apps/server/src/config' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|node_modules)/|\\.test\\.tsx?$' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
}
