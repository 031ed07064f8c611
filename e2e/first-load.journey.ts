import { expect } from '@playwright/test'
import { test } from './journey.ts'

const pages = [
  { what: 'the citizen app', path: '/', most: 185_000 },
  { what: 'the console', path: '/console/', most: 400_000 },
]

for (const { what, path, most } of pages)
  test(`${what} sends its scripts and styles compressed, and few of them`, async ({ page }) => {
    const answers: { url: string; encoding: string | undefined; cache: string | undefined; size: number }[] =
      []
    page.on('response', async (response) => {
      const type = response.request().resourceType()
      if (!response.ok() || !['script', 'stylesheet'].includes(type)) return
      const headers = response.headers()
      answers.push({
        url: response.url(),
        encoding: headers['content-encoding'],
        cache: headers['cache-control'],
        size: Number(headers['content-length'] ?? 0) || (await response.body()).length,
      })
    })
    await page.goto(path, { waitUntil: 'networkidle' })
    const large = answers.filter(({ size }) => size > 512)
    expect(large.length).toBeGreaterThan(1)
    for (const { url, encoding, cache } of large) {
      // Chromium takes brotli from localhost, as from any secure origin.
      expect(encoding, url).toBe('br')
      expect(cache, url).toContain('immutable')
    }
    expect(answers.reduce((sum, { size }) => sum + size, 0)).toBeLessThan(most)
  })

test.describe('before any script has come', () => {
  test.use({ javaScriptEnabled: false })

  test('there is a frame and what to do, not a white page', async ({ page }) => {
    await page.goto('/')
    await expect(page.getByText('正在打开… Opening…')).toBeVisible()
    await page.goto('/console/')
    await expect(page.getByText('正在打开工作台… Opening…')).toBeVisible()
  })
})

test('the frame is gone once the first screen is there', async ({ page }) => {
  await page.goto('/')
  await expect(page.getByTestId('screen-home')).toBeVisible()
  await expect(page.locator('#frame')).toHaveCount(0)
})
