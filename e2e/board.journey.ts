import { expect, type Page } from '@playwright/test'
import { openSignedIn } from './citizen-app.ts'
import { openAsOperator } from './console-app.ts'
import { readDemo } from './demo.ts'
import { test } from './journey.ts'

const WALL = { width: 1920, height: 1080 }
/** Counted once a minute, and fetched four times as often. */
const COUNTED_WITHIN_MS = 150_000

const todayOf = async (wall: Page): Promise<number> =>
  Number((await wall.getByTestId('board-today').locator('.board-number').textContent())?.replaceAll(',', ''))

test('the board on the wall goes on by itself, and says how old it is when the connection is lost', async ({
  page,
  browser,
}) => {
  const wall = await openAsOperator(browser, 'hq', WALL)
  await wall.goto('/console/board')
  const age = wall.getByTestId('board-age')
  await expect(age).toHaveAttribute('data-old', 'false', { timeout: COUNTED_WITHIN_MS })
  const before = await todayOf(wall)

  const citizen = readDemo().citizens.filter(({ colour }) => colour === 'green')[53]
  const venue = readDemo().venues.find(({ kind, state }) => kind === 'supermarket' && state === 'active')
  if (!citizen || !venue) throw new Error('no citizen, or no supermarket')
  await openSignedIn(page, citizen.phone)
  await page.goto(new URL(venue.link).pathname)
  await expect(page.getByTestId('result')).toHaveAttribute('data-decision', 'admit')

  // Nobody touches the wall meanwhile.
  await expect.poll(() => todayOf(wall), { timeout: COUNTED_WITHIN_MS }).toBeGreaterThan(before)
  const counted = await todayOf(wall)
  await wall.context().setOffline(true)
  await expect(age).toHaveAttribute('data-old', 'true')
  await expect(age).toContainText('连接中断')
  expect(await todayOf(wall)).toBeGreaterThanOrEqual(counted)
  await wall.context().setOffline(false)
  await expect(age).toHaveAttribute('data-old', 'false', { timeout: 60_000 })

  // What is not theirs is not there: a district sees its own part.
  const district = await openAsOperator(browser, 'office-yunlong', WALL)
  await district.goto('/console/board')
  await expect(district.getByTestId('board')).toContainText('本区管理人数')
  await expect(district.getByTestId('board')).not.toContainText('各色人数')
})
