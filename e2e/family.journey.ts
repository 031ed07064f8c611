import { expect, type Page } from '@playwright/test'
import { newResidentId } from './demo.ts'
import { test } from './journey.ts'
import { registerNewcomer } from './newcomer.ts'

const ask = async (page: Page, who: { name: string; documentNumber: string }): Promise<void> => {
  await page.goto('/family')
  await page.getByRole('button', { name: '添加家庭成员' }).click()
  await page.locator('#member-name').fill(who.name)
  await page.locator('#member-number').fill(who.documentNumber)
  await page.getByRole('radio', { name: '其他' }).click()
  // Both ways are there for everybody.
  await expect(page.getByRole('radio', { name: '本人在旁，用这部手机刷脸' })).toBeVisible()
  await page.getByRole('radio', { name: '在对方自己的手机上同意' }).click()
  await page.getByRole('button', { name: '发送请求' }).click()
  await expect(page).toHaveURL(/\/family/)
  // The family before the form still lies under this one.
  await page.goto('/family')
}

test('a stranger tries to add me', async ({ browser }) => {
  const stranger = await registerNewcomer(browser, '赵铁柱')
  const me = await registerNewcomer(browser, '王小芳')
  const sister = await registerNewcomer(browser, '王大芳')
  const [theirs, mine, hers] = [stranger.page, me.page, sister.page]
  await ask(theirs, me)
  await ask(theirs, { name: '查无此人', documentNumber: newResidentId() })
  // Somebody who is here and somebody who is not look the same: nothing but the question.
  await expect(theirs.getByTestId('sent-request')).toHaveCount(2)
  await expect(theirs.getByTestId('member')).toHaveCount(0)

  await mine.goto('/')
  await expect(mine.getByTestId('unread')).toBeVisible()
  await mine.getByRole('button', { name: /消息/ }).click()
  await mine.getByText('想把您加入家庭成员').first().click()
  await expect(mine.getByTestId('family-request')).toContainText(stranger.name)
  await mine.getByRole('button', { name: /不认识，举报/ }).click()
  await mine.getByRole('alertdialog').getByRole('button', { name: '不认识，举报' }).click()
  await expect(mine.getByTestId('family-request')).toHaveCount(0)
  await theirs.reload()
  await expect(theirs.getByTestId('sent-request')).toHaveCount(2)
  await expect(theirs.getByTestId('member')).toHaveCount(0)

  // Whom I know: I agree, keep my code, allow it, and take everything back.
  await ask(hers, me)
  await mine.goto('/family')
  await mine.getByRole('button', { name: `同意 ${sister.name}` }).click()
  await mine.getByRole('alertdialog').getByRole('button', { name: '同意', exact: true }).click()
  await expect(mine.getByTestId('family-request')).toHaveCount(0)
  await hers.reload()
  await expect(hers.getByTestId('member')).toContainText('健康码由本人保管')
  await expect(hers.getByRole('button', { name: /亮码/ })).toHaveCount(0)
  await mine.getByRole('button', { name: '谁代管我' }).click()
  await mine.getByRole('switch').click()
  await expect(mine.getByTestId('holder')).toContainText('可以亮码')
  await hers.reload()
  await hers.getByRole('button', { name: /亮码/ }).click()
  await expect(hers.getByTestId('pass')).toHaveAttribute('data-state', 'valid')
  await mine.getByRole('button', { name: /移除/ }).click()
  await mine.getByRole('alertdialog').getByRole('button', { name: '移除' }).click()
  await expect(mine.getByTestId('holder')).toHaveCount(0)
  await hers.reload()
  await expect(hers.getByTestId('member')).toHaveCount(0)
})
