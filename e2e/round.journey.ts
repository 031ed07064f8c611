import { randomInt, randomUUID } from 'node:crypto'
import { type Browser, expect, type Page } from '@playwright/test'
import { addresses } from './addresses.ts'
import { openSignedIn } from './citizen-app.ts'
import { openAsOperator, scanAt } from './console-app.ts'
import { readDemo } from './demo.ts'
import { test } from './journey.ts'

const greens = () =>
  readDemo().citizens.filter((each) => each.colour === 'green' && each.documentType === 'resident_id')

/** A roster of the caller's own division, by the public door. */
const saveRoster = async (page: Page, name: string, documents: string[]): Promise<void> => {
  const me = await (await page.request.get(`${addresses.server}/api/v1/operator/me`)).json()
  const answer = await page.request.post(`${addresses.server}/api/v1/operator/rosters`, {
    headers: { 'x-csrf-token': me.csrfToken },
    data: {
      requestId: randomUUID(),
      divisionCode: me.divisionCode,
      kind: 'building',
      name,
      people: documents.map((number) => ({ type: 'resident_id', number })),
    },
  })
  expect(answer.status()).toBe(201)
}

const swab = async (browser: Browser, documentNumber: string): Promise<void> => {
  const sampler = await openAsOperator(browser, 'sampler', { width: 390, height: 844 })
  await sampler.goto('/console/sampling')
  await sampler.getByText('1 号便民采样点').first().click()
  await expect(sampler.getByTestId('scanner-input')).toBeAttached()
  await scanAt(sampler, `10${String(randomInt(1e9)).padStart(10, '0')}`)
  await scanAt(sampler, documentNumber)
  await expect(sampler.getByTestId('sampling-told')).toHaveAttribute('data-outcome', 'taken')
  await sampler.getByRole('button', { name: '封管', exact: true }).click()
  await sampler.getByRole('button', { name: '1', exact: true }).click()
  await sampler.context().close()
}

test('a community finds who is missing: one makes the round, another begins it, the names are for the community', async ({
  browser,
  page,
}) => {
  const [here, missing] = greens().slice(-34, -32)
  if (!here || !missing) throw new Error('no citizens')
  const office = await openAsOperator(browser, 'office-yunlong')
  const building = `${randomInt(1000)} 号楼`
  await saveRoster(office, building, [here.documentNumber, missing.documentNumber])

  await office.goto('/console/test-rounds')
  await office.getByRole('button', { name: '拟定一轮' }).click()
  const name = `第 ${randomInt(1000)} 轮`
  await office.getByLabel('名称').fill(name)
  await office.getByText('指定名册').click()
  await office.getByLabel('名册', { exact: true }).click()
  await office.getByTitle(new RegExp(building)).last().click()
  const local = (hours: number) => new Date(Date.now() + (8 + hours) * 3_600_000).toISOString().slice(0, 16)
  await office.getByLabel('开始', { exact: true }).fill(local(-1))
  await office.getByLabel('结束', { exact: true }).fill(local(7))
  await office.getByLabel('漏采人员补采期限').fill(local(31))
  await office.getByRole('button', { name: '拟定一轮' }).last().click()
  await expect(office.getByText(name).first()).toBeVisible()

  const second = await openAsOperator(browser, 'office-yunlong2')
  await second.goto('/console/test-rounds')
  await second
    .getByRole('row', { name: new RegExp(name) })
    .getByRole('button', { name: '查看' })
    .click()
  await second.getByRole('button', { name: '开始这一轮' }).click()
  await expect(second.getByText('进行中').first()).toBeVisible()
  await second.getByRole('button', { name: '分批通知到手机' }).click()
  await second
    .getByRole('dialog')
    .getByRole('button', { name: /确\s*定/ })
    .click()
  const telling = second.getByTestId('telling')
  await expect(telling).toContainText('已通知 2 / 2 个账号')
  await expect(telling).toContainText('已通知完')
  await swab(browser, here.documentNumber)

  await second.getByRole('button', { name: '谁还没采' }).first().click()
  await second.getByText('核酸采样组织', { exact: true }).click()
  await second.getByRole('button', { name: '显示名单' }).click()
  await expect(second.getByText(missing.name, { exact: true })).toBeVisible()
  await expect(second.getByText(here.name, { exact: true })).toBeHidden()

  await openSignedIn(page, missing.phone)
  await page.goto('/tests')
  await expect(page.getByTestId('own-round').first()).toHaveAttribute('data-state', 'to_come')
})
