import { afterEach, describe, expect, it } from 'vitest'
import type { Phone } from './phone.ts'
import { citizenFor, makePhone, openSignedIn, phones, venueOf } from './steps.ts'

let phone: Phone | undefined
afterEach(() => {
  phone?.kill()
  const problems = phone?.problems ?? []
  phone = undefined
  expect(problems).toEqual([])
})

describe.each(phones)('%s, %s phone', (platform, age) => {
  it('takes a member of the family along at a door, on the result', async () => {
    phone = makePhone(platform, age)
    const mine = phone
    await openSignedIn(mine, citizenFor(mine, ({ members }) => members > 0).phone)
    const records = () =>
      mine.network.requests.filter(({ path, status }) => path.endsWith('/visits') && status === 201).length
    mine.person.scan = venueOf('pharmacy').link
    await mine.tap('扫场所码')
    await mine.tap('打开扫一扫')
    await mine.at('door')
    await mine.tap('为家人、同行人一起登记')
    await mine.tap(/(子女|父母|配偶|祖父母|被监护人|其他)$/)
    await mine.tap('登记通行')
    await mine.until(() => records() === 2, 'the second record')

    // At the next door the same member is asked for, not sent along.
    mine.person.scan = venueOf('supermarket').link
    await mine.tap('扫下一个码')
    await mine.tap('打开扫一扫')
    await mine.see('家人也来了吗')
    expect(records()).toBe(3)
    await mine.tap(/也来了$/)
    await mine.until(() => records() === 4, 'the fourth record')
    await mine.tap('这次没来')
    await mine.see('已注明这次没来')
  })

  it('lets a traveller in at the station without a position, and asks for one with its reason', async () => {
    phone = makePhone(platform, age)
    const mine = phone
    await openSignedIn(
      mine,
      citizenFor(mine, ({ colour, members }) => colour === 'green' && members === 0, 11).phone,
    )
    mine.person.scan = venueOf('railway_station').link
    mine.person.location = 'deny'
    await mine.tap('扫场所码')
    await mine.tap('打开扫一扫')
    await mine.see('请告诉我们您在现场')
    await mine.tap('提供大致位置')
    await mine.see('手机没有允许使用位置。通行不受影响')
    await mine.tap('不提供')
    await mine.see('没有提供位置，通行不受影响')
  })

  it('says that a refused scanner and a strange code open no door, and takes a typed one', async () => {
    phone = makePhone(platform, age)
    const mine = phone
    await openSignedIn(
      mine,
      citizenFor(mine, ({ colour, members }) => colour === 'green' && members === 0, 10).phone,
    )
    await mine.tap('扫场所码')
    mine.person.scan = 'deny'
    await mine.tap('打开扫一扫')
    await mine.see(/没有摄像头权限/)
    mine.person.scan = 'https://example.com/menu'
    await mine.tap('打开扫一扫')
    await mine.see('这不是本市的场所码')
    await mine.type('venue-code', venueOf('pharmacy').code)
    await mine.tap('打开')
    await mine.at('door')
    await mine.see(venueOf('pharmacy').name)
  })
})
