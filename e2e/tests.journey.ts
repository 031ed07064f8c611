import { expect } from '@playwright/test'
import { addresses } from './addresses.ts'
import { expectColourSoon, expectLive, openSignedIn } from './citizen-app.ts'
import { readDemo } from './demo.ts'
import { test } from './journey.ts'

const HOUR_MS = 3_600_000

const push = async (path: string, body: object) => {
  const answer = await fetch(`${addresses.sandbox}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  const text = await answer.text()
  expect(answer.status, text).toBe(200)
  return JSON.parse(text) as { number: string }
}

test('a positive turns the open phone yellow, its withdrawal green; two negatives a day apart end it too', async ({
  page,
}) => {
  const citizen = readDemo().citizens.filter(
    (each) => each.colour === 'green' && each.documentType === 'resident_id',
  )[44]
  if (!citizen) throw new Error('no citizen')
  await openSignedIn(page, citizen.phone)
  await expectLive(page)
  const { documentNumber } = citizen
  const report = (result: string, hoursAgo: number) =>
    push('/partners/results', {
      action: 'report',
      documentNumber,
      result,
      sampledAt: new Date(Date.now() - hoursAgo * HOUR_MS).toISOString(),
    })

  const mistaken = await report('positive', 60)
  await expectColourSoon(page, 'yellow')
  await push('/partners/results', { action: 'withdraw', number: mistaken.number })
  await expectColourSoon(page, 'green')

  await report('positive', 50)
  await expectColourSoon(page, 'yellow')
  await report('negative', 26)
  // Long enough for a wrong green to have come.
  await page.waitForTimeout(3_000)
  await expect(page.getByTestId('pass')).toHaveAttribute('data-colour', 'yellow')
  await report('negative', 1)
  await expectColourSoon(page, 'green')
})
