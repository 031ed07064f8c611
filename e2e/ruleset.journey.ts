import { expect } from '@playwright/test'
import { openAsOperator } from './console-app.ts'
import { test } from './journey.ts'
import { approve, openProposal } from './proposal-steps.ts'

/** Hours from now as a field of date and time takes it, in Shanghai. */
const inHours = (hours: number): string =>
  new Date(Date.now() + (hours + 8) * 3600_000).toISOString().slice(0, 16)

test('new rules: wrong ones told by place, run dry over everybody, published by somebody else for later, and called off', async ({
  browser,
}) => {
  const drafter = await openAsOperator(browser, 'hq')
  await drafter.goto('/console/rulesets')
  const inForce = drafter.getByRole('row').filter({ hasText: '正在执行' })
  await inForce.getByRole('button', { name: '以此为底稿' }).click()
  const editor = drafter.getByLabel('规则文件（JSON）')
  await expect(editor).toHaveValue(/co_presence/)
  const text = await editor.inputValue()
  const document = JSON.parse(text)
  const id = `journey-${Date.now().toString(36)}`

  await editor.fill(JSON.stringify({ ...document, id, version: 'two' }))
  await drafter.getByRole('button', { name: '检查并保存为草案' }).click()
  await expect(drafter.getByTestId('ruleset-findings')).toContainText('类型应为 integer')

  delete document.categories.co_presence
  await editor.fill(JSON.stringify({ ...document, id }))
  await drafter.getByRole('button', { name: '检查并保存为草案' }).click()
  await expect(drafter.getByTestId('draft-state')).toHaveAttribute('data-state', 'draft')
  await expect(drafter.getByTestId('difference')).toContainText('时空伴随')
  await drafter.getByRole('button', { name: '开始试算' }).click()
  await expect(drafter.getByTestId('draft-state')).toHaveAttribute('data-state', 'dry_run_done')
  await expect(drafter.getByTestId('moves').locator('td.moved').first()).toBeVisible()
  await drafter.getByLabel('生效时间').fill(inHours(48))
  await drafter.getByLabel('依据文件').fill('联防联控机制综发〔2022〕71 号')
  await drafter.getByRole('button', { name: '提交发布' }).click()
  await expect(drafter.getByTestId('draft-state')).toHaveAttribute('data-state', 'proposed')
  await drafter.getByRole('button', { name: '查看审批' }).click()
  await expect(drafter.getByTestId('cannot-decide')).toBeVisible()

  const other = await openAsOperator(browser, 'hq2')
  await other.goto(drafter.url())
  await approve(other, '与文件一致')
  await other.goto('/console/rulesets')
  const state = other.getByTestId(`ruleset-${id}`)
  await expect(state).toHaveText('即将生效')

  // The circular is postponed: what was published never comes into force, if a second person says so too.
  await other.goto(`/console/rulesets/${id}`)
  await other.getByRole('button', { name: '取消生效' }).click()
  const dialog = other.getByRole('dialog')
  await dialog.getByLabel('取消的原因和依据文件').fill('文件推迟执行，见补充通知 3 号')
  await dialog.getByRole('button', { name: '取消生效' }).click()
  await expect(other.getByRole('link', { name: '已提出取消，等待审批' })).toBeVisible()
  await openProposal(drafter, '取消待生效的规则')
  await expect(drafter.getByText('见补充通知 3 号').last()).toBeVisible()
  await approve(drafter, '与补充通知一致')
  await other.goto('/console/rulesets')
  await expect(state).toHaveText('已取消')
  await expect(other.getByTestId('called-off')).toContainText('见补充通知 3 号')
})
