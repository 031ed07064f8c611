import { expect, test } from '@playwright/test'
import { expectColourSoon, expectLive, openSignedIn } from './citizen-app.ts'
import { openAsOperator } from './console-app.ts'
import { readDemo, readTexts } from './demo.ts'

test('a finding proposed and approved by two people turns the phone yellow without a reload, also where no socket gets through, and a text comes', async ({
  page,
  browser,
}) => {
  const citizen = readDemo().citizens.filter((each) => each.colour === 'green')[40]
  if (!citizen) throw new Error('no citizen')
  await openSignedIn(page, citizen.phone)
  await expect(page.getByTestId('pass')).toHaveAttribute('data-colour', 'green')
  // Told, not asked for: without this a dead socket would show only as the next polling.
  await expectLive(page)

  // A second tab, in a network that lets no socket through: it has to ask.
  const asking = await page.context().newPage()
  await asking.routeWebSocket(/\/me\/live/, (socket) => socket.close())
  await asking.goto('/')
  await expect(asking.getByTestId('pass')).toHaveAttribute('data-colour', 'green')
  const settings = await page.context().newPage()
  await settings.goto('/settings')
  const texts = settings.getByRole('switch', { name: '健康宝变化时发短信' })
  await expect(texts).not.toBeChecked()
  await texts.click()
  await expect(texts).toBeChecked()
  await settings.reload()
  await expect(texts).toBeChecked()

  const proposer = await openAsOperator(browser, 'epi')
  await proposer.goto('/console/people')
  await proposer.getByLabel('证件号码').fill(citizen.documentNumber)
  await proposer.getByText('流行病学调查', { exact: true }).click()
  await proposer
    .getByRole('button', { name: /查\s*询/ })
    .last()
    .click()
  await proposer
    .getByRole('button', { name: /打\s*开/ })
    .last()
    .click()
  await proposer.getByRole('button', { name: '提出赋码依据' }).click()
  await proposer.getByLabel('类别').click()
  await proposer.getByTitle('时空伴随', { exact: false }).first().click()
  await proposer.getByLabel('起算时间').fill(new Date(Date.now() + 7 * 3600_000).toISOString().slice(0, 16))
  await proposer.getByLabel('依据材料').fill('流调报告 2022-17')
  await proposer.getByLabel('来源').fill('市疾控中心流调组')
  await proposer
    .locator('.ant-drawer')
    .last()
    .getByRole('button', { name: /提\s*[交出]/ })
    .last()
    .click()
  await expect(proposer.getByTestId('proposed')).toBeVisible()
  await expect(page.getByTestId('pass')).toHaveAttribute('data-colour', 'green')

  const approver = await openAsOperator(browser, 'hq')
  await approver.goto('/console/proposals')
  const row = approver
    .getByRole('row')
    .filter({ hasText: citizen.documentNumber.slice(-2) })
    .filter({ hasText: '时空伴随' })
  await row
    .getByRole('button', { name: /查\s*看|打\s*开|详\s*情/ })
    .first()
    .click()
  await expect(approver.getByTestId('impact').last()).toBeVisible()
  await approver.getByLabel('审批意见', { exact: false }).fill('材料齐全，同意')
  await approver
    .getByRole('button', { name: /批\s*准|同\s*意/ })
    .last()
    .click()

  await expectColourSoon(page, 'yellow')
  await expect(page.getByTestId('reasons')).toContainText('时空伴随')
  await expect(asking.getByTestId('pass')).toHaveAttribute('data-colour', 'yellow', { timeout: 20_000 })
  await expect
    .poll(async () => (await readTexts(citizen.phone))[0], { timeout: 20_000 })
    .toContain('您有新的消息，请打开健康宝查看')

  await settings.goto('/notices')
  await expect(settings.getByText(/的健康码变为黄/).first()).toBeVisible()
})
