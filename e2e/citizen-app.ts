import { expect, type Page } from '@playwright/test'
import { addresses } from './addresses.ts'
import { readDemo, readSmsCode } from './demo.ts'

/** Signs in on the sign-in page, wherever the app opened it. */
export const signIn = async (page: Page, phone: string): Promise<void> => {
  await page.locator('#phone').fill(phone)
  await page.getByRole('button', { name: '获取验证码' }).click()
  await expect(page.locator('#sms-code')).toBeVisible()
  await page.locator('#sms-code').fill(await readSmsCode(phone))
  await page.getByRole('button', { name: '登录', exact: true }).click()
}

/** Makes the browser the device on which the people of the fictional city have proved to be themselves. */
export const becomeKnownDevice = (page: Page): Promise<void> =>
  page.context().addCookies([
    {
      name: 'jkb_device',
      value: readDemo().deviceSecret,
      url: addresses.server,
      httpOnly: true,
      sameSite: 'Strict',
    },
  ])

/** Opens the app signed in as somebody of the fictional city. */
export const openSignedIn = async (page: Page, phone: string): Promise<void> => {
  await becomeKnownDevice(page)
  await page.goto('/')
  await page.getByRole('button', { name: '登录', exact: true }).click()
  await signIn(page, phone)
  await expect(page.getByTestId('pass')).toHaveAttribute('data-state', 'valid')
}

/** The newest live code that the page fetched: link of the QR and digits. */
export const readLiveCode = async (page: Page): Promise<{ qrText: string; numericCode: string }> => {
  const answer = page.waitForResponse(
    (response) => response.url().includes('/api/v1/me/pass') && response.ok(),
  )
  await page.getByRole('button', { name: '刷新' }).click()
  const { personalCode } = (await (await answer).json()) as {
    personalCode: { qrText: string; numericCode: string }
  }
  return personalCode
}

/** Changes arrive by themselves on this page: its socket is up. */
export const expectLive = (page: Page): Promise<void> =>
  expect(page.getByTestId('live-state')).toContainText('●', { timeout: 30_000 })

/** The colour is there before a phone with its socket up would have asked, which it does every half minute. How soon is in bench/. */
export const expectColourSoon = (page: Page, colour: string): Promise<void> =>
  expect(page.getByTestId('pass')).toHaveAttribute('data-colour', colour, { timeout: 12_000 })
