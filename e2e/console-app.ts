import { type Browser, expect, type Page } from '@playwright/test'
import { addresses } from './addresses.ts'
import { readDemo, totpOf } from './demo.ts'

/** Signs an operator in over the API of the page's own origin; the cookie is then the page's. */
const signInOperator = async (page: Page, username: string): Promise<void> => {
  const operator = readDemo().operators.find((each) => each.username === username)
  if (!operator) throw new Error(`no operator ${username}`)
  const step = Math.floor(Date.now() / 30_000)
  // A time step is good once: the steps before and after the present one serve the sign-ins of other journeys.
  for (const each of [step - 1, step, step + 1]) {
    const data = { username, password: operator.password, totp: totpOf(operator.totpSecret, each) }
    const answer = await page.request.post(`${addresses.server}/api/v1/operator/sessions`, { data })
    if (answer.ok()) return
  }
  throw new Error(`${username} could not sign in`)
}

/** A window of its own, signed in as an operator of the fictional city. */
export const openAsOperator = async (
  browser: Browser,
  username: string,
  viewport = { width: 1280, height: 800 },
): Promise<Page> => {
  const context = await browser.newContext({
    viewport,
    baseURL: addresses.server,
    locale: 'zh-CN',
    permissions: ['camera'],
    reducedMotion: 'reduce',
  })
  const page = await context.newPage()
  await signInOperator(page, username)
  return page
}

/** The checkpoint at a point of a venue, on a phone. */
export const openCheckpoint = async (
  browser: Browser,
  username: string,
  venueName: string,
): Promise<Page> => {
  const page = await openAsOperator(browser, username, { width: 390, height: 844 })
  await page.goto('/console/checkpoint')
  await page.getByText(venueName).first().click()
  await expect(page.getByTestId('scanner-input')).toBeAttached()
  return page
}

/** What a hardware scanner does: types the code and Enter. */
export const scanAt = async (page: Page, text: string): Promise<void> => {
  await page.getByTestId('scanner-input').fill(text)
  await page.getByTestId('scanner-input').press('Enter')
}
