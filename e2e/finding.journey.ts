import { expect } from '@playwright/test'
import { expectColourSoon, expectLive, openSignedIn } from './citizen-app.ts'
import { openAsOperator } from './console-app.ts'
import { readDemo, readTexts } from './demo.ts'
import { test } from './journey.ts'
import { approve, openProposal, proposeFinding } from './proposal-steps.ts'

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
  await proposeFinding(proposer, {
    documentNumber: citizen.documentNumber,
    category: '时空伴随',
    evidence: '流调报告 2022-17',
    source: '市疾控中心流调组',
  })
  await expect(page.getByTestId('pass')).toHaveAttribute('data-colour', 'green')

  const approver = await openAsOperator(browser, 'hq')
  await openProposal(approver, citizen.documentNumber.slice(-2), '时空伴随')
  await expect(approver.getByTestId('impact').last()).toBeVisible()
  await approve(approver, '材料齐全，同意')

  await expectColourSoon(page, 'yellow')
  await expect(page.getByTestId('reasons')).toContainText('时空伴随')
  await expect(asking.getByTestId('pass')).toHaveAttribute('data-colour', 'yellow', { timeout: 20_000 })
  await expect
    .poll(async () => (await readTexts(citizen.phone))[0], { timeout: 20_000 })
    .toContain('您有新的消息，请打开健康宝查看')

  await settings.goto('/notices')
  await expect(settings.getByText(/的健康码变为黄/).first()).toBeVisible()
})
