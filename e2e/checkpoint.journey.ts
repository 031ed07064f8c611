import { expect } from '@playwright/test'
import { openSignedIn, readLiveCode } from './citizen-app.ts'
import { openCheckpoint, scanAt } from './console-app.ts'
import { readDemo } from './demo.ts'
import { test } from './journey.ts'

const venueName = '彭城虚构广场'
const green = (at: number) => {
  const citizen = readDemo().citizens.filter((each) => each.colour === 'green' && each.members > 0)[at]
  if (!citizen) throw new Error('no citizen')
  return citizen
}

test('a live code passes; its screenshot a minute later is expired, never a colour', async ({
  page,
  browser,
}) => {
  await openSignedIn(page, green(2).phone)
  const { qrText } = await readLiveCode(page)
  const checkpoint = await openCheckpoint(browser, 'checker', venueName)
  await scanAt(checkpoint, qrText)
  await expect(checkpoint.getByTestId('check-result')).toHaveAttribute('data-face', 'admit')
  // Life of a code and the clock difference that is forgiven.
  await page.waitForTimeout(77_000)
  await scanAt(checkpoint, qrText)
  await expect(checkpoint.getByTestId('check-result')).toHaveAttribute('data-face', 'expired')
  await expect(checkpoint.getByTestId('check-result')).not.toContainText('可通行')
})

/** What Caps Lock makes of the keys of a hand scanner. */
const withCapsLock = (text: string): string =>
  Array.from(text, (sign) => (sign === sign.toLowerCase() ? sign.toUpperCase() : sign.toLowerCase())).join('')

test('a scanner with Caps Lock on reads the code, and a code of capitals alone is unreadable, not forged', async ({
  page,
  browser,
}) => {
  await openSignedIn(page, green(5).phone)
  const { qrText } = await readLiveCode(page)
  const checkpoint = await openCheckpoint(browser, 'checker', venueName)
  const result = checkpoint.getByTestId('check-result')
  await scanAt(checkpoint, withCapsLock(qrText))
  await expect(result).toHaveAttribute('data-face', 'admit')
  await page.waitForTimeout(3500)
  // What is not green stays until it is tapped away: this one comes last.
  await scanAt(checkpoint, qrText.toUpperCase())
  await expect(result).toHaveAttribute('data-face', 'unreadable')
  await expect(result).toContainText(/Caps|大写/)
})

test('a numeric code is spoken, typed, and good once', async ({ page, browser }) => {
  await openSignedIn(page, green(3).phone)
  const { numericCode } = await readLiveCode(page)
  const checkpoint = await openCheckpoint(browser, 'office-yunlong', venueName)
  await checkpoint.getByRole('button', { name: '数字码' }).click()
  for (const digit of numericCode) await checkpoint.getByRole('button', { name: digit, exact: true }).click()
  await expect(checkpoint.getByTestId('check-result')).toHaveAttribute('data-face', 'admit')
  await page.waitForTimeout(3500)
  await scanAt(checkpoint, numericCode)
  await expect(checkpoint.getByTestId('check-result')).toHaveAttribute('data-face', 'expired')
  await expect(checkpoint.getByTestId('check-result')).toContainText('数字码已用过')
})

test('a member’s printed code wants the document beside it', async ({ page, browser }) => {
  await openSignedIn(page, green(4).phone)
  await page.goto('/family')
  const issued = page.waitForResponse(
    (response) => response.url().includes('/me/paper-codes') && response.ok(),
  )
  await page
    .getByTestId('member')
    .first()
    .getByRole('button', { name: /纸质码/ })
    .click()
  await page.getByRole('button', { name: '生成纸质码' }).click()
  const { qrText } = (await (await issued).json()) as { qrText: string }
  await expect(page.getByTestId('paper-card')).toBeVisible()
  // It prints as one page of A6: 105 by 148 mm are 298 by 420 points.
  const printed = (await page.pdf({ preferCSSPageSize: true })).toString('latin1')
  expect(printed.match(/\/MediaBox \[0 0 [\d. ]+\]/g)).toEqual([expect.stringMatching(/ 298[\d.]* 4(19|20)/)])
  const checkpoint = await openCheckpoint(browser, 'venue-mall', venueName)
  await scanAt(checkpoint, qrText)
  await expect(checkpoint.getByTestId('check-result')).toContainText('证件')
})

test('a look-up by document appears in “who looked me up”', async ({ page, browser }) => {
  const citizen = green(5)
  await openSignedIn(page, citizen.phone)
  const checkpoint = await openCheckpoint(browser, 'office-yunlong2', venueName)
  await checkpoint.getByRole('button', { name: '证件' }).click()
  await checkpoint.getByLabel(/证件号码/).fill(citizen.documentNumber)
  await checkpoint
    .getByRole('button', { name: /查验|核验|查询/ })
    .last()
    .click()
  await expect(checkpoint.getByTestId('check-result')).toBeVisible()
  await page.goto('/lookups')
  await expect(page.getByTestId('row').first()).toContainText('云龙区防控办（示例）')
})
