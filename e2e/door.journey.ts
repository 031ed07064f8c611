import { expect } from '@playwright/test'
import { openSignedIn, signIn } from './citizen-app.ts'
import { newPhone, newResidentId, readDemo } from './demo.ts'
import { test } from './journey.ts'

// By kind: these journeys are walked in more than one city (`CITY`).
const venueOf = (kind: string, state = 'active') => {
  const venue = readDemo().venues.find((each) => each.kind === kind && each.state === state)
  if (!venue) throw new Error(`no ${state} ${kind}`)
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
  const venue = venueOf('mall')
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
  const venue = venueOf('supermarket')
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
  await page.goto(new URL(venueOf('mall').link).pathname)
  await expect(page.getByTestId('result')).toHaveAttribute('data-decision', 'deny')
  await expect(page.getByTestId('result-word')).toHaveText('请勿入内')
  await page.goto(new URL(venueOf('hospital').link).pathname)
  await expect(page.getByTestId('result')).toHaveAttribute('data-decision', 'review')
})

test('a suspended venue, a typo and a wrong colour in the address are refused in words', async ({ page }) => {
  await openSignedIn(page, citizenOf('green', 12).phone)
  await page.goto(new URL(venueOf('culture_leisure', 'suspended').link).pathname)
  await expect(page.getByTestId('refused')).toBeVisible()
  const { code } = venueOf('catering')
  await page.goto(`/v/${code.slice(0, 13)}${code.endsWith('0') ? '1' : '0'}?colour=green`)
  await expect(page.getByTestId('refused')).toBeVisible()
  await expect(page.getByTestId('result')).toHaveCount(0)
})

test('no network: the scan is kept, is no pass, and is sent once when the network is back', async ({
  page,
  context,
}) => {
  await openSignedIn(page, citizenOf('green', 15).phone)
  const venue = venueOf('catering')
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

test('a result opened again is the answer that was given: nothing is posted, whoever is ticked since', async ({
  page,
}) => {
  await openSignedIn(page, citizenOf('green', 18).phone)
  await page.goto(new URL(venueOf('supermarket').link).pathname)
  await expect(page.getByTestId('result')).toHaveAttribute('data-state', 'recorded')
  const given = page.getByTestId('venue')
  const answer = await given.textContent()
  const posts: string[] = []
  page.on('request', (request) => {
    if (request.method() === 'POST' && request.url().endsWith('/api/v1/visits')) posts.push(request.url())
  })
  const opened = page.url()
  await page.goto('/')
  await expect(page.getByTestId('pass')).toHaveAttribute('data-state', 'valid')
  await page.goto(opened)
  await expect(page.getByTestId('result')).toHaveAttribute('data-state', 'recorded')
  expect(await given.textContent()).toBe(answer)
  // The same address where the phone has no answer to it: on another phone, or after two days.
  await page.evaluate(() => {
    for (const key of Object.keys(localStorage)) if (key.includes('answer.')) localStorage.removeItem(key)
  })
  await page.reload()
  await expect(page.getByTestId('gone')).toBeVisible()
  expect(posts).toEqual([])
})

test('family: oneself alone is recorded, everybody has a row of their own, and "not here" takes one tap', async ({
  page,
}) => {
  const mother = readDemo().citizens.find((each) => each.colour === 'green' && each.members > 0)
  if (!mother) throw new Error('nobody with family')
  await openSignedIn(page, mother.phone)
  await page.goto(new URL(venueOf('supermarket').link).pathname)
  await expect(page.getByTestId('result')).toHaveAttribute('data-decision', 'admit')
  await expect(page.getByTestId('person')).toHaveCount(1)
  await page.getByRole('button', { name: '为家人、同行人一起登记' }).click()
  // Nobody else came along: the sheet closes without a word.
  await page.getByRole('button', { name: '没有其他人' }).click()
  await expect(page.getByTestId('door-form')).toHaveCount(0)
  await page.getByRole('button', { name: '为家人、同行人一起登记' }).click()
  await page.getByRole('checkbox').first().click()
  await page.getByRole('button', { name: '＋ 添加同行人' }).click()
  await page.locator('#companion-0-name').fill('陌生人')
  await page.locator('#companion-0-number').fill(newResidentId())
  await page.getByRole('button', { name: '登记通行' }).click()
  await expect(page.getByTestId('person')).toHaveCount(3)
  // The headline stays the mother's; whom nobody knows is named beneath it.
  await expect(page.getByTestId('result')).toHaveAttribute('data-decision', 'admit')
  await expect(page.getByTestId('result-word')).toHaveText('可通行')
  await expect(page.getByTestId('stopped')).toContainText('同行人 1：需核验')
  await page.getByTestId('person').nth(1).getByRole('button').click()
  await expect(page.locator('[data-testid=person][data-withdrawn]')).toHaveCount(1)

  // The next door: alone again, the family offered, added and taken back by one tap each.
  await page.goto(new URL(venueOf('catering').link).pathname)
  await expect(page.getByTestId('result')).toHaveAttribute('data-state', 'recorded')
  await expect(page.getByTestId('person')).toHaveCount(1)
  await page.getByTestId('offer').getByRole('button').click()
  await expect(page.getByTestId('person')).toHaveCount(2)
  await expect(page.getByTestId('offer')).toHaveCount(0)
  await page.getByTestId('person').nth(1).getByRole('button').click()
  await expect(page.getByTestId('person').nth(1)).toContainText('撤回')
  await page.goto('/visits')
  await expect(page.getByTestId('withdrawn').first()).toContainText('这次没来')
})

test('a station asks where the phone is, with words why; elsewhere nothing is asked', async ({
  page,
  context,
}) => {
  await openSignedIn(page, citizenOf('green', 20).phone)
  await page.goto(new URL(venueOf('supermarket').link).pathname)
  await expect(page.getByTestId('result')).toHaveAttribute('data-state', 'recorded')
  await expect(page.getByTestId('position')).toHaveCount(0)
  const station = readDemo().venues.find((each) => each.kind === 'railway_station' && each.state === 'active')
  if (!station) throw new Error('no station')
  await page.goto(new URL(station.link).pathname)
  await expect(page.getByTestId('result')).toHaveAttribute('data-state', 'recorded')
  await expect(page.getByTestId('position')).toContainText('不保存')
  await page.getByRole('button', { name: '提供大致位置' }).click()
  await expect(page.getByTestId('position')).toContainText('没有允许')
  await page.getByRole('button', { name: '不提供' }).click()
  await expect(page.getByText('记录注明“未定位”')).toBeVisible()
  // Allowed once: told by itself, rounded; from Nanjing this is no presence.
  await context.grantPermissions(['camera', 'geolocation'])
  await context.setGeolocation({ latitude: 32.060_255, longitude: 118.796_877, accuracy: 20 })
  const told = page.waitForRequest((request) => request.url().endsWith('/position'))
  await page.goto(new URL(station.link).pathname)
  expect((await told).postDataJSON()).toEqual({ latitude: 32.06, longitude: 118.797, accuracyMetres: 100 })
  await expect(page.getByTestId('venue')).toContainText('未登记到访')
})
