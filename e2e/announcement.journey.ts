import { expect } from '@playwright/test'
import { openAsOperator } from './console-app.ts'
import { test } from './journey.ts'
import { approve } from './proposal-steps.ts'

test('a policy is written, released by somebody else, and answers a traveller who never signed in', async ({
  browser,
}) => {
  const title = `重庆来人要求 ${Date.now().toString(36)}`
  const writer = await openAsOperator(browser, 'hq')
  await writer.goto('/console/announcements/new?kind=policy')
  await writer.getByLabel('标题 · 中文').fill(title)
  await writer.getByLabel('正文 · 中文').fill('## 一、范围\n\n重庆来人**落地检**。<script>alert(1)</script>')
  await writer.getByLabel('发布单位 · 中文').fill('市防疫指挥部（示例）')
  await expect(writer.getByTestId('phone-preview').locator('strong')).toHaveText('落地检')
  await expect(writer.getByTestId('phone-preview')).toContainText('<script>alert(1)</script>')

  // A reload loses nothing that was typed.
  await writer.reload()
  await expect(writer.getByLabel('标题 · 中文')).toHaveValue(title)

  await writer.getByRole('button', { name: '添加条目' }).click()
  await writer.getByLabel('地区或国家').fill('重庆市')
  await writer.getByTitle('重庆市', { exact: true }).first().click()
  await writer.getByLabel('措施', { exact: true }).click()
  await writer.getByTitle('落地检', { exact: true }).click()
  await writer.getByLabel('出自第几段').fill('一')
  await writer.getByLabel('一句话说明（中文）').fill('重庆来人到达后先做一次核酸')
  await writer.getByRole('button', { name: '保存草稿' }).click()
  await writer.getByRole('button', { name: '申请发布' }).click()
  const dialog = writer.getByRole('dialog')
  await dialog.getByLabel('依据').fill('指挥部会议纪要')
  await dialog
    .getByRole('button', { name: '确定', exact: false })
    .or(dialog.locator('.ant-btn-primary'))
    .first()
    .click()
  await expect(writer.getByRole('link', { name: '查看审批' })).toBeVisible()

  const other = await openAsOperator(browser, 'hq2')
  await other.goto(writer.url())
  await other.getByRole('link', { name: '查看审批' }).click()
  await approve(other, '与原文一致')

  const phone = await (await browser.newContext({ viewport: { width: 390, height: 844 } })).newPage()
  await phone.goto('/origin')
  await phone.getByRole('button', { name: /^从哪里来/ }).click()
  await phone.getByRole('button', { name: '重庆市', exact: true }).click()
  await phone.getByRole('button', { name: '就选 重庆市' }).click()
  const answer = phone.getByTestId('policy-answer')
  await expect(answer).toContainText('重庆来人到达后先做一次核酸', { timeout: 20_000 })
  await expect(answer).toContainText('见正文 一')

  // The text itself, by a link that anybody opens, and without network as it was read.
  await answer.getByRole('button', { name: title, exact: false }).click()
  await expect(phone.getByRole('heading', { name: title })).toBeVisible()
  await expect(phone.getByText('<script>alert(1)</script>')).toBeVisible()
  await phone.route('**/api/**', (route) => route.abort())
  await phone.reload()
  await expect(phone.getByText('本机', { exact: false })).toBeVisible()
  await expect(phone.getByRole('heading', { name: title })).toBeVisible()
  await phone.unroute('**/api/**')

  // Wrong after all: one person takes it back at once, and it says so.
  await other.goto(writer.url())
  await other.getByRole('button', { name: '撤回公告' }).click()
  await other.getByRole('dialog').getByRole('textbox').fill('已被新要求替代')
  await other.getByRole('dialog').locator('.ant-btn-primary').click()
  await expect(other.getByTestId('standing')).toHaveAttribute('data-standing', 'withdrawn')
  await phone.reload()
  await expect(phone.getByText('撤回原因：已被新要求替代')).toBeVisible()
})
