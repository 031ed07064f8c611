import { expect, type Page } from '@playwright/test'
import { addresses } from './addresses.ts'
import { openSignedIn } from './citizen-app.ts'
import { openAsOperator } from './console-app.ts'
import { readDemo } from './demo.ts'
import { test } from './journey.ts'

const look = async (page: Page, name: string): Promise<void> => {
  const folder = process.env.LOOK_DIRECTORY
  if (folder) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true })
}

/** What the telephone exchange of the sandbox tells. */
const steer = async (exchange: object): Promise<void> => {
  const answer = await fetch(`${addresses.sandbox}/steering`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ exchange }),
  })
  expect(answer.status).toBe(200)
}

const take = async (page: Page, code: string): Promise<void> => {
  await page.getByRole('button', { name: '接听' }).click()
  await expect(page.getByText('通话中')).toBeVisible()
  await page.locator('.hotline-codes').getByRole('button', { name: code, exact: true }).click()
  await expect(page.getByRole('button', { name: '接听' })).toBeVisible()
}

test.afterEach(() => steer({ load: 'quiet', data: 'right', mode: 'ok' }))

test('the line is full: a call back comes first, and the reasons of the hour become a notice', async ({
  browser,
}) => {
  test.slow()
  await steer({ load: 'surge', data: 'right', mode: 'ok' })
  const desk = await openAsOperator(browser, 'hotline')
  await desk.goto('/console/hotline')
  // As the exchange tells it; nobody types.
  await expect(desk.getByTestId('desk-full')).toBeVisible({ timeout: 60_000 })
  await expect(desk.getByTestId('load-waiting')).toHaveText('1900')
  await expect(desk.getByTestId('load-present')).toHaveText('75')
  await expect(desk.getByTestId('load-longestWait')).toHaveText('21:00')
  await expect(desk.getByTestId('exchange-age')).toBeVisible()
  await expect(desk.getByTestId('timed-by')).toContainText('120000')
  await expect(desk.getByLabel('话机显示排队')).toHaveCount(0)

  // The app sends people to a call back and a ticket before the number.
  const phone = await (await browser.newContext({ viewport: { width: 390, height: 844 } })).newPage()
  const citizen = readDemo().citizens.filter(
    ({ colour, members, documentType }) =>
      colour === 'green' && members === 0 && documentType === 'resident_id',
  )[22]
  await openSignedIn(phone, citizen?.phone ?? '')
  await phone.goto('/help')
  const full = phone.getByTestId('hotline-full')
  await expect(async () => {
    await phone.reload()
    await expect(full).toBeVisible({ timeout: 2_000 })
  }).toPass({ timeout: 40_000 })
  await expect(full.getByRole('button').first()).toHaveText('请回电')
  await look(phone, 'help-full')
  await full.getByRole('button', { name: '请回电' }).click()
  await expect(phone.getByRole('radio', { name: '请回电' })).toBeChecked()
  await phone.getByLabel('说一说').fill('想问从外地回来要做几次检测。')
  await phone.getByLabel('联系电话').fill('13912345678')
  await phone.getByRole('button', { name: /哪个区县.*选择/ }).click()
  await phone.getByRole('button', { name: '鼓楼区' }).click()
  await phone.getByRole('button', { name: '就选 鼓楼区' }).click()
  await phone.getByRole('button', { name: '提交' }).click()
  await expect(phone.getByTestId('ticket').first()).toHaveAttribute('data-state', 'new')
  await desk.reload()
  await expect(desk.getByTestId('call-back').filter({ hasText: '想问从外地回来' })).toBeVisible()

  await take(desk, '来返政策')
  await take(desk, '来返政策')
  const hour = desk.getByTestId('last-hour')
  await expect(hour).toContainText('来返政策')
  await look(desk, 'desk-full')
  await hour.getByRole('button', { name: '写成问答公告' }).click()
  await expect(desk).toHaveURL(/\/announcements\/\d+\/edit/)
  await expect(desk.getByLabel('标题 · 中文')).toHaveValue(/来电较多的问题/)
  await expect(desk.getByLabel('正文 · 中文')).toHaveValue(/## 来返政策/)
  await look(desk, 'desk-notice')

  // The exchange falls silent: since when, and typed again.
  await steer({ mode: 'down' })
  await desk.goto('/console/hotline')
  await expect(desk.getByTestId('exchange-silent')).toBeVisible({ timeout: 150_000 })
  await desk.getByLabel('话机显示排队').fill('2')
  await desk.getByRole('button', { name: '上报' }).click()
  await expect(desk.getByTestId('load-waiting')).toHaveText('2')
  await look(desk, 'desk-silent')
})
