import { expect, type Page } from '@playwright/test'
import { openAsOperator } from './console-app.ts'
import { test } from './journey.ts'

const look = async (page: Page, name: string): Promise<void> => {
  const folder = process.env.LOOK_DIRECTORY
  if (folder) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true })
}

test('how the hotline works is written by one and released by another, and counts at once', async ({
  browser,
}) => {
  const days = String(6 + (Date.now() % 40))
  const writer = await openAsOperator(browser, 'hotline')
  await writer.goto('/console/hotline')
  await writer.getByRole('button', { name: '热线规程' }).click()
  await look(writer, 'rules-empty')
  await writer.getByRole('button', { name: /修改规程|继续修改草稿/ }).click()
  await writer.getByLabel('“表扬”答复（工作日）').fill(days)
  await writer.getByRole('button', { name: '加一条答复' }).click()
  const row = writer.locator('.policy-answer').last()
  await row.getByLabel('代号').fill('Wrong Key')
  await writer.getByRole('button', { name: '保存草稿' }).click()
  await expect(row.getByText('小写字母开头，可有数字和下划线')).toBeVisible()
  await look(writer, 'rules-faults')
  const key = `window_${Date.now().toString(36)}`
  await row.getByLabel('代号').fill(key)
  await row.getByLabel('中文名').fill('窗口时间')
  await row.getByLabel('英文名').fill('Office hours')
  await row.getByLabel('中文答复').fill('社区窗口每天八点到二十点。')
  await row.getByLabel('英文答复').fill('The community office is open from 8 to 20.')
  await writer.getByRole('textbox', { name: '改了什么' }).fill('表扬放宽，加窗口时间')
  await writer.getByRole('button', { name: '保存草稿' }).click()
  const draft = writer.getByTestId('policy-draft')
  await expect(draft).toContainText(`→ ${days}`)
  await expect(draft).toContainText('新增：窗口时间')
  await expect(draft.getByRole('button', { name: '发布', exact: true })).toHaveCount(0)
  await look(writer, 'rules-draft')

  const other = await openAsOperator(browser, 'hq2')
  await other.goto('/console/hotline/policy')
  await other
    .getByTestId('policy-draft')
    .getByRole('button', { name: /^发\s?布$/ })
    .click()
  await expect(other.getByText(/现行第 \d+ 版/)).toBeVisible()
  await expect(other.getByTestId('policy-draft')).toHaveCount(0)
  await look(other, 'rules-released')

  await writer.goto('/console/hotline')
  const answers = writer.getByRole('region', { name: '答案' })
  await answers.getByRole('searchbox').fill('窗口')
  await answers.getByRole('searchbox').press('Enter')
  await answers.getByRole('button', { name: '窗口时间' }).first().click()
  await expect(answers.getByText('社区窗口每天八点到二十点。').first()).toBeVisible()
})
