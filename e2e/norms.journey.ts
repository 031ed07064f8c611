import { expect } from '@playwright/test'
import { openAsOperator } from './console-app.ts'
import { test } from './journey.ts'

test('two people of headquarters change how many look-ups are usual', async ({ browser }) => {
  const maker = await openAsOperator(browser, 'hq')
  await maker.goto('/console/lookup-days')
  const norms = maker.getByRole('region', { name: '各岗位的常规上限' })
  const row = norms.getByRole('row').filter({ hasText: '流调员' })
  await expect(row).toContainText('80 — 400 人/天')
  await row.getByRole('button', { name: '提出修改' }).click()
  const form = maker.getByRole('dialog')
  await form.getByLabel('上限（人/天）').fill('450')
  await form.getByLabel('依据材料').fill('流调任务增加，会议纪要 12 号')
  await form.getByRole('button', { name: /提\s*交/ }).click()
  await expect(row.getByRole('button', { name: '查看待审批' })).toBeVisible()
  await expect(row).toContainText('80 — 400 人/天')

  const second = await openAsOperator(browser, 'hq2', { width: 390, height: 844 })
  await second.goto('/console/lookup-days')
  await second.getByRole('button', { name: '查看待审批' }).click()
  const proposal = second.getByRole('dialog')
  await expect(proposal).toContainText('80 — 450 人/天')
  await proposal.getByLabel('审批意见', { exact: false }).fill('同意，任务结束后恢复')
  await proposal.getByRole('button', { name: '批准', exact: true }).click()
  await expect(second.getByLabel('审批意见', { exact: false })).toHaveCount(0)

  await maker.reload()
  await expect(row).toContainText('80 — 450 人/天')
})
