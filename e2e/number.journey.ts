import { type Browser, expect, type Page } from '@playwright/test'
import { signIn } from './citizen-app.ts'
import { openAsOperator } from './console-app.ts'
import { newResidentId } from './demo.ts'
import { test } from './journey.ts'
import { registerNewcomer } from './newcomer.ts'

const openPhone = async (browser: Browser): Promise<Page> => {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, permissions: ['camera'] })
  return context.newPage()
}
const signInOn = async (page: Page, phone: string): Promise<void> => {
  await page.goto('/')
  await page.getByRole('button', { name: '登录', exact: true }).click()
  await signIn(page, phone)
}
const showFace = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: '打开摄像头' }).click()
  await page.getByRole('button', { name: '拍照核验' }).click()
}

test('my number had an owner before: I see nothing of them, leave it, and register myself', async ({
  browser,
}) => {
  const former = await registerNewcomer(browser, '秦旧主')
  const page = await openPhone(browser)
  await signInOn(page, former.phone)
  await expect(page).toHaveURL(/\/prove/)
  await expect(page.getByTestId('proof-code')).toHaveText(/^\d{4} \d{4}$/)
  // Neither here nor on any other page.
  for (const path of ['/prove', '/', '/family', '/visits', '/lookups', '/notices', '/settings']) {
    await page.goto(path)
    await expect(page.locator('.bar-title')).toBeVisible()
    await expect(page.getByTestId('pass')).toHaveCount(0)
    await expect(page.locator('body')).not.toContainText('秦')
  }
  await page.goto('/prove')
  await page.getByTestId('not-me').getByRole('button', { name: '这不是我' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: '这不是我' }).click()
  await expect(page).toHaveURL(/sign-in/)
  await signIn(page, former.phone)
  await expect(page).toHaveURL(/register/)
  await page.locator('#me-name').fill('韩新主')
  await page.locator('#me-number').fill(newResidentId())
  await page.getByRole('button', { name: '下一步' }).click()
  await page.getByText('我已阅读并同意以上内容').click()
  await page.getByRole('button', { name: '下一步' }).click()
  await showFace(page)
  await expect(page.getByTestId('pass')).toHaveAttribute('data-state', 'valid')
  await expect(page.getByTestId('pass')).toContainText('韩')

  // The former owner is signed out, comes back by their face with another number, and is who they were.
  const back = await registerNewcomer(browser, former.name, former.documentNumber)
  await expect(back.page.getByTestId('pass')).toContainText('秦')
})

test('a new phone of mine: the one that is signed in agrees', async ({ browser }) => {
  const mine = await registerNewcomer(browser, '曹换机')
  const page = await openPhone(browser)
  await signInOn(page, mine.phone)
  await page.getByRole('button', { name: '请那部手机同意' }).click()
  await expect(page.getByTestId('asked')).toBeVisible()
  await mine.page.goto('/notices')
  await mine.page.getByText('请求登录您的账号').first().click()
  await mine.page.getByTestId('sign-in-request').getByRole('button', { name: '同意' }).click()
  await mine.page.getByRole('alertdialog').getByRole('button', { name: '同意' }).click()
  await expect(page.getByTestId('pass')).toHaveAttribute('data-state', 'valid', { timeout: 15_000 })

  // A third one, by the face; signed in there once, an SMS code is enough from then on.
  const third = await openPhone(browser)
  await signInOn(third, mine.phone)
  await third.getByRole('button', { name: '刷脸核验' }).click()
  await third.locator('#prove-name').fill(mine.name)
  await third.locator('#prove-number').fill(mine.documentNumber)
  await third.getByRole('button', { name: '下一步' }).click()
  await showFace(third)
  await expect(third.getByTestId('pass')).toHaveAttribute('data-state', 'valid')
  await third.goto('/settings')
  await third.getByRole('button', { name: '退出登录' }).click()
  await third.getByRole('alertdialog').getByRole('button', { name: '退出登录' }).click()
  await signInOn(third, mine.phone)
  await expect(third.getByTestId('pass')).toHaveAttribute('data-state', 'valid')
})

test('somebody took my identity over: my old phone objects, the code stops, and an office gives it back', async ({
  browser,
}) => {
  const mine = await registerNewcomer(browser, '严本人')
  const taker = await registerNewcomer(browser, mine.name, mine.documentNumber)
  // Signed out here; whoever signs in again is told.
  await signInOn(mine.page, mine.phone)
  await expect(mine.page).toHaveURL(/register/)
  await mine.page.goto('/take-over')
  await expect(mine.page.getByTestId('take-over')).toHaveAttribute('data-state', 'moved')
  await mine.page.getByRole('button', { name: '不是我，提出异议' }).click()
  await mine.page.getByRole('alertdialog').getByRole('button', { name: '不是我，提出异议' }).click()
  await expect(mine.page.getByTestId('take-over')).toHaveAttribute('data-state', 'objected')
  await taker.page.goto('/')
  await expect(taker.page.getByText('原手机对身份迁移提出异议').first()).toBeVisible()
  await expect(taker.page.getByTestId('pass')).not.toHaveAttribute('data-state', 'valid')

  const office = await openAsOperator(browser, 'hq2')
  await office.goto('/console/take-overs')
  await office.getByRole('button', { name: '查看并决定' }).first().click()
  await office.getByText('核实身份与证件', { exact: true }).click()
  await office.getByLabel('说明').fill('核实原手机的异议')
  await office.getByRole('button', { name: /确\s?定/ }).click()
  await expect(office.getByText('严*').first()).toBeVisible()
  await office.getByRole('button', { name: '退回原手机' }).click()
  await office.getByLabel('原因', { exact: true }).fill('本人持身份证到场，已核对')
  await office
    .getByRole('dialog')
    .last()
    .getByRole('button', { name: /确\s?定/ })
    .click()
  await expect(office.getByText('没有待决定的异议')).toBeVisible()

  await signInOn(mine.page, mine.phone)
  await expect(mine.page.getByTestId('pass')).toHaveAttribute('data-state', 'valid')
})
