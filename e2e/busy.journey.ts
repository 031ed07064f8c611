import { expect, type Page } from '@playwright/test'
import { openSignedIn } from './citizen-app.ts'
import { readDemo } from './demo.ts'
import { test } from './journey.ts'

const citizenOf = (at: number) => {
  const citizen = readDemo().citizens.filter(({ colour }) => colour === 'green')[at]
  if (!citizen) throw new Error('no citizen')
  return citizen
}

/** Until released, the server answers this path as it does when it is full. */
const beBusy = async (page: Page, path: string, seconds: number): Promise<() => Promise<void>> => {
  const url = new RegExp(`/api/v1/${path}(\\?|$)`)
  await page.route(url, (route) =>
    route.fulfill({
      status: 503,
      headers: { 'retry-after': String(seconds), 'content-type': 'application/json' },
      body: JSON.stringify({
        code: 'BUSY',
        message: 'BUSY',
        requestId: '00000000-0000-4000-8000-000000000000',
        retryAfterSeconds: seconds,
      }),
    }),
  )
  return () => page.unroute(url)
}

test('a list put off by a busy server is for later: the button waits as told, and then works', async ({
  page,
}) => {
  await openSignedIn(page, citizenOf(20).phone)
  const release = await beBusy(page, 'me/visits', 4)
  await page.goto('/visits')
  await expect(page.getByText('稍后再看')).toBeVisible()
  await expect(page.getByRole('button', { name: /秒后可重试/ })).toBeDisabled()
  await page.screenshot({ path: test.info().outputPath('later.png') })
  await release()
  await page.getByRole('button', { name: '重试' }).click({ timeout: 15_000 })
  await expect(page.getByText('稍后再看')).toHaveCount(0)
  await expect(page.getByTestId('row').first()).toBeVisible()
})

test('a busy server is a queue with seconds, not a missing network, and the code comes by itself', async ({
  page,
}) => {
  await openSignedIn(page, citizenOf(21).phone)
  const release = await beBusy(page, 'me/pass', 3)
  await page.reload()
  await expect(page.getByTestId('pass')).not.toHaveAttribute('data-state', 'valid')
  await expect(page.getByText('排队中').first()).toBeVisible()
  await expect(page.getByText('没有网络')).toHaveCount(0)
  await page.screenshot({ path: test.info().outputPath('queue.png') })
  await release()
  await expect(page.getByTestId('pass')).toHaveAttribute('data-state', 'valid', { timeout: 30_000 })
})
