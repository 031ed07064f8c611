import { expect, type Page } from '@playwright/test'
import { openAsOperator } from './console-app.ts'
import { readDemo } from './demo.ts'
import { test } from './journey.ts'

const look = async (page: Page, name: string): Promise<void> => {
  const folder = process.env.LOOK_DIRECTORY
  if (folder) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true })
}

/** Takes a ticket down during a call; its address. */
const record = async (page: Page, phone: string, words: string): Promise<string> => {
  await page.goto('/console/tickets/new')
  const form = page.locator('.panel').nth(1)
  await form.getByLabel('来电号码').fill(phone)
  await form.getByLabel('内容').fill(words)
  await form.getByLabel('发生地').click()
  await page.getByTitle('云龙区').first().click()
  await form.getByRole('button', { name: '登记', exact: true }).click()
  await expect(page.getByTestId('ticket-state')).toHaveAttribute('data-state', 'new')
  return page.url()
}

test('two calls about one thing: merged, and answered once with words that are ready', async ({
  browser,
}) => {
  test.slow()
  const citizen = readDemo().citizens.filter(
    ({ colour, members, documentType }) =>
      colour === 'green' && members === 0 && documentType === 'resident_id',
  )[23]
  if (!citizen) throw new Error('no citizen')
  const hotline = await openAsOperator(browser, 'hotline')
  const first = await record(hotline, citizen.phone, '问老人没有手机怎么办理。')
  await record(hotline, citizen.phone, '又打来：还是问老人没有手机的事。')

  await hotline.getByRole('button', { name: '合并到…' }).click()
  const dialog = hotline.locator('.ant-modal:visible')
  await dialog.getByRole('radio').first().click()
  await dialog.getByLabel('理由').fill('同一件事')
  await look(hotline, 'merge-dialog')
  await dialog.getByRole('button', { name: '提交' }).click()
  await expect(hotline.getByTestId('merged-into')).toBeVisible()
  await look(hotline, 'merged-into')

  await hotline.goto(first)
  await expect(hotline.getByTestId('merged-ticket')).toContainText('又打来')
  await hotline.getByRole('button', { name: '答复', exact: true }).click()
  const answer = hotline.locator('.ant-modal:visible')
  await answer.getByLabel('常用答复').click()
  await hotline.getByTitle('老人儿童没有手机').click()
  await answer.getByRole('button', { name: '插入中文' }).click()
  await expect(answer.getByLabel('内容')).toHaveValue(/打印纸质码/)
  await look(hotline, 'answer-ready-words')
  await answer.getByRole('button', { name: '提交' }).click()
  await expect(hotline.getByTestId('ticket-state')).toHaveAttribute('data-state', 'answered')
  await look(hotline, 'merged')
})
