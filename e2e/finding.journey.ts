import { expect, test } from '@playwright/test'
import { expectColourSoon, expectLive, openSignedIn } from './citizen-app.ts'
import { openAsOperator } from './console-app.ts'
import { readDemo } from './demo.ts'

test('a finding proposed and approved by two people turns the phone yellow without a reload', async ({
  page,
  browser,
}) => {
  const citizen = readDemo().citizens.filter((each) => each.colour === 'green')[40]
  if (!citizen) throw new Error('no citizen')
  await openSignedIn(page, citizen.phone)
  await expect(page.getByTestId('pass')).toHaveAttribute('data-colour', 'green')
  // Told, not asked for: without this a dead socket would show only as the next polling.
  await expectLive(page)

  const proposer = await openAsOperator(browser, 'epi')
  await proposer.goto('/console/people')
  await proposer.getByLabel('证件号码').fill(citizen.documentNumber)
  await proposer.getByText('流行病学调查', { exact: true }).click()
  await proposer
    .getByRole('button', { name: /查\s*询/ })
    .last()
    .click()
  await proposer
    .getByRole('button', { name: /打\s*开/ })
    .last()
    .click()
  await proposer.getByRole('button', { name: '提出赋码依据' }).click()
  await proposer.getByLabel('类别').click()
  await proposer.getByTitle('时空伴随', { exact: false }).first().click()
  await proposer.getByLabel('起算时间').fill(new Date(Date.now() + 7 * 3600_000).toISOString().slice(0, 16))
  await proposer.getByLabel('依据材料').fill('流调报告 2022-17')
  await proposer.getByLabel('来源').fill('市疾控中心流调组')
  await proposer
    .locator('.ant-drawer')
    .last()
    .getByRole('button', { name: /提\s*[交出]/ })
    .last()
    .click()
  await expect(proposer.getByTestId('proposed')).toBeVisible()
  await expect(page.getByTestId('pass')).toHaveAttribute('data-colour', 'green')

  const approver = await openAsOperator(browser, 'hq')
  await approver.goto('/console/proposals')
  const row = approver
    .getByRole('row')
    .filter({ hasText: citizen.documentNumber.slice(-2) })
    .filter({ hasText: '时空伴随' })
  await row
    .getByRole('button', { name: /查\s*看|打\s*开|详\s*情/ })
    .first()
    .click()
  await expect(approver.getByTestId('impact').last()).toBeVisible()
  await approver.getByLabel('审批意见', { exact: false }).fill('材料齐全，同意')
  await approver
    .getByRole('button', { name: /批\s*准|同\s*意/ })
    .last()
    .click()

  await expectColourSoon(page, 'yellow')
  await expect(page.getByTestId('reasons')).toContainText('时空伴随')
})
