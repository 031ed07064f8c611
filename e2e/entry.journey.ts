import { randomUUID } from 'node:crypto'
import { expect, test } from '@playwright/test'
import { addresses } from './addresses.ts'
import { openSignedIn } from './citizen-app.ts'
import { openAsOperator } from './console-app.ts'
import { readDemo } from './demo.ts'

const day = (ago: number): string =>
  new Date(Date.now() + 8 * 3600_000 - ago * 86_400_000).toISOString().slice(0, 10)

const address = `示例路 7 号 ${Date.now() % 1_000_000} 室`

test('a traveller registers, the community receives them and ends the follow-up, the phone says so', async ({
  page,
  browser,
}) => {
  const citizen = readDemo().citizens.filter(({ colour, members }) => colour === 'green' && members === 0)[70]
  if (!citizen) throw new Error('no citizen')
  const asked = page.waitForRequest((request) => request.url().includes('/api/v1/me/'))
  await openSignedIn(page, citizen.phone)
  const { authorization = '' } = (await asked).headers()
  const made = await page.request.post(`${addresses.server}/api/v1/me/entry-registrations`, {
    headers: { authorization },
    data: {
      requestId: randomUUID(),
      commitment: true,
      self: true,
      memberIds: [],
      arrivalMode: 'train',
      arrivalNumber: 'G115',
      plannedArrivalAt: new Date(Date.now() + 3600_000).toISOString(),
      originCode: '310115',
      stays: [{ divisionCode: '310115', fromOn: day(14), toOn: day(0) }],
      destinationCode: '320302',
      destinationDetail: address,
      reason: 'work',
      unwell: [],
    },
  })
  expect(made.status(), await made.text()).toBe(201)

  const office = await openAsOperator(browser, 'hq2')
  await office.goto('/console/entries?view=expected')
  const row = office.getByRole('row').filter({ hasText: address })
  await expect(row).toContainText('G115')
  await row.getByRole('button', { name: '登记接收' }).click()
  await office.locator('.ant-modal').getByRole('textbox').fill('已电话联系，当日到社区报到')
  await office.locator('.ant-modal').getByRole('button', { name: '确定' }).click()
  await expect(row).toHaveCount(0)
  await page.goto('/entry')
  await expect(page.getByTestId('entry').first()).toHaveAttribute('data-state', 'received')

  await office.goto('/console/entries?view=received')
  await row.getByRole('button', { name: '结束跟进' }).click()
  await office.locator('.ant-modal').getByRole('textbox').fill('健康管理期满')
  await office.locator('.ant-modal').getByRole('button', { name: '确定' }).click()
  await expect(row).toHaveCount(0)
  await page.reload()
  await expect(page.getByTestId('entry').first()).toHaveAttribute('data-state', 'closed')
})
