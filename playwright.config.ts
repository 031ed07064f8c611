import { defineConfig } from '@playwright/test'
import { addresses } from './e2e/addresses.ts'

/** Journeys in Debian's Chromium against the whole system, started on ports and data of its own. */
export default defineConfig({
  testDir: './e2e',
  testMatch: '*.journey.ts',
  globalSetup: './e2e/start-system.ts',
  // One machine runs server, database and browser: two journeys at a time are enough.
  workers: 2,
  fullyParallel: false,
  // Guards against hanging, not figures of speed: a busy machine takes three times as long as a quiet one.
  timeout: 240_000,
  expect: { timeout: 30_000 },
  forbidOnly: true,
  use: {
    actionTimeout: 90_000,
    baseURL: addresses.server,
    viewport: { width: 390, height: 844 },
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    // Movement tests nothing and takes a fifth of the processors.
    contextOptions: { reducedMotion: 'reduce' },
    screenshot: 'only-on-failure',
    permissions: ['camera'],
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--use-fake-device-for-media-stream',
        '--use-fake-ui-for-media-stream',
      ],
    },
  },
})
