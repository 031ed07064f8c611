import { expect } from '@playwright/test'
import { openSignedIn } from './citizen-app.ts'
import { openAsOperator } from './console-app.ts'
import { readDemo } from './demo.ts'
import { test } from './journey.ts'
import { approve } from './proposal-steps.ts'

const PICTURE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAQAAAAECAYAAACp8Z5+AAAAHklEQVR4AYTIsQkAAADCsOL/P+sqLha6RAb3YvoQAAAA///DVnJmAAAABklEQVQDANvLCAFlE5bJAAAAAElFTkSuQmCC',
  'base64',
)

test('wrongly yellow: an appeal with a picture, a proposal, a second person, green, and the appeal says so', async ({
  page,
  browser,
}) => {
  const citizen = readDemo().citizens.find(({ colour, members }) => colour === 'yellow' && members === 0)
  if (!citizen) throw new Error('no citizen')
  await openSignedIn(page, citizen.phone)
  await expect(page.getByTestId('pass')).toHaveAttribute('data-colour', 'yellow')
  await page.getByTestId('reasons').getByRole('button', { name: '我有异议' }).first().click()

  // The words of the category come with the rules; until they are there the form may still move under a tap.
  await expect(page.getByText(/对“[一-龥].*”有异议/)).toBeVisible()
  await page.getByRole('button', { name: '提交申诉' }).click()
  await expect(page.getByLabel('哪里不对')).toBeFocused()

  // Half filled in, it survives a reload.
  await page.getByLabel('哪里不对').fill('那几天我在外地出差，没有到过该地，有车票为证。')
  await page.reload()
  await expect(page.getByLabel('哪里不对')).toHaveValue(/外地出差/)
  await page.getByRole('button', { name: '提交申诉' }).click()
  await expect(page.getByText('请填写', { exact: false }).first()).toBeVisible()
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'ticket.png', mimeType: 'image/png', buffer: PICTURE })
  await expect(page.getByTestId('appeal-picture')).toHaveCount(1)
  await page.getByLabel('联系电话').fill('13912345678')
  await page.getByRole('button', { name: /由哪里核实.*选择/ }).click()
  await page.getByRole('button', { name: '鼓楼区' }).click()
  await page
    .getByRole('button', { name: /就选|选到|鼓楼区/ })
    .last()
    .click()
  await page.getByRole('button', { name: '提交申诉' }).click()
  const appeal = page.getByTestId('appeal').first()
  await expect(appeal).toHaveAttribute('data-state', 'submitted')

  const officer = await openAsOperator(browser, 'hq2')
  await officer.goto('/console/appeals')
  await officer.getByRole('button', { name: '查看' }).first().click()
  await officer.getByRole('button', { name: '查看图片 1' }).click()
  await expect(officer.getByRole('img', { name: '证明图片 1' })).toBeVisible()
  await officer.getByRole('button', { name: '受理', exact: true }).click()
  await officer.getByRole('button', { name: '提出更正' }).click()
  await officer.getByLabel('依据材料').fill('车票核实，当日不在本市')
  await officer.locator('.ant-modal').getByRole('button', { name: '提交' }).click()
  await expect(officer.getByTestId('appeal-state')).toHaveAttribute('data-state', 'proposed')
  await officer.getByRole('button', { name: '查看审批' }).click()
  await expect(officer.getByTestId('cannot-decide')).toBeVisible()

  const other = await openAsOperator(browser, 'hq')
  await other.goto(officer.url())
  await approve(other, '车票属实，依据有误')

  // The list has been open all the time and follows by itself.
  await expect(page.getByTestId('appeal').first()).toHaveAttribute('data-state', 'upheld')
  await expect(page.getByTestId('appeal-answer').first()).toContainText('车票属实')
  await page.goto('/')
  await expect(page.getByTestId('pass')).toHaveAttribute('data-colour', 'green')
})
