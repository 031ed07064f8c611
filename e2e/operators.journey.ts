import { expect } from '@playwright/test'
import { openAsOperator } from './console-app.ts'
import { newPhone, readTexts, totpOf } from './demo.ts'
import { test } from './journey.ts'

test('two people make an operator, and neither can sign in in their name', async ({ browser }) => {
  const username = `office.${Date.now() % 1_000_000}`
  const maker = await openAsOperator(browser, 'sysadmin')
  await maker.goto('/console/operators')
  await maker.getByRole('button', { name: '新建操作员' }).click()
  const form = maker.getByRole('dialog')
  await form.getByLabel('用户名').fill(username)
  await form.getByLabel('姓名或岗位').fill('新来的同事')
  await form.getByLabel('单位').fill('示例街道办')
  await form.getByLabel('角色').click()
  await maker.locator('.ant-select-item-option').nth(1).click()
  await form.getByLabel('姓名或岗位').click()
  await form.getByLabel('辖区').click()
  await maker.locator('.ant-select-tree-title').first().click()
  await form.getByLabel('原因').fill('新入职，负责社区')
  await form.getByRole('button', { name: /提\s*出/ }).click()
  const first = (await maker.getByTestId('activation-half').locator('.code-text').nth(1).textContent()) ?? ''
  await expect(maker.getByText('激活码前半')).toBeVisible()
  await maker.getByRole('button', { name: /已交给本人/ }).click()

  await maker.goto('/console/operator-changes')
  const own = maker.getByRole('row').filter({ hasText: username })
  await expect(own.getByRole('button', { name: /撤\s*回/ })).toBeVisible()
  await expect(own.getByRole('button', { name: /批\s*准/ })).toHaveCount(0)

  const second = await openAsOperator(browser, 'hq2')
  await second.goto('/console/operator-changes')
  const row = second.getByRole('row').filter({ hasText: username })
  await row.getByRole('button', { name: /批\s*准/ }).click()
  await second.getByRole('dialog').getByLabel('原因').fill('已核对工牌')
  await second
    .getByRole('dialog')
    .getByRole('button', { name: /确\s*定/ })
    .click()
  const half = (await second.getByTestId('activation-half').locator('.code-text').nth(1).textContent()) ?? ''
  await second.getByRole('button', { name: /已交给本人/ }).click()
  await expect(row).toContainText('已批准')

  const context = await browser.newContext({ locale: 'zh-CN', viewport: { width: 390, height: 844 } })
  const page = await context.newPage()
  await page.goto('/console/activate')
  await page.getByLabel('激活码').fill(first)
  await page.getByRole('button', { name: /下一步|继\s*续/ }).click()
  await expect(page.getByTestId('totp-secret')).toHaveCount(0)
  await page.getByLabel('激活码').fill(`${first}-${half}`)
  await page.getByRole('button', { name: /下一步|继\s*续/ }).click()
  const secret = (await page.getByTestId('totp-secret').textContent()) ?? ''
  const password = 'own words nobody else knows'
  await page.locator('#activation-password').fill(password)
  await page.locator('#activation-repeat').fill(password)
  await page.locator('#activation-totp').fill(totpOf(secret, Math.floor(Date.now() / 30_000)))
  await page.locator('button[type=submit]').click()
  await expect(page.locator('#activation-password')).toHaveCount(0)
  const answer = await page.request.post('/api/v1/operator/sessions', {
    data: { username, password, totp: totpOf(secret, Math.floor(Date.now() / 30_000) + 1) },
  })
  expect(answer.status()).toBe(201)
  expect(await answer.json()).toMatchObject({ username, mustChangePassword: false })
  await context.close()
})

test('the code of a new operator goes to the phone whose number both gave', async ({ browser }) => {
  const username = `sms.${Date.now() % 1_000_000}`
  const phone = newPhone()
  const maker = await openAsOperator(browser, 'sysadmin')
  await maker.goto('/console/operators')
  await maker.getByRole('button', { name: '新建操作员' }).click()
  const form = maker.getByRole('dialog')
  await form.getByLabel('用户名').fill(username)
  await form.getByLabel('姓名或岗位').fill('远程入职的同事')
  await form.getByLabel('单位').fill('示例街道办')
  await form.getByLabel('角色').click()
  await maker.locator('.ant-select-item-option').nth(1).click()
  await form.getByLabel('姓名或岗位').click()
  await form.getByLabel('辖区').click()
  await maker.locator('.ant-select-tree-title').first().click()
  await form.getByLabel('手机号').fill(phone)
  await form.getByLabel('原因').fill('新入职，负责社区')
  await form.getByRole('button', { name: /提\s*出/ }).click()
  await expect(form).toHaveCount(0)
  await expect(maker.getByTestId('activation-half')).toHaveCount(0)

  const second = await openAsOperator(browser, 'hq2')
  await second.goto('/console/operator-changes')
  const row = second.getByRole('row').filter({ hasText: username })
  await expect(row).toContainText('激活码将以短信发到')
  await expect(row).not.toContainText(phone)
  await row.getByRole('button', { name: /批\s*准/ }).click()
  const decision = second.getByRole('dialog')
  await decision.getByLabel('原因').fill('已核对人事名册')
  await decision.getByLabel('本人手机号').fill(newPhone())
  await decision.getByRole('button', { name: /确\s*定/ }).click()
  await expect(decision.getByRole('alert').first()).toBeVisible()
  await decision.getByLabel('本人手机号').fill(phone)
  await decision.getByRole('button', { name: /确\s*定/ }).click()
  await expect(row).toContainText('激活码短信已发到')
  const code = (await readTexts(phone)).join(' ').match(/[0-9A-Z]{5}(?:-[0-9A-Z]{5}){4}/)?.[0] ?? ''

  const context = await browser.newContext({ locale: 'zh-CN', viewport: { width: 390, height: 844 } })
  const page = await context.newPage()
  await page.goto('/console/activate')
  await page.getByLabel('激活码').fill(code)
  await page.getByRole('button', { name: /下一步|继\s*续/ }).click()
  await expect(page.getByTestId('totp-secret')).toBeVisible()
  await context.close()
})
