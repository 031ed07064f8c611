import { randomInt } from 'node:crypto'
import { expect } from '@playwright/test'
import { addresses } from './addresses.ts'
import { expectColourSoon, expectLive, openSignedIn } from './citizen-app.ts'
import { openAsOperator, scanAt } from './console-app.ts'
import { readDemo } from './demo.ts'
import { test } from './journey.ts'

const HOUR_MS = 3_600_000
const barcode = (prefix: string): string => `${prefix}${String(randomInt(1e9)).padStart(10, '0')}`

test('yellow finds a site, books, is sampled, and turns green after the second negative', async ({
  browser,
  page,
}) => {
  const citizen = readDemo().citizens.filter(
    (each) => each.colour === 'green' && each.documentType === 'resident_id',
  )[43]
  if (!citizen) throw new Error('no citizen')
  const report = async (result: string, hoursAgo: number): Promise<void> => {
    const sampledAt = new Date(Date.now() - hoursAgo * HOUR_MS).toISOString()
    const answer = await fetch(`${addresses.sandbox}/partners/results`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        action: 'report',
        documentNumber: citizen.documentNumber,
        result,
        sampledAt,
      }),
    })
    expect(answer.status).toBe(200)
  }
  await openSignedIn(page, citizen.phone)
  await expectLive(page)
  await report('positive', 60)
  await expectColourSoon(page, 'yellow')

  await page.getByRole('button', { name: '查找黄码采样点' }).first().click()
  const site = page.getByTestId('test-site').first()
  await expect(site).toContainText('黄码')
  await site.getByRole('button', { name: '预约', exact: true }).click()
  const slot = page.getByTestId('slot').first()
  await expect(slot).toContainText('余 6 位')
  await slot.click()
  await page.getByRole('button', { name: /^预约 / }).click()
  await expect(page.getByText('预约成功')).toBeVisible()
  await expect(page.getByTestId('booking').first()).toHaveAttribute('data-state', 'booked')

  const sampler = await openAsOperator(browser, 'sampler', { width: 390, height: 844 })
  await sampler.goto('/console/sampling')
  await sampler.getByText('2 号黄码专用采样点').first().click()
  await sampler.getByRole('button', { name: '今日预约' }).click()
  await expect(sampler.getByTestId('booked')).toContainText('未到')
  await sampler.getByRole('button', { name: '扫码', exact: true }).click()
  await scanAt(sampler, barcode('01'))
  await scanAt(sampler, citizen.documentNumber)
  await expect(sampler.getByTestId('sampling-told')).toHaveAttribute('data-outcome', 'taken')
  await sampler.getByRole('button', { name: '今日预约' }).click()
  await expect(sampler.getByTestId('booked')).toContainText('已采样')

  await page.goto('/bookings')
  await expect(page.getByTestId('booking').first()).toHaveAttribute('data-state', 'kept')
  await page.goto('/')
  await expectLive(page)
  await report('negative', 26)
  await report('negative', 1)
  await expectColourSoon(page, 'green')
})
