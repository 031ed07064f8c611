import { expect } from '@playwright/test'
import { expectColourSoon, expectLive, openSignedIn } from './citizen-app.ts'
import { openAsOperator } from './console-app.ts'
import { readDemo } from './demo.ts'
import { test } from './journey.ts'
import { approve, openProposal, proposeFinding } from './proposal-steps.ts'

const two = () => {
  const green = readDemo().citizens.filter(({ colour, members }) => colour === 'green' && members === 0)
  const [patient, other] = green.slice(82, 84)
  const venue = readDemo().venues.find(({ kind, state }) => kind === 'catering' && state === 'active')
  if (!patient || !other || !venue) throw new Error('no such people or venue')
  return { patient, other, venue }
}

test('from a case to every phone: overlap, an adjusted stay, another person approves, and an open phone turns without a reload', async ({
  page,
  browser,
}) => {
  const { patient, other, venue } = two()
  const patientPhone = await (await browser.newContext()).newPage()
  await openSignedIn(patientPhone, patient.phone)
  await patientPhone.goto(new URL(venue.link).pathname)
  await expect(patientPhone.getByTestId('venue')).toContainText(venue.name)
  await openSignedIn(page, other.phone)
  await page.goto(new URL(venue.link).pathname)
  await expect(page.getByTestId('venue')).toContainText(venue.name)
  await page.goto('/')
  await expect(page.getByTestId('pass')).toHaveAttribute('data-colour', 'green')
  await expectLive(page)

  const epi = await openAsOperator(browser, 'epi')
  await proposeFinding(epi, {
    documentNumber: patient.documentNumber,
    category: '确诊病例',
    evidence: '检测报告 2022-101',
    source: '市疾控中心流调组',
  })
  const hq = await openAsOperator(browser, 'hq')
  await openProposal(hq, patient.documentNumber.slice(-2), '确诊')
  await approve(hq, '材料齐全，同意')

  // From the person's file to the case.
  await epi.goto('/console/people')
  await epi.getByLabel('证件号码').fill(patient.documentNumber)
  await epi.getByText('流行病学调查', { exact: true }).click()
  await epi.getByRole('button', { name: '查询', exact: true }).last().click()
  await epi.getByRole('button', { name: '打开', exact: true }).last().click()
  await epi.getByRole('link', { name: '建立流调病例' }).first().click()
  await epi.getByLabel('依据材料').fill('流调报告 2022-101')
  await epi.getByRole('button', { name: '建立病例', exact: true }).click()
  await epi.getByText('流行病学调查', { exact: true }).click()
  await epi.getByRole('button', { name: '打开病例' }).click()

  // Where it was, and how many were there, before anybody is named or proposed.
  await expect(epi.getByTestId('case-timeline')).toContainText(venue.name)
  const close = epi.getByTestId('group-close_contact').locator('strong')
  await expect(close).not.toHaveText('0')
  const closeBefore = (await close.textContent()) ?? ''

  // The cameras say that the patient left after some minutes.
  await epi.getByRole('row', { name: venue.name }).getByRole('button', { name: '调整' }).click()
  const from = await epi.getByLabel('从', { exact: true }).inputValue()
  const left = new Date(Date.parse(`${from}:00Z`) + 5 * 60_000).toISOString().slice(0, 16)
  await epi.getByLabel('到', { exact: true }).fill(left)
  await epi.getByLabel('为什么').fill('监控核实五分钟后离开')
  await epi.getByRole('button', { name: '保存', exact: true }).click()
  await expect(epi.getByText('监控核实五分钟后离开').first()).toBeVisible()

  // The margin after it is moved: counted again at once, then saved.
  await epi.getByLabel('餐饮 后').fill('3')
  await expect(close).not.toHaveText(closeBefore)
  await expect(epi.getByTestId('group-co_presence').locator('strong')).not.toHaveText('0')
  await epi.getByRole('button', { name: '保存为此病例的规则' }).click()
  await expect(epi.getByText('修改规则')).toBeVisible()

  await epi.getByRole('button', { name: '显示名单' }).click()
  await expect(
    epi
      .getByRole('row')
      .filter({ hasText: other.name.slice(0, 1) })
      .first(),
  ).toBeVisible()
  await epi.getByRole('button', { name: '提出赋码建议' }).click()
  // Whoever else of the city was near the patient these days stays as they are.
  await epi.getByRole('checkbox', { name: /^密接/ }).uncheck()
  await epi.getByRole('checkbox', { name: /^时空伴随/ }).check()
  await epi.getByLabel('依据材料').fill('流调报告 2022-101，同时用餐')
  await epi.getByRole('button', { name: '提交' }).click()
  await expect(epi.getByTestId('case-proposed')).toBeVisible()
  await expect(page.getByTestId('pass')).toHaveAttribute('data-colour', 'green')

  await openProposal(hq, '病例接触者赋码')
  await expect(hq.getByTestId('moves')).toBeVisible()
  await approve(hq, '名单属实')
  await expectColourSoon(page, 'yellow')

  // Day and kind of place, never who; and the objection with its clock.
  await page.getByRole('button', { name: '是哪一天、哪类场所' }).click()
  const stay = page.getByTestId('shared-stay').first()
  await expect(stay).toContainText('餐饮')
  await expect(stay).not.toContainText(venue.name)
  await stay.getByRole('button', { name: '我没去过' }).click()
  await page.getByLabel('当天的情况').fill('那天我只在门口，没有进去')
  await page.getByRole('button', { name: '提交', exact: true }).click()
  await expect(stay.getByTestId('objection')).toContainText('前答复')

  const answering = await openAsOperator(browser, 'hq2')
  await answering.goto('/console/exposure-objections')
  await answering.getByRole('button', { name: '答复', exact: true }).first().click()
  await answering.getByText('成立，提出撤去').click()
  await answering.getByLabel('答复内容').fill('监控核实本人没有进店')
  await answering.getByRole('button', { name: '提交' }).click()
  await openProposal(hq, '异议成立')
  await approve(hq, '属实')
  await expect(stay).toHaveAttribute('data-stands', 'false')
  await page.goto('/')
  await expectColourSoon(page, 'green')
})
