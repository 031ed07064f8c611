import { setTimeout as sleep } from 'node:timers/promises'
import type { Browser, BrowserContext, CDPSession, Page } from '@playwright/test'

/** How slow the phone and its network are. */
export interface Slowness {
  /** Times slower than this machine's processor. */
  processor: number
  downKilobits: number
  upKilobits: number
  /** Of every request, milliseconds. */
  latencyMs: number
}

/** One opening of an address. Milliseconds from the moment the address was asked for; bytes as they crossed the line. */
export interface Opening {
  /** Something other than white is on the screen. */
  firstPaintMs: number
  /** What the person came for is there. */
  readyMs: number
  bytes: number
  scriptBytes: number
  requests: number
}

type State = Awaited<ReturnType<BrowserContext['storageState']>>

const size = { width: 390, height: 844 }

/** Notes in the page itself when `selector` appears: a poll from outside would wait for the busy processor as well. */
const watchFor = (selector: string) => `
  (() => {
    const look = () => {
      if (window.readyAt === undefined && document.querySelector(${JSON.stringify(selector)}))
        requestAnimationFrame(() => { window.readyAt = window.readyAt ?? performance.now() })
    }
    new MutationObserver(look).observe(document, { childList: true, subtree: true, attributes: true })
  })()`

const countTraffic = async (session: CDPSession) => {
  const kinds = new Map<string, string>()
  const sum = { bytes: 0, scriptBytes: 0, requests: 0 }
  session.on('Network.responseReceived', ({ requestId, type }) => kinds.set(requestId, type))
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    sum.bytes += encodedDataLength
    if (kinds.get(requestId) === 'Script') sum.scriptBytes += encodedDataLength
    if (encodedDataLength > 0) sum.requests += 1
  })
  await session.send('Network.enable')
  return sum
}

const slowDown = async (session: CDPSession, slow: Slowness) => {
  await session.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: slow.latencyMs,
    downloadThroughput: (slow.downKilobits * 1000) / 8,
    uploadThroughput: (slow.upKilobits * 1000) / 8,
  })
  await session.send('Emulation.setCPUThrottlingRate', { rate: slow.processor })
}

// The page's own policy forbids what Playwright's waiting evaluates inside it; asking from outside is allowed.
const waitUntilReady = async (page: Page): Promise<{ firstPaint: number; ready: number }> => {
  for (const giveUpAt = Date.now() + 120_000; Date.now() < giveUpAt; await sleep(250)) {
    const seen = await page.evaluate<{ firstPaint: number; ready?: number }>(`({
      firstPaint: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0,
      ready: window.readyAt,
    })`)
    if (seen.ready !== undefined && seen.firstPaint > 0)
      return { firstPaint: seen.firstPaint, ready: seen.ready }
  }
  throw new Error(`${page.url()} did not get ready in two minutes`)
}

const open = async (page: Page, url: string, selector: string, slow: Slowness): Promise<Opening> => {
  const session = await page.context().newCDPSession(page)
  const traffic = await countTraffic(session)
  await slowDown(session, slow)
  await page.addInitScript(watchFor(selector))
  await page.goto(url, { waitUntil: 'commit', timeout: 120_000 })
  const seen = await waitUntilReady(page)
  return { firstPaintMs: Math.round(seen.firstPaint), readyMs: Math.round(seen.ready), ...traffic }
}

/**
 * Opens an address as a phone that was never there does, and once more with what it then has: `selector` says what
 * the person came for.
 */
export const openTwice = async (
  browser: Browser,
  { url, selector, state, slow }: { url: string; selector: string; state?: State; slow: Slowness },
): Promise<{ first: Opening; again: Opening }> => {
  const context = await browser.newContext({
    viewport: size,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    ...(state ? { storageState: state } : {}),
  })
  try {
    const once = async () => {
      const page = await context.newPage()
      const opening = await open(page, url, selector, slow)
      await page.close()
      return opening
    }
    return { first: await once(), again: await once() }
  } finally {
    await context.close()
  }
}
