import { expect } from '@playwright/test'
import { openSignedIn } from './citizen-app.ts'
import { openAsOperator } from './console-app.ts'
import { readDemo } from './demo.ts'
import { test } from './journey.ts'
import { approve } from './proposal-steps.ts'

test('a service appears and disappears', async ({ browser }) => {
  const title = `新服务${Date.now().toString(36)}`
  const key = `new-${Date.now().toString(36)}`
  const phone = await (await browser.newContext({ viewport: { width: 390, height: 844 } })).newPage()
  await phone.goto('/services')
  await expect(phone.getByTestId('service').filter({ hasText: '发热门诊' })).toBeVisible()
  await expect(phone.getByText(title)).toHaveCount(0)

  const writer = await openAsOperator(browser, 'hq')
  await writer.goto('/console/services')
  await writer.getByRole('link', { name: '编辑服务' }).click()
  await writer.getByRole('button', { name: '添加服务' }).click()
  const drawer = writer.getByRole('dialog')
  await drawer.getByLabel('名称（中文）').fill(title)
  await drawer.getByLabel('标识').fill(key)
  await drawer.getByLabel('类型').click()
  await writer.getByTitle('网页链接').click()
  await drawer.getByLabel('网址', { exact: true }).fill('javascript:alert(document.cookie)//')
  await drawer.getByRole('button', { name: '完成' }).click()
  await expect(writer.getByTestId('phone-grid')).toContainText(title)
  await writer.getByRole('button', { name: '保存草稿' }).click()
  await expect(writer.getByRole('alert')).toContainText(title)
  await writer.getByRole('row', { name: title }).getByRole('button', { name: '修改' }).click()
  await drawer.getByLabel('类型').click()
  await writer.getByTitle('电话', { exact: true }).click()
  await drawer.getByLabel('电话', { exact: true }).fill('0000-0000000')
  await drawer.getByRole('button', { name: '完成' }).click()
  await writer.getByRole('button', { name: '保存草稿' }).click()
  await writer.getByRole('button', { name: '申请发布' }).click()
  const dialog = writer.getByRole('dialog')
  await dialog.getByLabel('依据').fill('指挥部会议纪要')
  await dialog.locator('.ant-btn-primary').click()
  await expect(writer.getByRole('link', { name: '查看审批' })).toBeVisible()

  const other = await openAsOperator(browser, 'hq2')
  await other.goto('/console/services')
  await other.getByRole('link', { name: '查看审批' }).click()
  await expect(other.getByText(`新增：${title}`).first()).toBeVisible()
  await approve(other, '已核对')

  await expect(async () => {
    await phone.reload()
    await expect(phone.getByTestId('service').filter({ hasText: title })).toBeVisible({ timeout: 2_000 })
  }).toPass({ timeout: 40_000 })

  // Wrong after all: one person takes it out, and it is gone.
  await writer.reload()
  await writer.getByRole('row', { name: title }).getByRole('button', { name: '立即停用' }).click()
  const reason = writer.getByRole('dialog')
  await reason.getByRole('textbox').fill('号码有误')
  await reason.locator('.ant-btn-primary').click()
  await expect(writer.getByRole('row', { name: title })).toContainText('已停用')
  await expect(async () => {
    await phone.reload()
    await expect(phone.getByTestId('service').first()).toBeVisible({ timeout: 2_000 })
    await expect(phone.getByText(title)).toHaveCount(0, { timeout: 500 })
  }).toPass({ timeout: 40_000 })

  // The directory, with the way there.
  await phone.getByTestId('service').filter({ hasText: '发热门诊' }).click()
  const place = phone.getByTestId('directory-place').first()
  await expect(place).toContainText('24 小时')
  await expect(place.getByRole('button')).toHaveCount(2)
})

test('a module of others gets what the person agrees to, once', async ({ browser }) => {
  const citizen = readDemo().citizens.find(({ colour }) => colour === 'green')
  const page = await (await browser.newContext({ viewport: { width: 390, height: 844 } })).newPage()
  await openSignedIn(page, citizen?.phone ?? '')
  await page.goto('/services')
  await page.getByTestId('service').filter({ hasText: '示例外部服务' }).click()
  const consent = page.getByTestId('service-consent')
  await expect(consent).toContainText('127.0.0.1')
  await expect(consent.getByRole('checkbox', { name: /姓名/ })).toBeChecked()
  await expect(consent.getByRole('checkbox', { name: /手机号码/ })).not.toBeChecked()
  await consent.getByRole('checkbox', { name: /健康码颜色/ }).click()
  await page.getByRole('button', { name: '同意并前往' }).click()
  const link = page.getByRole('link', { name: /前往/ })
  const address = (await link.getAttribute('href')) ?? ''
  const module = page.waitForEvent('popup')
  await link.click()
  const opened = await module
  await expect(opened.locator('#state')).toContainText('已核验')
  await expect(opened.locator('#person')).toContainText('green')
  await expect(opened.locator('#person')).toContainText('name')
  await expect(opened.locator('#person')).not.toContainText('+86')
  expect(opened.url()).not.toContain('token')
  // The same link again: refused.
  const again = await page.context().newPage()
  await again.goto(address)
  await expect(again.locator('#state')).toContainText('被拒绝')
  await page.reload()
  await expect(page.getByText('对方已获取')).toBeVisible()
})
