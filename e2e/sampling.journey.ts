import { randomInt, randomUUID } from 'node:crypto'
import { type Browser, expect, type Page } from '@playwright/test'
import { addresses } from './addresses.ts'
import { expectColourSoon, expectLive, openSignedIn, readLiveCode } from './citizen-app.ts'
import { openAsOperator, scanAt } from './console-app.ts'
import { readDemo } from './demo.ts'
import { test } from './journey.ts'

const barcode = (prefix: string): string => `${prefix}${String(randomInt(1e9)).padStart(10, '0')}`
const greens = () =>
  readDemo().citizens.filter((each) => each.colour === 'green' && each.documentType === 'resident_id')

/** The sampler's phone in the middle of a shift at a site of the demonstration. */
const openSampling = async (browser: Browser): Promise<Page> => {
  const page = await openAsOperator(browser, 'sampler', { width: 390, height: 844 })
  await page.goto('/console/sampling')
  await page.getByText('1 号便民采样点').first().click()
  await expect(page.getByTestId('scanner-input')).toBeAttached()
  return page
}

const expectTold = (page: Page, outcome: string): Promise<void> =>
  expect(page.getByTestId('sampling-told')).toHaveAttribute('data-outcome', outcome)

test('a sampler works without network: everybody is in the tube once, with the time of the swab', async ({
  browser,
  page,
}) => {
  const sampler = await openSampling(browser)
  const [one, two, three] = greens().slice(-30, -27)
  if (!one || !two || !three) throw new Error('no citizens')
  await openSignedIn(page, one.phone)
  await scanAt(sampler, barcode('10'))
  await expectTold(sampler, 'tube')

  await scanAt(sampler, two.documentNumber)
  await expectTold(sampler, 'taken')
  await expect(sampler.getByTestId('sampling-told')).toContainText('第 1 位，共 10 位')
  await sampler.context().setOffline(true)
  await expect(sampler.getByTestId('network')).toHaveText('离线')
  const { qrText } = await readLiveCode(page)
  await scanAt(sampler, qrText)
  await expect(sampler.getByTestId('sampling-told')).toContainText('第 2 位')
  await expect(sampler.getByTestId('sampling-told')).toContainText('已存在本机')
  await scanAt(sampler, three.documentNumber)
  await expect(sampler.getByTestId('tube')).toHaveAttribute('data-taken', '3')
  await expect(sampler.getByTestId('sampling-waiting')).toHaveAttribute('data-count', '2')
  // Long enough out of sight to count as shown anew.
  await sampler.waitForTimeout(4_000)
  await scanAt(sampler, three.documentNumber)
  await expectTold(sampler, 'already_in_tube')

  await sampler.getByRole('button', { name: '封管', exact: true }).click()
  await sampler.getByRole('button', { name: '3', exact: true }).click()
  await expectTold(sampler, 'sealed')
  await sampler.context().setOffline(false)
  await expect(sampler.getByTestId('sampling-waiting')).toBeHidden()
  await expect(sampler.getByTestId('sampling-refused')).toBeHidden()
  await page.goto('/tests')
  await expect(page.getByTestId('my-test').first()).toContainText('1 号便民采样点')
})

