import { type Browser, expect, type Page } from '@playwright/test'
import { signIn } from './citizen-app.ts'
import { newPhone, newResidentId } from './demo.ts'

interface Newcomer {
  name: string
  documentNumber: string
  phone: string
  page: Page
}

/** Somebody with a phone of their own, who registers on it. */
export const registerNewcomer = async (
  browser: Browser,
  name: string,
  documentNumber = newResidentId(),
): Promise<Newcomer> => {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, permissions: ['camera'] })
  const page = await context.newPage()
  await page.goto('/')
  await page.getByRole('button', { name: '登录', exact: true }).click()
  const phone = newPhone()
  await signIn(page, phone)
  await expect(page).not.toHaveURL(/sign-in/)
  await page.goto('/register')
  await page.locator('#me-name').fill(name)
  await page.locator('#me-number').fill(documentNumber)
  await page.getByRole('button', { name: '下一步' }).click()
  await page.getByText('我已阅读并同意以上内容').click()
  await page.getByRole('button', { name: '下一步' }).click()
  await page.getByRole('button', { name: '打开摄像头' }).click()
  await page.getByRole('button', { name: '拍照核验' }).click()
  const pass = page.getByTestId('pass')
  // Whoever was registered on another phone is told that they are here now.
  const moved = page.getByText('该身份原在另一部手机上登记')
  await expect(pass.or(moved)).toBeVisible()
  if (await moved.isVisible()) await page.getByRole('button', { name: '下一步' }).click()
  await expect(pass).toHaveAttribute('data-state', 'valid')
  return { name, documentNumber, phone, page }
}
