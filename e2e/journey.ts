import { test as base } from '@playwright/test'

/**
 * A journey whose windows end with it. What a journey opens beside its own page stays open otherwise until its worker
 * ends: thirty windows with live codes and sockets leave nothing of two processors for the next journey.
 */
export const test = base.extend<{ endWindows: undefined }>({
  endWindows: [
    async ({ browser }, use) => {
      await use(undefined)
      await Promise.all(browser.contexts().map((each) => each.close()))
    },
    { auto: true },
  ],
})
