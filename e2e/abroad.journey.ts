import { expect, type Page } from '@playwright/test'
import { openSignedIn } from './citizen-app.ts'
import { openAsOperator } from './console-app.ts'
import { readDemo } from './demo.ts'
import { fillWhoAndHow } from './entry-form.ts'
import { test } from './journey.ts'

const digits = (daysAgo: number): string =>
  new Date(Date.now() + (8 - 24 * daysAgo) * 3600_000).toISOString().slice(0, 10).replaceAll('-', '')

const pickCountry = async (page: Page, field: RegExp, typed: string, name: string): Promise<void> => {
  await page.getByRole('button', { name: field }).click()
  await page.getByRole('button', { name: '境外（其他国家或地区）' }).click()
  await page.getByLabel('从哪个国家或地区来').fill(typed)
  await page.getByRole('button', { name: new RegExp(`^${name} `) }).click()
  await page.getByRole('button', { name: `就选 ${name}` }).click()
}
const next = (page: Page) => page.getByRole('button', { name: '下一步' }).click()

test('somebody who was abroad registers with the countries, turns red, and the district sees from where they come', async ({
  page,
  browser,
}) => {
  const citizen = readDemo().citizens.filter(({ colour, members }) => colour === 'green' && members === 0)[64]
  await openSignedIn(page, citizen?.phone ?? '')
  await page.goto('/entry')
  await page.getByRole('button', { name: '新的登记', exact: false }).click()
  const address = `示例路 9 号 ${Date.now() % 1_000_000} 室`
  await fillWhoAndHow(page, { train: 'g117', from: ['', '', ''], to: '', address })
  // The beginning of a name that is itself a country is not taken before it is chosen.
  await pickCountry(page, /^出发地/, '尼日', '尼日利亚')
  await expect(page.locator('#entry-origin')).toContainText('已选：尼日利亚')
  await page.getByRole('button', { name: '添加地方' }).click()
  await pickCountry(page, /^地点 1/, 'THA', '泰国')
  await page.locator('#stays-0-from').fill(digits(12))
  await page.locator('#stays-0-to').fill(digits(5))
  await page.getByRole('button', { name: '再加一个地方' }).click()
  await page.getByRole('button', { name: /^地点 2/ }).click()
  for (const name of ['上海市', '辖区', '黄浦区'])
    await page.getByRole('button', { name, exact: true }).click()
  await page.locator('#stays-1-from').fill(digits(5))
  await page.locator('#stays-1-to').fill(digits(0))
  await next(page)
  await page.getByRole('button', { name: /^目的地/ }).click()
  for (const name of ['云龙区', '就选 云龙区']) await page.getByRole('button', { name, exact: true }).click()
  await page.locator('#entry-detail').fill(address)
  await page.getByRole('radio', { name: '探亲访友' }).click()
  await next(page)
  await page.getByRole('checkbox', { name: '我承诺', exact: false }).click()
  await page.getByRole('button', { name: '提交登记' }).click()
  await expect(page.getByTestId('entry').first()).toContainText('尼日利亚')
  await page.goto('/')
  await expect(page.getByTestId('pass')).toHaveAttribute('data-colour', 'red', { timeout: 60_000 })

  const office = await openAsOperator(browser, 'office-yunlong')
  await office.goto('/console/entries?view=expected')
  const row = office.getByRole('row').filter({ hasText: address })
  await expect(row).toContainText('尼日利亚')
  await row.locator('.ant-table-row-expand-icon').click()
  await expect(office.getByTestId('entry-details')).toContainText('泰国')
  await expect(office.getByTestId('entry-details')).toContainText('境外')
})
