import { type Browser, expect, type Page } from '@playwright/test'
import { signIn } from './citizen-app.ts'
import { newPhone, newResidentId } from './demo.ts'

interface Newcomer {
  name: string
  documentNumber: string
  page: Page
}

/** Somebody with a phone of their own, who registers on it. */
export const registerNewcomer = async (browser: Browser, name: string): Promise<Newcomer> => {
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
