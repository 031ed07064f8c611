import { expect, test } from '@playwright/test'
import { openSignedIn, signIn } from './citizen-app.ts'
import { newPhone, newResidentId, readDemo } from './demo.ts'

const venueOf = (name: string) => {
  const venue = readDemo().venues.find((each) => each.name === name)
  if (!venue) throw new Error(`no venue ${name}`)
  return venue
}
const citizenOf = (colour: string, at = 0) => {
  const citizen = readDemo().citizens.filter((each) => each.colour === colour)[at]
  if (!citizen) throw new Error(`no citizen with ${colour}`)
  return citizen
}

test('a door, first time: poster, phone, identity, face, and the result of that very door', async ({
  page,
}) => {
  const venue = venueOf('彭城虚构广场')
  const phone = newPhone()
  await page.goto(new URL(venue.link).pathname)
  await expect(page.getByText(`${venue.name} ${venue.point}`)).toBeVisible()
  await signIn(page, phone)
  await page.locator('#me-name').fill('初次来')
  const number = newResidentId()
  // A wrong digit is named before anything is sent, and what was typed stays.
  await page.locator('#me-number').fill(number.slice(0, 17) + (number.endsWith('1') ? '2' : '1'))
  await page.getByRole('button', { name: '下一步' }).click()
  await expect(page.locator('#me-name')).toHaveValue('初次来')
  await page.reload()
  await expect(page.locator('#me-name')).toHaveValue('初次来')
  await page.locator('#me-number').fill(number)
  await page.getByRole('button', { name: '下一步' }).click()
  await page.getByText('我已阅读并同意以上内容').click()
  await page.getByRole('button', { name: '下一步' }).click()
  await page.getByRole('button', { name: '打开摄像头' }).click()
  await page.getByRole('button', { name: '拍照核验' }).click()
  await expect(page.getByTestId('result')).toHaveAttribute('data-decision', 'admit')
  await expect(page.getByTestId('result-word')).toHaveText('可通行')
  await expect(page.getByTestId('venue')).toContainText(venue.name)
  await expect(page.getByTestId('venue')).toContainText(venue.point)
  await expect(page.getByTestId('person')).toContainText('初**')
})

test('a door, every day: the scanned link shows the result at once', async ({ page }) => {
  await openSignedIn(page, citizenOf('green', 9).phone)
  const venue = venueOf('惠民超市（示例）')
  await page.goto(new URL(venue.link).pathname)
  await expect(page.getByTestId('result')).toHaveAttribute('data-decision', 'admit')
  await expect(page.getByTestId('venue')).toContainText(venue.name)
  await page.goto('/visits')
  await expect(page.getByTestId('row').first()).toContainText(venue.name)
})

test('yellow is refused where policy says so, and looked at where it does not', async ({ page }) => {
  await openSignedIn(page, citizenOf('yellow', 2).phone)
  await expect(page.getByTestId('pass')).toHaveAttribute('data-colour', 'yellow')
  await expect(page.getByTestId('reasons')).toBeVisible()
  await page.goto(new URL(venueOf('彭城虚构广场').link).pathname)
  await expect(page.getByTestId('result')).toHaveAttribute('data-decision', 'deny')
  await expect(page.getByTestId('result-word')).toHaveText('请勿入内')
  await page.goto(new URL(venueOf('第一示例医院').link).pathname)
  await expect(page.getByTestId('result')).toHaveAttribute('data-decision', 'review')
})

test('a suspended venue, a typo and a wrong colour in the address are refused in words', async ({ page }) => {
  await openSignedIn(page, citizenOf('green', 12).phone)
  await page.goto(new URL(venueOf('湖滨健身（示例）').link).pathname)
  await expect(page.getByTestId('refused')).toBeVisible()
  const { code } = venueOf('虚构面馆')
  await page.goto(`/v/${code.slice(0, 13)}${code.endsWith('0') ? '1' : '0'}?colour=green`)
  await expect(page.getByTestId('refused')).toBeVisible()
  await expect(page.getByTestId('result')).toHaveCount(0)
})

test('no network: the scan is kept, is no pass, and is sent once when the network is back', async ({
  page,
  context,
}) => {
  await openSignedIn(page, citizenOf('green', 15).phone)
  const venue = venueOf('老街地锅鸡（示例）')
  const countRows = async () => {
    await page.goto('/visits')
    await expect(page.getByTestId('row').first()).toBeVisible()
    return page.getByTestId('row').filter({ hasText: venue.name }).count()
  }
  const before = await countRows()
  await page.goto('/scan')
  // The pages of a scan are fetched ahead a few seconds after the start.
  await page.waitForTimeout(5000)
  await context.setOffline(true)
  await page.locator('#venue-code').fill(venue.code)
  await page.getByRole('button', { name: '打开', exact: true }).click()
  await expect(page.locator('[data-testid=result][data-state=kept]')).toBeVisible()
  await context.setOffline(false)
  await expect.poll(countRows, { timeout: 40_000 }).toBe(before + 1)
  await page.waitForTimeout(3000)
  expect(await countRows()).toBe(before + 1)
})
