import { expect } from '@playwright/test'
import { openSignedIn } from './citizen-app.ts'
import { openAsOperator } from './console-app.ts'
import { readDemo } from './demo.ts'
import { test } from './journey.ts'
import { approve, openProposal, proposeFinding } from './proposal-steps.ts'

/** From the scan to the page of the community. */
const SEEN_WITHIN_MS = 10_000

test('a monitored person goes to the mall, and their community sees it', async ({ page, browser }) => {
  const citizen = readDemo().citizens.filter(({ colour }) => colour === 'green')[49]
  const mall = readDemo().venues.find(({ kind, state }) => kind === 'mall' && state === 'active')
  if (!citizen || !mall) throw new Error('no citizen, or no mall')
  await openSignedIn(page, citizen.phone)

  const community = await openAsOperator(browser, 'office-yunlong')
  const source = `社区 ${Date.now() % 100_000}`
  await proposeFinding(community, {
    documentNumber: citizen.documentNumber,
    category: '密切接触者',
    evidence: `${source} 密接名单`,
    source,
  })
  const approver = await openAsOperator(browser, 'hq')
  await openProposal(approver, citizen.documentNumber.slice(-2), '密切接触者')
  await approve(approver, '按名单办理')
  await expect(page.getByTestId('pass')).toHaveAttribute('data-colour', 'red')

  const row = community.getByRole('row').filter({ hasText: '密切接触者' }).first()
  await expect(async () => {
    await community.goto('/console/follow-ups?view=all')
    await expect(row).toContainText('隔离', { timeout: 2000 })
  }).toPass()
  await row.getByRole('button', { name: /^正\s*常$/ }).click()
  await expect(row.getByTestId('follow-up-look')).toContainText('正常')

  await page.goto(new URL(mall.link).pathname)
  await expect(page.getByTestId('result')).toHaveAttribute('data-decision', 'deny')
  const scannedAt = Date.now()
  const alarms = community.getByTestId('door-alarms')
  await expect(alarms).toContainText(mall.name)
  expect(Date.now() - scannedAt).toBeLessThan(SEEN_WITHIN_MS)

  await approver.goto('/console/follow-ups?view=all')
  await expect(approver.getByTestId('district-alarms')).toContainText(/\d/)

  await alarms.getByRole('button', { name: '已联系劝返' }).first().click()
  await expect(alarms).toHaveCount(0)
})
