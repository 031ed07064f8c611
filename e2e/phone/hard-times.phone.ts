import { createHmac } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import type { Phone } from './phone.ts'
import { citizenFor, makePhone, newPhone, openSignedIn, phones, register, signIn, venueOf } from './steps.ts'

let phone: Phone | undefined
afterEach(() => {
  phone?.kill()
  const problems = phone?.problems ?? []
  phone = undefined
  expect(problems).toEqual([])
})

/** The started system's secret of access tokens, to make one that has run out. */
const tokenSecret = (): string => {
  const keys = readFileSync(join(process.env.E2E_DATA_DIRECTORY ?? '', 'keys.json'), 'utf8')
  return (JSON.parse(keys) as { tokenSecret: string }).tokenSecret
}

/** The same token as it will be when its time is over. */
const expired = (token: string): string => {
  const [header = '', payload = ''] = token.split('.')
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as { iat: number; exp: number }
  const old = Buffer.from(
    JSON.stringify({ ...claims, iat: claims.iat - 700, exp: claims.iat - 100 }),
  ).toString('base64url')
  return `${header}.${old}.${createHmac('sha256', tokenSecret()).update(`${header}.${old}`).digest('base64url')}`
}

describe.each(phones)('%s, %s phone', (platform, age) => {
  const green = (ready: Phone, at: number) =>
    citizenFor(ready, ({ colour, members }) => colour === 'green' && members === 0, at)

  it('keeps a scan made without a network and sends it later', async () => {
    phone = makePhone(platform, age)
    const mine = phone
    await openSignedIn(mine, green(mine, 8).phone)
    mine.setOffline(true)
    mine.person.scan = venueOf('pharmacy').link
    await mine.tap('扫场所码')
    await mine.tap('打开扫一扫')
    await mine.at('door')
    await mine.see(/不是通行凭证/)
    mine.kill()
    mine.coldStart()
    await mine.at('home')
    mine.setOffline(false)
    await mine.advance(16_000)
    await mine.until(
      () => mine.network.requests.some(({ path, status }) => path.endsWith('/visits') && status === 201),
      'the scan on the server',
    )
  })

  it('renews its session when the token has run out', async () => {
    phone = makePhone(platform, age)
    const mine = phone
    await openSignedIn(mine, green(mine, 9).phone)
    mine.kill()
    const key = 'jkb.session'
    const session = JSON.parse(JSON.parse(mine.storage.get(key) ?? '""') as string) as {
      accessToken: string
      renewedAt: number
    }
    session.accessToken = expired(session.accessToken)
    session.renewedAt -= 700_000
    mine.storage.set(key, JSON.stringify(JSON.stringify(session)))
    mine.network.requests.length = 0
    mine.coldStart()
    await mine.at('home')
    await mine.see(/秒后更新/)
    const answers = mine.network.requests.map(({ path, status }) => `${path.split('?')[0]} ${status}`)
    expect(answers).toContain('/api/v1/me/pass 401')
    expect(answers.find((answer) => answer.startsWith('/api/v1/sessions/refresh'))).toMatch(/ 20[01]$/)
  })

  it('says what to do when the camera is refused, and goes on when it is not', async () => {
    phone = makePhone(platform, age)
    const mine = phone
    mine.coldStart()
    await mine.at('home')
    await mine.tap('登录')
    await signIn(mine, newPhone())
    mine.person.photo = 'deny'
    await register(mine, '王小明')
    await mine.see(/没有摄像头权限/)
    mine.person.photo = 'cancel'
    await mine.tap('拍照核验')
    mine.person.photo = (await import('./person.ts')).PHOTO
    await mine.tap('拍照核验')
    await mine.at('home')
    await mine.see(/秒后更新/)
  })

  it.runIf(platform === 'weapp' && age === 'current')(
    'says so when privacy is not agreed to, and asks again',
    async () => {
      phone = makePhone(platform, age)
      const mine = phone
      mine.coldStart()
      await mine.at('home')
      await mine.tap('登录')
      await signIn(mine, newPhone())
      mine.person.privacy = 'disagree'
      await register(mine, '王小明')
      await mine.see(/没有摄像头权限|隐私/)
      mine.person.privacy = 'agree'
      await mine.tap('拍照核验')
      await mine.at('home')
      await mine.see(/秒后更新/)
    },
  )
})
