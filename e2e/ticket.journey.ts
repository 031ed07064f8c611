import { expect, type Page } from '@playwright/test'
import { openSignedIn } from './citizen-app.ts'
import { openAsOperator } from './console-app.ts'
import { readDemo } from './demo.ts'
import { test } from './journey.ts'

const PICTURE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAQAAAAECAYAAACp8Z5+AAAAHklEQVR4AYTIsQkAAADCsOL/P+sqLha6RAb3YvoQAAAA///DVnJmAAAABklEQVQDANvLCAFlE5bJAAAAAElFTkSuQmCC',
  'base64',
)

const citizenAt = (at: number) => {
  const citizen = readDemo().citizens.filter(
    ({ colour, members, documentType }) =>
      colour === 'green' && members === 0 && documentType === 'resident_id',
  )[at]
  if (!citizen) throw new Error('no citizen')
  return citizen
}

const look = async (page: Page, name: string): Promise<void> => {
  const folder = process.env.LOOK_DIRECTORY
  if (folder) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true })
}

test('a call becomes a ticket, a correction, a closed case', async ({ page, browser }) => {
  // Four people and two rounds: longer than other journeys on a busy machine.
  test.slow()
  const citizen = citizenAt(20)
  const hotline = await openAsOperator(browser, 'hotline')
  await hotline.goto('/console/tickets')
  await hotline.getByRole('button', { name: '登记来电' }).click()
  const known = hotline.locator('.panel').first()
  await known.getByLabel('来电号码').fill(citizen.phone)
  await known.getByText('热线工单办理').click()
  await known.getByRole('button', { name: '查此号码的工单' }).click()
  await expect(known.getByText('此号码没有工单')).toBeVisible()
  const form = hotline.locator('.panel').nth(1)
  await expect(form.locator('input').first()).toHaveValue(citizen.phone)
  await form.getByText('信息有误').click()
  await form.getByLabel('具体').click()
  await hotline.getByTitle('姓名不对').click()
  await form.getByLabel('内容').fill('来电人称登记时姓名末字写错，身份证上不同。')
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
  await expect(office.getByRole('heading', { name: '工单' })).toBeVisible()
  await look(office, 'console-list')
  await office.goto(address)
  await office.getByRole('button', { name: '签收' }).click()
  // What is on the document, whole; the authority is asked, and somebody else decides.
  await office.getByRole('button', { name: '提出更正' }).click()
  const correcting = office.locator('.ant-modal:visible')
  await correcting.getByLabel('姓名').fill(`${citizen.name.slice(0, -1)}晓`)
  await correcting.getByRole('textbox', { name: '证件号码' }).fill(citizen.documentNumber)
  await correcting.getByLabel('见到的材料').fill('身份证与户口本原件')
  await look(office, 'console-correct')
  await correcting.getByRole('button', { name: '提交' }).click()
  await expect(office.getByTestId('correction')).toHaveAttribute('data-state', 'open')
  const other = await openAsOperator(browser, 'office-yunlong2')
  await other.goto('/console/identity-changes')
  await look(other, 'console-changes')
  await other.getByRole('button', { name: '批准' }).first().click()
  await other.locator('.ant-modal:visible').getByLabel('原因').fill('已核对原件')
  await other
    .locator('.ant-modal:visible')
    .getByRole('button', { name: /确\s*定/ })
    .click()
  await expect(other.getByText('已核对原件').first()).toBeVisible()
  await office.reload()
  await expect(office.getByTestId('correction')).toHaveAttribute('data-state', 'approved')
  await office.getByRole('button', { name: '回复来件人' }).click()
  await office.locator('.ant-modal:visible').getByLabel('内容').fill('已核对原件，正在更正。')
  await office.locator('.ant-modal:visible').getByRole('button', { name: '提交' }).click()
  await expect(office.getByText('已核对原件，正在更正。').first()).toBeVisible()
  await office.getByRole('button', { name: '答复', exact: true }).click()
  await office.locator('.ant-modal:visible').getByLabel('内容').fill('已更正姓名，请打开健康宝查看。')
  await office.locator('.ant-modal:visible').getByRole('button', { name: '提交' }).click()
  await expect(office.getByTestId('ticket-state')).toHaveAttribute('data-state', 'answered')
  await look(office, 'console-ticket')

  await openSignedIn(page, citizen.phone)
  await page.getByRole('button', { name: '诉求与咨询' }).click()
  const ticket = page.getByTestId('ticket').first()
  await expect(ticket).toHaveAttribute('data-state', 'answered')
  await expect(page.getByTestId('ticket-answer')).toContainText('已更正姓名')
  await expect(page.getByTestId('correction')).toHaveAttribute('data-state', 'approved')
  await look(page, 'citizen-answered')
  await page.getByRole('button', { name: '没有解决' }).click()
  await page.getByLabel('还差什么（可不填）').fill('打开后仍是原来的字')
  await look(page, 'citizen-unsolved')
  await page.getByRole('alertdialog').getByRole('button', { name: '没有解决' }).click()
  await expect(ticket).toHaveAttribute('data-state', 'dispatched')

  await office.reload()
  await office.getByRole('button', { name: '签收' }).click()
  await office.getByRole('button', { name: '答复', exact: true }).click()
  await office
    .locator('.ant-modal:visible')
    .getByLabel('内容')
    .fill('请退出后重新打开，已核对为更正后的姓名。')
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
  await openSignedIn(page, citizenAt(21).phone)
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
