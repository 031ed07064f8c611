import { defineConfig } from 'vitest/config'

/** The built mini programs on made-up phones, against the whole system. */
export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ['*.phone.ts'],
    globalSetup: ['../start-system.ts'],
    testTimeout: 90_000,
    hookTimeout: 300_000,
    maxWorkers: 2,
  },
})
