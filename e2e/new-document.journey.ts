import { type Browser, expect, type Page } from '@playwright/test'
import { signIn } from './citizen-app.ts'
import { openAsOperator, openCheckpoint } from './console-app.ts'
import { newPhone } from './demo.ts'
import { test } from './journey.ts'

let issued = 0
/** A Singaporean passport number that nobody has. */
const newPassport = (): string => {
  issued += 1
  return `K${String(Date.now() % 1_000_000).padStart(6, '0')}${issued}`
}

const fillPassport = async (page: Page, prefix: string, name: string, number: string): Promise<void> => {
  await page.locator(`#${prefix}-name`).fill(name)
  await page.getByText('护照', { exact: true }).click()
  await page.locator(`#${prefix}-country`).fill('SGP')
  await page.locator(`#${prefix}-number`).fill(number)
  await page.locator(`#${prefix}-birth`).fill('19880408')
}

const showFace = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: '打开摄像头' }).click()
  await page.getByRole('button', { name: '拍照核验' }).click()
}

const registerForeigner = async (browser: Browser, name: string, number: string): Promise<Page> => {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, permissions: ['camera'] })
  const page = await context.newPage()
  await page.goto('/')
  await page.getByRole('button', { name: '登录', exact: true }).click()
  await signIn(page, newPhone())
  await expect(page).not.toHaveURL(/sign-in/)
  await page.goto('/register')
  await fillPassport(page, 'me', name, number)
  await page.getByRole('button', { name: '下一步' }).click()
  await page.getByText('我已阅读并同意以上内容').click()
  await page.getByRole('button', { name: '下一步' }).click()
  await showFace(page)
  await expect(page.getByTestId('pass')).toHaveAttribute('data-state', 'valid')
  return page
}

test('my new passport: the old one is retired, and I stay who I am', async ({ browser }, info) => {
  const page = await registerForeigner(browser, 'Tan Wei Journey', newPassport())
  await expect(page.getByTestId('pass')).toHaveAttribute('data-colour', 'green')
  await page.goto('/settings')
  await page.getByRole('button', { name: '更换证件' }).click()
  const held = page.getByTestId('held-document')
  await expect(held).toContainText('护照')
  const before = await held.textContent()
  const next = newPassport()
  // Somebody else's name is not the next document of this person.
  await fillPassport(page, 'renew', 'Lim Other Man', next)
  await page.screenshot({ path: info.outputPath('form.png'), fullPage: true })
  await page.getByRole('button', { name: '人脸核验' }).click()
  await showFace(page)
  await expect(page.getByText('姓名、出生日期和国家（地区）要与登记的一致')).toBeVisible()
  await page.screenshot({ path: info.outputPath('differs.png'), fullPage: true })
  await page.locator('#renew-name').fill('TAN WEI JOURNEY')
  await page.getByRole('button', { name: '人脸核验' }).click()
  await showFace(page)
  await expect(page.getByTestId('renewal-done')).toBeVisible()
  await expect(held).not.toHaveText(before ?? '')
  await page.screenshot({ path: info.outputPath('done.png'), fullPage: true })
  await page.getByRole('button', { name: '回首页' }).last().click()
  await expect(page.getByTestId('pass')).toHaveAttribute('data-colour', 'green')
})

test('two passports of one human: looked at, let pass at the door, and both the office and I see it', async ({
  browser,
}, info) => {
  const [before, next] = [newPassport(), newPassport()]
  await registerForeigner(browser, 'Koh Two Books', before)
  const page = await registerForeigner(browser, 'Koh Two Books', next)
  await expect(page.getByTestId('pass')).toHaveAttribute('data-colour', 'none')
  await expect(page.getByTestId('unconfirmed')).toContainText('带好两本证件')
  await page.screenshot({ path: info.outputPath('unconfirmed.png'), fullPage: true })

  const door = await openCheckpoint(browser, 'checker', '惠民超市（示例）')
  await door.getByRole('button', { name: '证件' }).click()
  await door.locator('#document-type').selectOption('passport')
  await door.locator('#document-country').fill('SGP')
  await door.locator('#document-number').fill(next)
  await door.getByRole('button', { name: '查验', exact: true }).click()
  await expect(door.getByTestId('check-result')).toHaveAttribute('data-face', 'review')
  await door.getByRole('button', { name: '两本证件一致，放行' }).click()
  await door.screenshot({ path: info.outputPath('asked.png') })
  await door.getByRole('button', { name: '确认放行并记录' }).click()
  await expect(door.getByTestId('let-pass-done')).toContainText('已放行并记录')
  await door.screenshot({ path: info.outputPath('let-pass.png') })

  await page.goto('/notices')
  await expect(page.getByText('比对两本证件后放行')).toBeVisible()

  const office = await openAsOperator(browser, 'office-yunlong')
  await office.goto('/console/identity')
  await office
    .getByRole('row', { name: /放行 1 次/ })
    .getByRole('button', { name: '比对两本证件' })
    .click()
  await office.getByText('核实身份与证件', { exact: true }).click()
  await office.getByLabel('说明').fill('比对新旧护照')
  await office.getByRole('button', { name: /确\s?定/ }).click()
  await expect(office.getByTestId('let-passes')).toContainText('惠民超市（示例）')
  await office.screenshot({ path: info.outputPath('matter.png') })
})
