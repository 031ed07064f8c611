import { expect } from '@playwright/test'
import { openAsOperator } from './console-app.ts'
import { test } from './journey.ts'

test('words of lists: a word is added on a page, survives a reload, is refused where it means something, and becomes a draft', async ({
  browser,
}) => {
  const hq = await openAsOperator(browser, 'hq')
  await hq.goto('/console/rulesets')
  await hq.getByRole('button', { name: '名单用词与区划' }).click()
  await hq.getByLabel('搜索用词').fill('检测结果')
  const results = hq.getByTestId('meaning-result')
  await results.getByRole('textbox').fill('核酸判定')
  await results.getByRole('textbox').press('Enter')
  await expect(results.getByText('核酸判定')).toBeVisible()

  // What is half done outlives a reload; a word that means something already says what.
  await hq.reload()
  await hq.getByLabel('搜索用词').fill('检测结果')
  await expect(results.getByText('核酸判定')).toBeVisible()
  await results.getByRole('textbox').fill('采样时间')
  await results.getByRole('textbox').press('Enter')
  await expect(results.getByRole('alert')).toContainText('已表示')
  await results.getByRole('textbox').fill('')

  const made = hq.getByLabel('六位代码').first()
  await made.fill('320399')
  await hq.getByLabel('名称', { exact: true }).fill('示例区')
  await hq.getByRole('button', { name: '加入' }).first().click()
  await expect(hq.getByText('320399 示例区')).toBeVisible()
  await hq.getByRole('button', { name: /检查并生成草案（2 处改动）/ }).click()
  await expect(hq.getByTestId('draft-state')).toHaveAttribute('data-state', 'draft')
  await expect(hq.getByTestId('difference')).toContainText('核酸判定')
  await expect(hq.getByTestId('difference')).toContainText('320399')
  // Given up again, so that the city stays as it was.
  await hq.getByRole('button', { name: '放弃草案' }).click()
  await hq.getByRole('tooltip').getByRole('button', { name: '放弃草案' }).click()
  await expect(hq.getByTestId('draft-state')).toHaveAttribute('data-state', 'cancelled')
})
