import { expect } from '@playwright/test'
import { openSignedIn } from './citizen-app.ts'
import { openAsOperator } from './console-app.ts'
import { readDemo } from './demo.ts'
import { test } from './journey.ts'
import { approve, openProposal, proposeFinding } from './proposal-steps.ts'

test('somebody is put into a control zone, and the zone is lifted by one proposal', async ({
  page,
  browser,
}) => {
  const citizen = readDemo().citizens.filter(({ colour }) => colour === 'green')[44]
  if (!citizen) throw new Error('no citizen')
  const zone = `阳光小区 ${Date.now() % 100_000}`
  await openSignedIn(page, citizen.phone)

  const proposer = await openAsOperator(browser, 'epi')
  await proposeFinding(proposer, {
    documentNumber: citizen.documentNumber,
    category: '封控区',
    zone,
    evidence: '管控通告 9 号',
    source: '市防控办',
  })

  const approver = await openAsOperator(browser, 'hq')
  const approveZone = async (subject: string) => {
    await openProposal(approver, subject)
    await expect(approver.getByText(zone).last()).toBeVisible()
    await approve(approver, '按通告办理')
  }
  await approveZone('封控区、管控区人员')
  await expect(page.getByTestId('pass')).toHaveAttribute('data-colour', 'yellow')

  await proposer.goto('/console/zones')
  const row = proposer.getByRole('row').filter({ hasText: zone })
  await expect(row).toContainText('1')
  await row.getByRole('button', { name: '提出解除' }).click()
  await proposer.getByLabel('依据材料').fill('解除通告 12 号')
  await proposer.getByRole('button', { name: /提\s*交/ }).click()
  await expect(proposer.getByTestId('lift-proposed')).toBeVisible()
  await approveZone(zone)
  await expect(page.getByTestId('pass')).toHaveAttribute('data-colour', 'green')
  await proposer.reload()
  await expect(proposer.getByRole('row').filter({ hasText: zone })).toHaveCount(0)
})
