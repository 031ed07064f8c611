import { expect } from '@playwright/test'
import { readDemo } from './demo.ts'
import { test } from './journey.ts'
import { registerNewcomer } from './newcomer.ts'

test('a companion says on their own phone that they are at the door', async ({ browser }) => {
  const driver = await registerNewcomer(browser, '孙大伟')
  const friend = await registerNewcomer(browser, '周小虎')
  const [theirs, mine] = [driver.page, friend.page]
  const venue = readDemo().venues.find(({ kind, state }) => kind === 'supermarket' && state === 'active')
  if (!venue) throw new Error('no venue')
  await theirs.goto(new URL(venue.link).pathname)
  await theirs.getByRole('button', { name: '为家人、同行人一起登记' }).click()
  await theirs.getByRole('button', { name: '＋ 添加同行人' }).click()
  await theirs.locator('#companion-0-name').fill(friend.name)
  await theirs.locator('#companion-0-number').fill(friend.documentNumber)
  await theirs.getByRole('button', { name: '登记通行' }).click()
  await expect(theirs.getByTestId('stopped')).toContainText('同行人 1：需核验')
  await mine.goto('/')
  await mine.getByRole('button', { name: /消息/ }).click()
  await mine.getByText('说您同行').first().click()
  await expect(mine.getByTestId('companion-request')).toContainText(venue.name)
  await mine.getByRole('button', { name: '我在场，确认' }).click()
  await expect(mine.getByTestId('confirmed')).toHaveAttribute('data-decision', 'admit')
  // The door of whoever named them says it by itself.
  await expect(theirs.getByTestId('person').nth(1)).toHaveAttribute('data-decision', 'admit', {
    timeout: 15_000,
  })
})
