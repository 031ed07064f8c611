import { defineConfig } from 'vitest/config'

export default defineConfig({
  // The clients' builds put the setting here.
  define: { CITY: JSON.stringify(process.env.CITY ?? '') },
  test: {
    include: [
      'packages/*/src/**/*.test.ts',
      'apps/*/src/**/*.test.{ts,tsx}',
      'apps/*/test/**/*.test.{ts,tsx}',
      'bench/**/*.test.ts',
      'scripts/**/*.test.mjs',
    ],
    exclude: ['**/node_modules/**', '**/dist/**'],
    setupFiles: ['scripts/test/seed-random-tests.mjs'],
    // PostgreSQL for the database tests is started once for the whole run.
    globalSetup: ['apps/server/test/database.setup.ts'],
    // Guards against hanging, not figures of speed: on a machine that does ten other things a test takes ten times as long.
    testTimeout: 120_000,
    hookTimeout: 180_000,
    // A guard against hanging: on a busy machine the default second is not enough for a message between processes.
    expect: { poll: { timeout: 60_000 } },
    maxWorkers: 2,
  },
})
