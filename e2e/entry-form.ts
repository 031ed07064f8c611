import { expect, type Page } from '@playwright/test'

const shanghai = (instant: number): string => new Date(instant + 8 * 3600_000).toISOString()
const digitsOf = (day: string): string => day.slice(0, 10).replaceAll('-', '')

interface Journey {
  train: string
  /** Province, city, county. */
  from: readonly [string, string, string]
  /** A county stayed in as well, from four days ago on, where it is another. */
  alsoIn?: readonly [string, string, string]
  to: string
  address: string
}

const pick = async (page: Page, field: RegExp, names: readonly string[]): Promise<void> => {
  await page.getByRole('button', { name: field }).click()
  for (const name of names) await page.getByRole('button', { name, exact: true }).click()
}
const next = (page: Page) => page.getByRole('button', { name: '下一步' }).click()
const day = (ago: number) => digitsOf(shanghai(Date.now() - ago * 86_400_000))

/** The first step of the form, as far as the next. */
export const fillWhoAndHow = async (page: Page, { train }: Journey): Promise<void> => {
  const arrival = shanghai(Date.now() + 3600_000)
  // The last thing a step does when it opens.
  await expect(page.locator('#entry-step-0')).toBeFocused()
  await page.getByRole('radio', { name: '火车' }).click()
  await page.locator('#entry-number').fill(train)
  await page.locator('#entry-arrive-on').fill(digitsOf(arrival))
  await page.locator('#entry-arrive-at').fill(arrival.slice(11, 16).replace(':', ''))
  await next(page)
}

/** The three steps after it, and sends it. */
export const fillTheRest = async (page: Page, { from, alsoIn, to, address }: Journey): Promise<void> => {
  await pick(page, /^出发地/, from)
  if (alsoIn) {
    await page.getByRole('button', { name: '添加地方' }).click()
    await pick(page, /^地点 1/, alsoIn)
    await page.locator('#stays-0-from').fill(day(4))
    await page.locator('#stays-0-to').fill(day(0))
  } else await page.getByRole('button', { name: '14 天都在出发地' }).click()
  await next(page)
  await pick(page, /^目的地/, [to, `就选 ${to}`])
  await page.locator('#entry-detail').fill(address)
  await page.getByRole('radio', { name: '工作' }).click()
  await next(page)
  await page.getByRole('checkbox', { name: '我承诺', exact: false }).click()
  await page.getByRole('button', { name: '提交登记' }).click()
}

/** Fills in the whole form of entry registration and sends it. */
export const registerEntry = async (page: Page, journey: Journey): Promise<void> => {
  await page.goto('/entry')
  await page.getByRole('button', { name: '新的登记', exact: false }).click()
  await fillWhoAndHow(page, journey)
  await fillTheRest(page, journey)
  await expect(page.getByTestId('entry').first()).toHaveAttribute('data-state', 'submitted')
}
