import { expect } from '@playwright/test'
import { openSignedIn } from './citizen-app.ts'
import { openAsOperator } from './console-app.ts'
import { readDemo } from './demo.ts'
import { test } from './journey.ts'

test('an office sees who of a post missed a required test, and proposes it; nobody changes colour', async ({
  page,
  browser,
}) => {
  const office = await openAsOperator(browser, 'office-yunlong')
  await office.goto('/console/required-tests')
  await expect(office.getByTestId('required-chart')).toBeVisible()
  const late = office.getByRole('row').filter({ hasText: '进口冷链从业人员' }).filter({ hasText: '规则要求' })
  await expect(late.first()).toContainText('逾期')
  const before = await late.count()
  await late.first().getByRole('checkbox').check()
  await office.getByTestId('propose-many').getByRole('button', { name: '提出应检未检' }).click()
  const asked = office.getByRole('dialog')
  await asked.getByLabel('依据材料').fill('两次电话通知仍未检测')
  await asked.getByRole('button', { name: /确\s*认|确\s*定/ }).click()
  await expect(office.getByTestId('propose-outcome')).toContainText('已提出 1 人')
  await expect(late).toHaveCount(before - 1)

  const row = late.first()
  await row.getByRole('button', { name: '免检一次' }).click()
  const exempting = office.getByRole('dialog').filter({ hasText: '免检一次' })
  await exempting.getByLabel('原因').fill('住院治疗')
  await exempting.getByRole('button', { name: /确\s*认|确\s*定/ }).click()
  await expect(late).toHaveCount(before - 2)

  await office.locator('search').getByText('已提出', { exact: true }).click()
  await expect(late).toHaveCount(1)
  await expect(late.first()).toContainText('待审批')

  // The last of the roster reads on their phone that they are late, and is as green as before.
  const worker = readDemo().citizens.find(({ phone }) => phone.endsWith('0258'))
  if (!worker) throw new Error('no citizen')
  await openSignedIn(page, worker.phone)
  await expect(page.getByTestId('pass')).toHaveAttribute('data-colour', 'green')
  await page.goto('/tests')
  await expect(page.getByTestId('own-required')).toHaveAttribute('data-state', 'overdue')
  await expect(page.getByTestId('own-required')).toContainText('进口冷链从业人员')
})
