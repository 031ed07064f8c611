import { expect, type Page } from '@playwright/test'
import { openSignedIn } from './citizen-app.ts'
import { openAsOperator } from './console-app.ts'
import { readDemo } from './demo.ts'
import { fillTheRest, fillWhoAndHow, registerEntry } from './entry-form.ts'
import { test } from './journey.ts'

const citizenAt = (at: number) => {
  const citizen = readDemo().citizens.filter(({ colour, members }) => colour === 'green' && members === 0)[at]
  if (!citizen) throw new Error('no citizen')
  return citizen
}
const station = () => {
  const venue = readDemo().venues.find(({ kind, state }) => kind === 'railway_station' && state === 'active')
  if (!venue) throw new Error('no station')
  return venue
}
const scanStation = (page: Page) => page.goto(new URL(station().link).pathname)
const journeyOf = (train: string) => ({
  train,
  from: ['广东省', '深圳市', '南山区'] as const,
  to: '云龙区',
  address: `示例路 7 号 ${Date.now() % 1_000_000} 室`,
})

const note = async (office: Page, text: string): Promise<void> => {
  await office.locator('.ant-modal').getByRole('textbox').last().fill(text)
  await office.locator('.ant-modal').getByRole('button', { name: '确定' }).click()
}

test('registered on the phone, let in at the station, received by the district, and the follow-up ends', async ({
  page,
  browser,
}) => {
  const journey = journeyOf('g115')
  await openSignedIn(page, citizenAt(70).phone)
  await registerEntry(page, journey)

  await scanStation(page)
  await expect(page.getByTestId('result')).toHaveAttribute('data-decision', 'admit')
  await expect(page.getByTestId('result-word')).toHaveText('已登记，请通行')
  await expect(page.getByTestId('venue')).toContainText(station().name)

  // Nobody reloads: the phone is told.
  await page.goto('/entry')
  const mine = page.getByTestId('entry').first()
  await expect(mine).toHaveAttribute('data-state', 'arrived')

  const office = await openAsOperator(browser, 'office-yunlong')
  await office.goto('/console/entries?view=arrived')
  const row = office.getByRole('row').filter({ hasText: journey.address })
  await expect(row).toContainText('G115')
  await row.getByRole('button', { name: '登记接收' }).click()
  await note(office, '已电话联系，当日到社区报到')
  await expect(row).toHaveCount(0)
  await expect(mine).toHaveAttribute('data-state', 'received')

  await office.goto('/console/entries?view=received')
  await row.getByRole('button', { name: '结束跟进' }).click()
  await note(office, '健康管理期满')
  await expect(row).toHaveCount(0)
  await expect(mine).toHaveAttribute('data-state', 'closed')
})

test('not registered at the station: to the form, through a reload, and back to the result of that door', async ({
  page,
}) => {
  const journey = journeyOf('g7')
  await openSignedIn(page, citizenAt(71).phone)
  await scanStation(page)
  await expect(page.getByTestId('person')).toContainText('还没有入徐登记')
  await page.getByRole('button', { name: '去做入徐登记' }).click()
  await fillWhoAndHow(page, journey)
  await page.reload()
  await expect(page.getByText('第 2 步', { exact: false })).toBeVisible()
  await page.getByRole('button', { name: '上一步' }).click()
  await expect(page.locator('#entry-number')).toHaveValue('g7')
  await page.getByRole('button', { name: '下一步' }).click()
  await fillTheRest(page, journey)
  await expect(page.getByTestId('result')).toHaveAttribute('data-decision', 'admit')
  await expect(page.getByTestId('venue')).toContainText(station().name)
  await expect(page.getByTestId('venue')).toContainText(station().point)
})
