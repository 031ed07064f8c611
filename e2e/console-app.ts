import { type Browser, type BrowserContext, expect, type Page } from '@playwright/test'
import { addresses } from './addresses.ts'
import { readDemo, totpOf } from './demo.ts'

type Cookies = Awaited<ReturnType<BrowserContext['cookies']>>
/** The sessions of this worker: a time step is good once, so journeys in a row can not each sign in the same operator. */
const sessions = new Map<string, Cookies>()

const signInAnew = async (page: Page, username: string): Promise<void> => {
  const operator = readDemo().operators.find((each) => each.username === username)
  if (!operator) throw new Error(`no operator ${username}`)
  const step = Math.floor(Date.now() / 30_000)
  const answers: string[] = []
  // The steps before and after the present one serve the other worker's sign-in.
  for (const each of [step - 1, step, step + 1]) {
    const data = { username, password: operator.password, totp: totpOf(operator.totpSecret, each) }
    const answer = await page.request.post(`${addresses.server}/api/v1/operator/sessions`, { data })
    if (answer.ok()) return
    answers.push(`${answer.status()} ${await answer.text()}`)
  }
  throw new Error(`${username} could not sign in: ${answers.join('\n')}`)
}

/** Signs an operator in over the API of the page's own origin; the cookie is then the page's. */
const signInOperator = async (page: Page, username: string): Promise<void> => {
  const known = sessions.get(username)
  if (known) {
    await page.context().addCookies(known)
    // A journey may have ended it.
    if ((await page.request.get(`${addresses.server}/api/v1/operator/me`)).ok()) return
    await page.context().clearCookies()
  }
  await signInAnew(page, username)
  sessions.set(username, await page.context().cookies())
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
