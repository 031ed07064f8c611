import { expect, type Page } from '@playwright/test'
import { signIn } from './citizen-app.ts'
import { openAsOperator } from './console-app.ts'
import { newPhone } from './demo.ts'
import { test } from './journey.ts'
import { registerNewcomer } from './newcomer.ts'

const NAME = '云上转角小店'

const fillShop = async (page: Page, name: string): Promise<void> => {
  await page.locator('#shop-name').fill(name)
  await page.getByRole('radio', { name: '商店', exact: true }).click()
  await page.locator('#shop-where').getByRole('button', { name: /选择/ }).first().click()
  await page.locator('#shop-where .offer').first().click()
  await page.locator('#shop-where').getByRole('button', { name: /就选/ }).click()
  await page.locator('#shop-address').fill('虚构街 66 号')
  await page.locator('#shop-responsible').fill('店小二')
  await page.locator('#shop-phone').fill('13900000000')
}

test('a shop opens: from the phone to the door, and on to another owner', async ({ browser }) => {
  const owner = await registerNewcomer(browser, '开店人')
  const { page } = owner

  // What was filled in survives a reload.
  await page.goto('/shops')
  await expect(page.getByText('还没有店铺')).toBeVisible()
  await page.getByRole('button', { name: '为店铺申请场所码' }).click()
  await fillShop(page, NAME)
  await page.reload()
  await expect(page.locator('#shop-name')).toHaveValue(NAME)
  await page.getByRole('button', { name: '提交申请' }).click()
  await expect(page.getByTestId('shop-state')).toHaveText('审核中')

  // Another one at the same address: the reviewer sees both beside each other, the applicant does not.
  const rival = await registerNewcomer(browser, '同址人')
  await rival.page.goto('/shop-apply')
  await fillShop(rival.page, '另一家')
  await rival.page.getByRole('button', { name: '提交申请' }).click()
  await expect(rival.page.getByTestId('shop-state')).toHaveText('审核中')
  await expect(rival.page.getByText(NAME)).toHaveCount(0)

  const office = await openAsOperator(browser, 'hq')
  await office.goto('/console/venues?pendingReview=true')
  await office.getByText(NAME).first().click()
  await expect(office.getByTestId('duplicates')).toContainText('另一家')
  await office.getByRole('button', { name: '联系申请人' }).click()
  const dialog = office.getByRole('dialog')
  await dialog.getByRole('checkbox', { name: '核实场所申请' }).click()
  await dialog.getByRole('button', { name: /确\s*定|提\s*交/ }).click()
  await expect(office.getByTestId('contact')).toContainText('+8613900000000')
  await office.getByRole('button', { name: /^通\s*过$/ }).click()
  await office.getByRole('button', { name: /^确\s*定$/ }).click()
  await expect(office.getByText('店员可看码').or(office.getByText('人员与设备'))).toBeVisible()

  // The poster on the phone, scanned by somebody else.
  await page.reload()
  await expect(page.getByTestId('shop-state')).toHaveText('使用中')
  await page.getByRole('button', { name: '查看场所码 入口' }).click()
  const qrText = await page.getByTestId('shop-poster').getAttribute('data-qr')
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: '保存图片' }).click()
  expect((await download).suggestedFilename()).toMatch(/\.png$/)
  await rival.page.goto(new URL(qrText ?? '').pathname)
  await expect(rival.page.getByTestId('result')).toHaveAttribute('data-decision', 'admit')
  await expect(rival.page.getByTestId('venue')).toContainText(NAME)
  await page.goBack()
  await page.reload()
  await expect(page.getByTestId('shop-today')).toContainText('今天扫码 1')

  // Handed over to a number; whoever has it accepts, and the former owner sees it no longer.
  await page.getByRole('button', { name: '转让店铺' }).click()
  await page.locator('#transfer-phone').fill(rival.phone)
  await page.getByRole('button', { name: '发出' }).click()
  await expect(page.getByTestId('sent-offer')).toContainText('****')
  await rival.page.goto('/shops')
  await rival.page.getByTestId('shop-offer').getByRole('button', { name: '接受' }).click()
  await expect(rival.page.getByTestId('shop').filter({ hasText: NAME })).toBeVisible()
  await page.goto('/shops')
  await expect(page.getByText('还没有店铺')).toBeVisible()
  await page.goto('/notices')
  await expect(page.getByText('已由他人接手')).toBeVisible()
})

test('a shop begun before sign-in is finished after it', async ({ page }) => {
  await page.goto('/shop-apply')
  await fillShop(page, '先填后登录')
  await page.getByRole('button', { name: '登录后提交' }).click()
  await signIn(page, newPhone())
  // Not yet registered: what was typed waits for that too.
  await expect(page).toHaveURL(/register/)
  await page.goto('/shop-apply')
  await expect(page.locator('#shop-name')).toHaveValue('先填后登录')
})
