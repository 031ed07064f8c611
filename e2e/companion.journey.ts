import { type Browser, expect, type Page, test } from '@playwright/test'
import { signIn } from './citizen-app.ts'
import { newPhone, newResidentId, readDemo } from './demo.ts'

interface Newcomer {
  name: string
  documentNumber: string
  page: Page
}

/** Somebody with a phone of their own, who registers on it. */
const newcomer = async (browser: Browser, name: string): Promise<Newcomer> => {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, permissions: ['camera'] })
  const page = await context.newPage()
  await page.goto('/')
  await page.getByRole('button', { name: '登录', exact: true }).click()
  await signIn(page, newPhone())
  await expect(page).not.toHaveURL(/sign-in/)
  await page.goto('/register')
  const documentNumber = newResidentId()
  await page.locator('#me-name').fill(name)
  await page.locator('#me-number').fill(documentNumber)
  await page.getByRole('button', { name: '下一步' }).click()
  await page.getByText('我已阅读并同意以上内容').click()
  await page.getByRole('button', { name: '下一步' }).click()
  await page.getByRole('button', { name: '打开摄像头' }).click()
  await page.getByRole('button', { name: '拍照核验' }).click()
  await expect(page.getByTestId('pass')).toHaveAttribute('data-state', 'valid')
  return { name, documentNumber, page }
}

test('a companion says on their own phone that they are at the door', async ({ browser }) => {
  const driver = await newcomer(browser, '孙大伟')
  const friend = await newcomer(browser, '周小虎')
  const [theirs, mine] = [driver.page, friend.page]
  const venue = readDemo().venues.find(({ kind, state }) => kind === 'supermarket' && state === 'active')
  if (!venue) throw new Error('no venue')
  await theirs.goto(new URL(venue.link).pathname)
  await theirs.getByRole('button', { name: '为家人、同行人一起登记' }).click()
  await theirs.getByRole('button', { name: '＋ 添加同行人' }).click()
  await theirs.locator('#companion-0-name').fill(friend.name)
  await theirs.locator('#companion-0-number').fill(friend.documentNumber)
  await theirs.getByRole('button', { name: '登记通行' }).click()
  await expect(theirs.getByTestId('stopped')).toContainText('同行人 1：需核验')
  await mine.goto('/')
  await mine.getByRole('button', { name: /消息/ }).click()
  await mine.getByText('说您同行').first().click()
  await expect(mine.getByTestId('companion-request')).toContainText(venue.name)
  await mine.getByRole('button', { name: '我在场，确认' }).click()
  await expect(mine.getByTestId('confirmed')).toHaveAttribute('data-decision', 'admit')
  // The door of whoever named them says it by itself.
  await expect(theirs.getByTestId('person').nth(1)).toHaveAttribute('data-decision', 'admit', {
    timeout: 15_000,
  })
})
