import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: [
      'packages/*/src/**/*.test.ts',
      'apps/*/src/**/*.test.{ts,tsx}',
      'apps/server/test/**/*.test.ts',
      'bench/**/*.test.ts',
      'scripts/**/*.test.mjs',
    ],
    exclude: ['**/node_modules/**', '**/dist/**'],
    setupFiles: ['scripts/test/seed-random-tests.mjs'],
    // PostgreSQL for the database tests is started once for the whole run.
    globalSetup: ['apps/server/test/database.setup.ts'],
    testTimeout: 20_000,
    hookTimeout: 60_000,
    // A guard against hanging: on a busy machine the default second is not enough for a message between processes.
    expect: { poll: { timeout: 15_000 } },
    maxWorkers: 2,
  },
})
