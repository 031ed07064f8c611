import { expect } from '@playwright/test'
import { addresses } from './addresses.ts'
import { openSignedIn } from './citizen-app.ts'
import { openAsOperator } from './console-app.ts'
import { readDemo } from './demo.ts'
import { test } from './journey.ts'

const steer = async (change: object): Promise<void> => {
  const answer = await fetch(`${addresses.sandbox}/steering`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(change),
  })
  expect(answer.ok).toBe(true)
}

test('provincial data stale: told, renewed, and green again; the travel card with consent', async ({
  page,
  browser,
}, info) => {
  const citizen = readDemo().citizens.find(
    (each) => each.colour === 'green' && each.documentType === 'resident_id',
  )
  if (!citizen) throw new Error('no green citizen')
  await steer({ provincial: { byDocument: { [citizen.documentNumber]: 'identity_stale' } } })
  await openSignedIn(page, citizen.phone)
  await page.getByTestId('strip-provincial').click()
  await page.getByRole('button', { name: '更新省码' }).click()
  const form = page.getByTestId('identity-form')
  await expect(form).toBeVisible()
  // Every door says so after the scan, also where nobody is stopped, and leads to the form.
  const venue = readDemo().venues.find((each) => each.name === '惠民超市（示例）')
  await page.goto(new URL(venue?.link ?? '').pathname)
  await expect(page.getByTestId('result')).toHaveAttribute('data-decision', 'admit')
  await page.getByTestId('stale-identity').getByRole('button').click()
  await expect(form).toBeVisible()
  await form.getByLabel('姓名').fill('赵一凡')
  await form.getByLabel('证件号码').fill('320302199001011238')
  await page.screenshot({ path: info.outputPath('stale.png'), fullPage: true })
  await form.getByRole('button', { name: '核验并更新' }).click()
  await expect(form).toContainText('⚠')
  await form.getByLabel('证件号码').fill(citizen.documentNumber)
  await form.getByRole('button', { name: '核验并更新' }).click()
  await expect(form).toBeHidden()
  await expect(page.getByTestId('provincial-code')).toContainText('省码数据截至')

  await steer({ provincial: { mode: 'down' }, travelCard: { places: 'flagged' } })
  await page.getByRole('button', { name: '更新省码' }).click()
  await expect(page.getByTestId('provincial-code')).toContainText('省平台暂时没有应答')
  await page.getByRole('button', { name: '同意并查看行程卡' }).click()
  await expect(page.getByTestId('travel-card')).toContainText('上海市')
  await page.screenshot({ path: info.outputPath('shown.png'), fullPage: true })

  const desk = await openAsOperator(browser, 'sysadmin')
  await desk.goto('/console/providers')
  await expect(desk.getByTestId('provider-provincial')).toContainText('中断')
  await expect(desk.getByTestId('provider-travel_card')).toContainText('正常')
  await desk.screenshot({ path: info.outputPath('console.png'), fullPage: true })
  await steer({ provincial: { mode: 'ok', byDocument: {} }, travelCard: { places: 'local' } })
})
