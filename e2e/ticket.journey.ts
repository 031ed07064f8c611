import { expect, type Page, test } from '@playwright/test'
import { openSignedIn } from './citizen-app.ts'
import { openAsOperator } from './console-app.ts'
import { readDemo } from './demo.ts'

const PICTURE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAQAAAAECAYAAACp8Z5+AAAAHklEQVR4AYTIsQkAAADCsOL/P+sqLha6RAb3YvoQAAAA///DVnJmAAAABklEQVQDANvLCAFlE5bJAAAAAElFTkSuQmCC',
  'base64',
)

const citizenAt = (at: number) => {
  const citizen = readDemo().citizens.filter(({ colour, members }) => colour === 'green' && members === 0)[at]
  if (!citizen) throw new Error('no citizen')
  return citizen
}

const look = async (page: Page, name: string): Promise<void> => {
  const folder = process.env.LOOK_DIRECTORY
  if (folder) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true })
}

test('a call becomes a ticket, goes to an office, is answered, and the caller closes it', async ({
  page,
  browser,
}) => {
  const citizen = citizenAt(90)
  const hotline = await openAsOperator(browser, 'hotline')
  await hotline.goto('/console/tickets')
  await hotline.getByRole('button', { name: '登记来电' }).click()
  const known = hotline.locator('.panel').first()
  await known.getByLabel('来电号码').fill(citizen.phone)
  await known.locator('.ant-tag').first().click()
  await known.getByRole('button', { name: '查此号码的工单' }).click()
  await expect(known.getByText('此号码没有工单')).toBeVisible()
  const form = hotline.locator('.panel').nth(1)
  await expect(form.getByLabel('来电号码')).toHaveValue(citizen.phone)
  await form.getByText('查验态度').click()
  await form.getByLabel('在哪里').fill('示例商场东门')
  await form.getByLabel('哪一天').fill(new Date(Date.now() - 86_400_000).toISOString().slice(0, 10))
  await form.getByLabel('内容').fill('来电人称门口只让扫码，老人出示证件不让进。')
  await form.getByLabel('发生地').click()
  await hotline.getByTitle('云龙区').first().click()
  await look(hotline, 'console-new')
  await form.getByRole('button', { name: '登记', exact: true }).click()
  await expect(hotline.getByTestId('ticket-state')).toHaveAttribute('data-state', 'new')
  const address = hotline.url()
  await hotline.getByRole('button', { name: '派发', exact: true }).click()
  await look(hotline, 'console-dispatch')
  await hotline.locator('.ant-modal').getByRole('button', { name: '提交' }).click()
  await expect(hotline.getByTestId('ticket-state')).toHaveAttribute('data-state', 'dispatched')

  const office = await openAsOperator(browser, 'office-yunlong')
  await office.goto('/console/tickets')
  await look(office, 'console-list')
  await office.goto(address)
  await office.getByRole('button', { name: '签收' }).click()
  await office.getByRole('button', { name: '回复来件人' }).click()
  await office.locator('.ant-modal:visible').getByLabel('内容').fill('已联系场所，正在核实。')
  await office.locator('.ant-modal:visible').getByRole('button', { name: '提交' }).click()
  await expect(office.getByText('已联系场所，正在核实。').first()).toBeVisible()
  await office.getByRole('button', { name: '答复', exact: true }).click()
  await office.locator('.ant-modal:visible').getByLabel('内容').fill('已与场所核实，今后可以出示证件进入。')
  await office.locator('.ant-modal:visible').getByRole('button', { name: '提交' }).click()
  await expect(office.getByTestId('ticket-state')).toHaveAttribute('data-state', 'answered')
  await look(office, 'console-ticket')

  await openSignedIn(page, citizen.phone)
  await page.getByRole('button', { name: '诉求与咨询' }).click()
  const ticket = page.getByTestId('ticket').first()
  await expect(ticket).toHaveAttribute('data-state', 'answered')
  await expect(page.getByTestId('ticket-answer')).toContainText('可以出示证件')
  await look(page, 'citizen-answered')
  await page.getByRole('button', { name: '没有解决' }).click()
  await page.getByLabel('还差什么（可不填）').fill('昨天去仍然不让进')
  await look(page, 'citizen-unsolved')
  await page.getByRole('dialog').getByRole('button', { name: '没有解决' }).click()
  await expect(ticket).toHaveAttribute('data-state', 'dispatched')

  await office.reload()
  await office.getByRole('button', { name: '签收' }).click()
  await office.getByRole('button', { name: '答复', exact: true }).click()
  await office.locator('.ant-modal:visible').getByLabel('内容').fill('已当面告知门岗，可凭证件进入。')
  await office.locator('.ant-modal:visible').getByRole('button', { name: '提交' }).click()
  await expect(office.getByTestId('ticket-state')).toHaveAttribute('data-state', 'answered')
  await page.reload()
  await page.getByRole('button', { name: '已解决' }).click()
  await expect(page.getByTestId('ticket').first()).toHaveAttribute('data-state', 'closed')
  await look(page, 'citizen-closed')
})

test('a ticket of the app has the form of its kind, survives a reload, and takes a picture', async ({
  page,
}) => {
  await openSignedIn(page, citizenAt(91).phone)
  await page.getByRole('button', { name: '诉求与咨询' }).click()
  await page.getByRole('button', { name: '写一件新的' }).click()
  await page.getByRole('button', { name: '提交' }).click()
  await look(page, 'citizen-faults')
  await page.getByRole('radio', { name: '我的信息有误' }).click()
  await page.getByRole('radio', { name: '姓名不对' }).click()
  await page.getByLabel('说一说').fill('姓名里的字写错了，身份证上是“晓”。')
  await page.reload()
  await expect(page.getByLabel('说一说')).toHaveValue(/身份证/)
  await expect(page.getByRole('radio', { name: '姓名不对' })).toBeChecked()
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'card.png', mimeType: 'image/png', buffer: PICTURE })
  await page.getByLabel('联系电话').fill('13912345678')
  await page.getByRole('button', { name: /哪个区县.*选择/ }).click()
  await page.getByRole('button', { name: '鼓楼区' }).click()
  await page
    .getByRole('button', { name: /就选|选到|鼓楼区/ })
    .last()
    .click()
  await look(page, 'citizen-form')
  await page.getByRole('button', { name: '提交' }).click()
  await expect(page.getByTestId('ticket').first()).toHaveAttribute('data-state', 'new')
  await look(page, 'citizen-sent')
})
