import { expect, type Page, test } from '@playwright/test'
import { openAsOperator } from './console-app.ts'
import { readDemo } from './demo.ts'

const look = async (page: Page, name: string): Promise<void> => {
  const folder = process.env.LOOK_DIRECTORY
  if (folder) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true })
}

/** Everything that the browser keeps of the console, whatever its kind. */
const keptBy = (page: Page) =>
  page.evaluate(async () => ({
    storage: [...Object.keys(localStorage), ...Object.keys(sessionStorage)].sort(),
    databases: (await indexedDB.databases()).map(({ name }) => name),
    answers: (
      await Promise.all(
        (
          await caches.keys()
        ).map(async (name) => (await (await caches.open(name)).keys()).map(({ url }) => url)),
      )
    )
      .flat()
      .filter((url) => url.includes('/api/')),
  }))

test('the hotline answers a call: reads out why and until when, takes a ticket down, and leaves nothing behind', async ({
  browser,
}) => {
  test.slow()
  const citizen = readDemo().citizens.find(({ colour }) => colour === 'red')
  if (!citizen) throw new Error('no citizen')
  const page = await openAsOperator(browser, 'hotline')
  await page.goto('/console/hotline')
  await expect(page.getByRole('heading', { name: '话务台', level: 1 })).toBeVisible()
  await look(page, 'desk-empty')
  const calls = Number(await page.getByTestId('day-calls').textContent())
  await page.getByLabel('振铃秒数').fill('8')
  await page.getByRole('button', { name: '接听' }).click()
  await expect(page.getByText('通话中')).toBeVisible()

  const caller = page.getByRole('region', { name: '来电人' })
  await caller.getByRole('textbox', { name: '手机号' }).fill(citizen.phone)
  await caller.getByText('热线工单办理').click()
  await caller.getByRole('button', { name: /搜\s*索|查\s*询/ }).click()
  const words = page.getByTestId('read-out')
  await expect(words).toHaveAttribute('data-colour', 'red')
  await expect(words).toContainText('您现在是红码。')
  await expect(words).toContainText('原因是“')
  await expect(words).toContainText('这段时间请您：')
  await look(page, 'desk-caller')
  await caller.getByText('English').click()
  await expect(words).toContainText('Your status is now: Red.')
  await look(page, 'desk-caller-en')

  const answers = page.getByRole('region', { name: '答案' })
  await answers.getByRole('searchbox').fill('发热')
  await answers.getByRole('searchbox').press('Enter')
  await answers.getByRole('button', { name: '发热就诊' }).click()
  await expect(answers.getByText('绿码也一样')).toBeVisible()

  await page.getByRole('button', { name: '登记来电' }).click()
  const drawer = page.getByRole('dialog')
  await expect(drawer.getByLabel('来电号码')).toHaveValue(citizen.phone)
  await drawer.getByLabel('内容').fill('来电询问红码期间怎样买药，请社区联系。')
  await drawer.getByLabel('发生地').click()
  await page.getByTitle('云龙区').first().click()
  await look(page, 'desk-ticket')
  await drawer.getByRole('button', { name: '登记', exact: true }).click()
  await expect(drawer.getByTestId('made-number')).toContainText(/\d{8}-\d{6}/)
  await drawer
    .getByRole('button', { name: /关\s*闭|Close/ })
    .first()
    .click()

  await page.getByRole('button', { name: '解释颜色' }).click()
  await expect(page.getByRole('button', { name: '接听' })).toBeVisible()
  await expect(words).toHaveCount(0)
  await expect(page.getByTestId('day-calls')).toHaveText(String(calls + 1))
  await expect(page.getByTestId('day-code').first()).toContainText('解释颜色')
  await look(page, 'desk-after')

  expect(await keptBy(page)).toEqual({ storage: [], databases: [], answers: [] })
})
