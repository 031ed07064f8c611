import { expect, test } from '@playwright/test'
import { openSignedIn } from './citizen-app.ts'
import { openAsOperator } from './console-app.ts'
import { readDemo } from './demo.ts'

test('somebody is put into a control zone, and the zone is lifted by one proposal', async ({
  page,
  browser,
}) => {
  const citizen = readDemo().citizens.filter(({ colour }) => colour === 'green')[44]
  if (!citizen) throw new Error('no citizen')
  const zone = `阳光小区 ${Date.now() % 100_000}`
  await openSignedIn(page, citizen.phone)

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
  await proposer.getByTitle('封控区', { exact: false }).first().click()
  await proposer.getByLabel('小区/管控区').fill(zone)
  await proposer.getByLabel('起算时间').fill(new Date(Date.now() + 7 * 3600_000).toISOString().slice(0, 16))
  await proposer.getByLabel('依据材料').fill('管控通告 9 号')
  await proposer.getByLabel('来源').fill('市防控办')
  await proposer
    .locator('.ant-drawer')
    .last()
    .getByRole('button', { name: /提\s*[交出]/ })
    .last()
    .click()
  await expect(proposer.getByTestId('proposed')).toBeVisible()

  const approver = await openAsOperator(browser, 'hq')
  const approve = async (subject: string) => {
    await approver.goto('/console/proposals')
    await approver
      .getByRole('row')
      .filter({ hasText: subject })
      .first()
      .getByRole('button', { name: /查\s*看/ })
      .click()
    await expect(approver.getByText(zone).last()).toBeVisible()
    await approver.getByLabel('审批意见', { exact: false }).fill('按通告办理')
    await approver
      .getByRole('button', { name: /批\s*准/ })
      .last()
      .click()
    await expect(approver.getByLabel('审批意见', { exact: false })).toHaveCount(0)
  }
  await approve('封控区、管控区人员')
  await expect(page.getByTestId('pass')).toHaveAttribute('data-colour', 'yellow')

  await proposer.goto('/console/zones')
  const row = proposer.getByRole('row').filter({ hasText: zone })
  await expect(row).toContainText('1')
  await row.getByRole('button', { name: '提出解除' }).click()
  await proposer.getByLabel('依据材料').fill('解除通告 12 号')
  await proposer.getByRole('button', { name: /提\s*交/ }).click()
  await expect(proposer.getByTestId('lift-proposed')).toBeVisible()
  await approve(zone)
  await expect(page.getByTestId('pass')).toHaveAttribute('data-colour', 'green')
  await proposer.reload()
  await expect(proposer.getByRole('row').filter({ hasText: zone })).toHaveCount(0)
})