test('a class is called in the order of its list: whoever comes is scanned, whoever does not is marked', async ({
  browser,
}) => {
  const [one, two] = greens().slice(-38, -36)
  if (!one || !two) throw new Error('no citizens')
  const office = await openAsOperator(browser, 'office-yunlong')
  const name = `${randomInt(1000)} 班`
  const me = await (await office.request.get(`${addresses.server}/api/v1/operator/me`)).json()
  const saved = await office.request.post(`${addresses.server}/api/v1/operator/rosters`, {
    headers: { 'x-csrf-token': me.csrfToken },
    data: {
      requestId: randomUUID(),
      divisionCode: me.divisionCode,
      kind: 'class',
      name,
      people: [one, two].map(({ documentNumber: number }) => ({ type: 'resident_id', number })),
    },
  })
  expect(saved.status()).toBe(201)

  const sampler = await openSampling(browser)
  await scanAt(sampler, barcode('10'))
  await expectTold(sampler, 'tube')
  await sampler.getByRole('button', { name: '叫号', exact: true }).click()
  await sampler.getByRole('button', { name: new RegExp(name) }).click()
  await expect(sampler.getByTestId('call-next')).toHaveAttribute('data-place', '1')
  await sampler.getByRole('button', { name: '未到', exact: true }).click()
  await expect(sampler.getByTestId('call-next')).toHaveAttribute('data-place', '2')
  await sampler.getByRole('button', { name: '扫码', exact: true }).click()
  await expect(sampler.getByTestId('call-beside')).toContainText('请 2 号')
  await scanAt(sampler, two.documentNumber)
  await expectTold(sampler, 'taken')
  await expect(sampler.getByTestId('call-beside')).toContainText('名册已叫完')
  await sampler.getByRole('button', { name: '叫号', exact: true }).click()
  await expect(sampler.getByTestId('calling')).toContainText('已采 1 · 未到 1')
  await sampler.getByRole('button', { name: '来了' }).click()
  await expect(sampler.getByTestId('call-next')).toHaveAttribute('data-place', '1')
  await sampler.getByRole('button', { name: '扫码', exact: true }).click()
  await sampler.getByRole('button', { name: '封管', exact: true }).click()
  await sampler.getByRole('button', { name: '1', exact: true }).click()
  await expectTold(sampler, 'sealed')
})

test('a tube of ten turns positive: everybody in it leaves green at once and is told where to go', async ({
  browser,
  page,
}) => {
  const people = greens().slice(-25, -15)
  const [watched] = people
  if (!watched) throw new Error('no citizens')
  await openSignedIn(page, watched.phone)
  await expectLive(page)
  const sampler = await openSampling(browser)
  const tube = barcode('10')
  await scanAt(sampler, tube)
  await expectTold(sampler, 'tube')
  for (const [at, person] of people.entries()) {
    await scanAt(sampler, person.documentNumber)
    await expect(sampler.getByTestId('tube')).toHaveAttribute('data-taken', String(at + 1))
  }
  await expect(sampler.getByTestId('sampling-told')).toContainText('请换管')
  await sampler.getByRole('button', { name: '10', exact: true }).click()
  await expectTold(sampler, 'sealed')

  await sampler.getByRole('button', { name: '装箱交接' }).click()
  const box = barcode('90')
  await scanAt(sampler, box)
  await expect(sampler.getByText(box).first()).toBeVisible()
  await scanAt(sampler, tube)
  await sampler.getByLabel('清点的管数').fill('1')
  await sampler.getByLabel('接收的转运员').fill('运送一组')
  await sampler.getByLabel('送往的检验机构').selectOption({ index: 1 })
  await sampler.getByRole('button', { name: '交接', exact: true }).click()
  await expect(sampler.getByText('已交接').first()).toBeVisible()

  const laboratory = await openAsOperator(browser, 'lab')
  await laboratory.goto('/console/laboratory')
  await laboratory.getByLabel('转运箱条码').fill(box)
  await laboratory.getByLabel('清点的管数').fill('1')
  await laboratory.getByRole('button', { name: '签收', exact: true }).click()
  await expect(laboratory.getByTestId(`tube-${tube}`)).toBeVisible()
  await expect(page.getByTestId('pass')).toHaveAttribute('data-colour', 'green')
  await laboratory.getByTestId(`tube-${tube}`).getByRole('button', { name: '阳性' }).click()
  await laboratory.getByRole('button', { name: /报送/ }).click()
  await expect(laboratory.getByTestId(`tube-${tube}`)).toContainText('阳性')
  await expectColourSoon(page, 'yellow')
  await page.getByRole('button', { name: '查找黄码采样点' }).first().click()
  await expect(page.getByTestId('test-site').first()).toContainText('黄码')
})
