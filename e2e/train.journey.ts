import { expect } from '@playwright/test'
import { addresses } from './addresses.ts'
import { openSignedIn } from './citizen-app.ts'
import { openAsOperator } from './console-app.ts'
import { readDemo } from './demo.ts'
import { registerEntry } from './entry-form.ts'
import { test } from './journey.ts'

const steerList = async (list: 'few' | 'more'): Promise<void> => {
  const answer = await fetch(`${addresses.sandbox}/steering`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ riskAreas: { list } }),
  })
  expect(answer.status).toBe(200)
}

test.afterEach(() => steerList('few'))

test('risk area raised while a traveller is on the train: the open phone turns red, the station refuses, the office sees why', async ({
  page,
  browser,
}) => {
  const { citizens, venues } = readDemo()
  const citizen = citizens.filter(({ colour, members }) => colour === 'green' && members === 0)[73]
  const station = venues.find(({ kind, state }) => kind === 'railway_station' && state === 'active')
  if (!citizen || !station) throw new Error('no citizen or no station')
  const address = `示例路 9 号 ${Date.now() % 1_000_000} 室`
  await openSignedIn(page, citizen.phone)
  await registerEntry(page, {
    train: 'G1720',
    from: ['广东省', '深圳市', '南山区'],
    alsoIn: ['安徽省', '芜湖市', '镜湖区'],
    to: '云龙区',
    address,
  })
  await page.goto('/')
  const pass = page.getByTestId('pass')
  await expect(pass).toHaveAttribute('data-colour', 'green')

  // The list is looked at every minute here; nobody touches the phone.
  await steerList('more')
  await expect(pass).toHaveAttribute('data-colour', 'red', { timeout: 100_000 })
  await expect(page.getByTestId('reasons')).toContainText('中高风险地区旅居史')

  await page.goto(new URL(station.link).pathname)
  await expect(page.getByTestId('result')).toHaveAttribute('data-decision', 'deny')
  await expect(page.getByTestId('person')).toHaveAttribute('data-colour', 'red')

  const office = await openAsOperator(browser, 'office-yunlong')
  await office.goto('/console/entries?view=all')
  const row = office.getByRole('row').filter({ hasText: address })
  await expect(row).toContainText('红码', { timeout: 30_000 })
  await expect(row).toContainText('中高风险旅居')
})
