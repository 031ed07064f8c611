import { existsSync } from 'node:fs'
import { run } from '../prepare/run.mjs'
import { Problem } from '../problem.mjs'

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome-stable']

export const findChromium = () =>
  [process.env.CHROMIUM_PATH, ...places].find((path) => path && existsSync(path))

/**
 * The browser of the journeys: the distribution's Chromium, installed when we are root on Debian or a relative.
 * @throws Problem saying what to install otherwise
 */
export const ensureChromium = async () => {
  const found = findChromium()
  if (found) return found
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    console.log('安装 Chromium … Installing Chromium …')
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    await run('apt-get', ['update'], { env, show: true })
    await run('apt-get', ['install', '-y', '--no-install-recommends', 'chromium', 'fonts-noto-cjk'], {
      env,
      show: true,
    })
    const installed = findChromium()
    if (installed) return installed
  }
  throw new Problem(
    '浏览器测试需要 Chromium：apt-get install chromium fonts-noto-cjk，或用 CHROMIUM_PATH=… 指定已有的浏览器。',
    'The browser journeys need Chromium: apt-get install chromium fonts-noto-cjk, or name an existing one with CHROMIUM_PATH=…',
  )
}
