import { expect } from '@playwright/test'
import { openSignedIn, readLiveCode } from './citizen-app.ts'
import { openCheckpoint, scanAt } from './console-app.ts'
import { readDemo } from './demo.ts'
import { test } from './journey.ts'

test('a night at the door: dark colours, this shift’s checks with masked names, and nothing left for the next one', async ({
  page,
  browser,
}) => {
  const citizen = readDemo().citizens.filter(({ colour }) => colour === 'green')[54]
  if (!citizen) throw new Error('no citizen')
  await openSignedIn(page, citizen.phone)
  const { qrText } = await readLiveCode(page)
  const door = await openCheckpoint(browser, 'office-quanshan', '惠民超市')

  await door.getByRole('button', { name: '设置' }).click()
  const night = door.locator('.cp')
  await door.getByText('日间', { exact: true }).click()
  await expect(night).not.toHaveClass(/cp-night/)
  await door.getByText('夜间', { exact: true }).click()
  await expect(night).toHaveClass(/cp-night/)
  await door.getByRole('button', { name: '关闭' }).click()

  await scanAt(door, qrText)
  await expect(door.getByTestId('check-result')).toHaveAttribute('data-face', 'admit')
  await expect(door.getByTestId('check-result')).toHaveCount(0)
  await scanAt(door, '00000000')
  await expect(door.getByTestId('check-result')).toBeVisible()
  await door.keyboard.press('Escape')

  await door.getByTestId('shift-open').click()
  const counts = door.getByTestId('shift-counts').locator('dd')
  await expect(counts).toHaveText(['1', '0', '0', '1', '0'])
  const admitted = door.getByTestId('shift-latest').getByRole('listitem').last()
  await expect(admitted).toContainText('*')
  await expect(admitted).not.toContainText(citizen.name)
  // Nobody's name is on the phone's disk.
  const masked = (await admitted.locator('span').textContent()) ?? ''
  const kept = await door.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]))
  expect(kept).not.toContain(masked)

  await door.getByRole('button', { name: '交班', exact: true }).click()
  await door.getByRole('button', { name: '确认交班' }).click()
  await expect(door.getByRole('button', { name: '登录' })).toBeVisible()

  const next = await openCheckpoint(browser, 'office-quanshan', '惠民超市')
  await next.getByTestId('shift-open').click()
  await expect(next.getByTestId('shift-counts').locator('dd')).toHaveText(['0', '0', '0', '0', '0'])
})
