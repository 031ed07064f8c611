import { expect } from '@playwright/test'
import { openSignedIn } from './citizen-app.ts'
import { readDemo } from './demo.ts'
import { test } from './journey.ts'

const greenPhone = (at: number): string => {
  const citizen = readDemo().citizens.filter(({ colour, members }) => colour === 'green' && members === 0)[at]
  if (!citizen) throw new Error('no green citizen')
  return citizen.phone
}

test('an address that leads nowhere says so and leads home, in the app and in the console', async ({
  page,
}) => {
  for (const path of ['/nowhere', '/a/b.html', '/%E5%AE%B6']) {
    await page.goto(path)
    await expect(page.getByTestId('missing')).toContainText('这个地址没有内容')
  }
  for (const path of ['/v', '/v/']) {
    await page.goto(path)
    await expect(page.getByTestId('missing')).toContainText('海报上的链接不完整')
    await expect(page.getByRole('button', { name: '扫场所码' })).toBeVisible()
  }
  await page.getByRole('button', { name: '回首页' }).click()
  await expect(page.getByTestId('screen-home')).toBeVisible()
  await page.goto('/scan/')
  await expect(page.getByTestId('screen-scan')).toBeVisible()
  await page.goto('/console/nowhere')
  await expect(page.locator('#root')).not.toContainText('正在打开')
  await expect(page.locator('a, button').first()).toBeVisible()
})

test("a poster's link with the sentence's full stop behind it, or encoded twice, is its door", async ({
  page,
}) => {
  const venue = readDemo().venues.find(({ state }) => state === 'active')
  if (!venue) throw new Error('no venue')
  for (const path of [`/v/${venue.code}。`, `/v/${venue.code}%25E3%2580%2582`, `/v%2F${venue.code}`]) {
    await page.goto(path)
    await expect(page.getByText(`${venue.name} ${venue.point}`)).toBeVisible()
  }
})

test('provincial code and travel card are one tap from the code, and seen without scrolling', async ({
  page,
}, info) => {
  await openSignedIn(page, greenPhone(3))
  const province = page.getByTestId('strip-provincial')
  await expect(province).toContainText('苏康码')
  await page.screenshot({ path: info.outputPath('home.png') })
  await page.getByTestId('strip-travel').click()
  await page.getByRole('button', { name: '同意并查看行程卡' }).click()
  await expect(page.getByTestId('travel-card')).toContainText('最近 14 天到过')
  await page.screenshot({ path: info.outputPath('travel.png'), fullPage: true })
  await page.goBack()
  await expect(province).toBeInViewport({ ratio: 1 })
  await province.click()
  await expect(page.getByTestId('provincial-code')).toBeVisible()
  await expect(page.getByText('正在向省平台查询')).toHaveCount(0)
})

// What a browser's translation does: each text becomes one of the translator's own, and the app's is out of the page.
const translate = `
  for (const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), texts = []; ; ) {
    const next = walker.nextNode()
    if (next) { texts.push(next); continue }
    for (const text of texts) {
      const own = document.createElement('font')
      own.textContent = text.data
      text.replaceWith(own)
    }
    break
  }`

test('the clock goes on when the browser has translated the page', async ({ page }) => {
  await openSignedIn(page, greenPhone(4))
  await page.evaluate(translate)
  const clock = page.getByTestId('clock')
  const before = (await clock.textContent()) ?? ''
  await expect(clock).not.toHaveText(before)
  const later = (await clock.textContent()) ?? ''
  await expect(clock).not.toHaveText(later)
  for (const marked of ['clock', 'colour-word', 'numeric-code'])
    await expect(page.getByTestId(marked).locator('.notranslate[translate=no]').first()).toBeVisible()
  // The app itself goes on as well.
  await page.getByRole('button', { name: 'EN', exact: true }).click()
  await expect(page.getByTestId('colour-word')).toHaveText('GREEN', { ignoreCase: true })
})
