import { expect } from '@playwright/test'
import { openSignedIn } from './citizen-app.ts'
import { openAsOperator } from './console-app.ts'
import { readDemo } from './demo.ts'
import { test } from './journey.ts'
import { approve, openProposal } from './proposal-steps.ts'

const today = (): string => new Date(Date.now() + 8 * 3600_000).toISOString().slice(0, 10).replaceAll('-', '')

test('declared to be a contact: an office verifies and proposes, another decides, the phone turns red', async ({
  page,
  browser,
}) => {
  const citizen = readDemo().citizens.filter(({ colour, members }) => colour === 'green' && members === 0)[72]
  if (!citizen) throw new Error('no citizen')
  await openSignedIn(page, citizen.phone)
  // Who has family must not declare for themselves only because the family did not load.
  await page.route('**/api/v1/me/members', (route) => route.abort())
  await page.goto('/exposure')
  const retry = page.getByRole('button', { name: '重试' })
  await expect(retry).toBeVisible()
  await page.unroute('**/api/v1/me/members')
  await retry.click()
  await expect(retry).toHaveCount(0)
  await page.getByRole('button', { name: /现住址.*选择/ }).click()
  await page.getByRole('button', { name: '云龙区' }).click()
  await page.getByRole('button', { name: '就选', exact: false }).click()
  await page.getByRole('checkbox', { name: '被告知是密切接触者' }).click()
  await page.locator('#exposure-told-on').fill(today())
  await page.locator('#exposure-told-by').fill('泉山区疾控中心')
  await page.getByRole('checkbox', { name: '我承诺', exact: false }).click()
  await page.getByRole('button', { name: '提交申报' }).click()
  await expect(page.getByTestId('declared')).toBeVisible()

  const officer = await openAsOperator(browser, 'office-yunlong')
  await officer.goto('/console/matters')
  const row = officer.getByRole('row').filter({ hasText: '泉山区疾控中心' }).first()
  await expect(row).toContainText('密切接触者')
  await row.getByRole('button', { name: '提出赋码建议' }).click()
  await officer.locator('.ant-modal').getByRole('textbox').fill('电话联系疾控中心，属实')
  await officer.locator('.ant-modal').getByRole('button', { name: '确定' }).click()
  await expect(officer.getByText('已处理').first()).toBeVisible()

  // What was only declared changes nobody.
  await page.goto('/')
  await expect(page.getByTestId('pass')).toHaveAttribute('data-colour', 'green')

  const other = await openAsOperator(browser, 'hq')
  await openProposal(other, '密切接触者', citizen.documentNumber.slice(-2))
  await expect(other.getByText('电话联系疾控中心，属实').first()).toBeVisible()
  await approve(other, '核实属实，同意')
  await expect(page.getByTestId('pass')).toHaveAttribute('data-colour', 'red')
  await expect(page.getByTestId('reasons')).toContainText('密切接触者')
})
