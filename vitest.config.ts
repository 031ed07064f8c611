import { defineConfig, type Plugin } from 'vitest/config'

/** A file that gathers others by a pattern changes with them, not with its own text: it is compiled each time. */
const gathersAnew: Plugin = {
  name: 'gathers-anew',
  configureVitest: ({ experimental_defineCacheKeyGenerator: defineKey }) =>
    defineKey(({ sourceCode }) => (sourceCode.includes('import.meta.glob') ? false : undefined)),
}

export default defineConfig({
  plugins: [gathersAnew],
  // The clients' builds put the setting here.
  define: { CITY: JSON.stringify(process.env.CITY ?? '') },
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'clients',
          include: ['apps/{citizen,console}/{src,test}/**/*.test.{ts,tsx}'],
        },
      },
      {
        extends: true,
        test: {
          name: 'server',
          include: [
            'packages/*/src/**/*.test.ts',
            'apps/{server,sandbox}/{src,test}/**/*.test.ts',
            'bench/**/*.test.ts',
            'scripts/**/*.test.mjs',
          ],
          // A file that starts the whole server loads 800 modules: a worker loads them once, not once a file.
          isolate: false,
        },
      },
    ],
    setupFiles: ['scripts/test/seed-random-tests.mjs'],
    // PostgreSQL for the database tests is started once for the whole run.
    globalSetup: ['apps/server/test/database.setup.ts'],
    // Guards against hanging, not figures of speed: on a machine that does ten other things a test takes ten times as long.
    testTimeout: 120_000,
    hookTimeout: 180_000,
    // A guard against hanging: on a busy machine the default second is not enough for a message between processes.
    expect: { poll: { timeout: 60_000 } },
    // What did not change since the last run is not compiled again. A release is tested without.
    experimental: { fsModuleCache: !process.env.CI },
    maxWorkers: 2,
  },
})
