import { afterEach, describe, expect, it } from 'vitest'
import type { Phone } from './phone.ts'
import {
  citizenFor,
  makePhone,
  newPhone,
  openingOf,
  openSignedIn,
  phones,
  register,
  signIn,
  venueOf,
} from './steps.ts'

let phone: Phone | undefined
afterEach(() => {
  phone?.kill()
  const problems = phone?.problems ?? []
  phone = undefined
  expect(problems).toEqual([])
})

describe.each(phones)('%s, %s phone', (platform, age) => {
  it('a newcomer scans a poster, cold: signs in by SMS, registers with a face, and stands at that door', async () => {
    phone = makePhone(platform, age)
    const door = venueOf('pharmacy')
    phone.coldStart(openingOf(platform, door.link))
    await phone.at('sign-in')
    await phone.see(door.name)
    await signIn(phone, newPhone())
    await register(phone, '王小明')
    await phone.at('door')
    await phone.see(door.name)
    await phone.see(/请通行|请出示|请勿入内|请稍候/)
  })

  it('shows the live code with digits, and another after half a minute', async () => {
    phone = makePhone(platform, age)
    const citizen = citizenFor(phone, ({ colour, members }) => colour === 'green' && members === 0)
    await openSignedIn(phone, citizen.phone)
    await phone.see('●')
    const digits = () => /数字码\s*(\d{4}\s?-?\s?\d{4})/.exec(phone?.read() ?? '')?.[1]
    const first = await phone.until(digits, 'the digits')
    await phone.advance(31_000)
    await phone.until(() => digits() !== undefined && digits() !== first, 'other digits')
    await phone.see(/秒后更新/)
  })

  it('scans a poster with the scanner, and another one by a warm start', async () => {
    phone = makePhone(platform, age)
    const citizen = citizenFor(phone, ({ colour, members }) => colour === 'green' && members === 0, 1)
    await openSignedIn(phone, citizen.phone)
    const [pharmacy, station] = [venueOf('pharmacy'), venueOf('supermarket')]
    phone.person.scan = pharmacy.link
    await phone.tap('扫场所码')
    await phone.at('scan')
    await phone.tap('打开扫一扫')
    await phone.at('door')
    await phone.see(pharmacy.name)
    await phone.see('请通行')
    phone.warmStart(openingOf(platform, station.link))
    await phone.see(station.name)
    await phone.see('请通行')
  })

  it('signs out: the session is dead on the server too', async () => {
    phone = makePhone(platform, age)
    const citizen = citizenFor(phone, ({ colour, members }) => colour === 'green' && members === 0, 2)
    await openSignedIn(phone, citizen.phone)
    await phone.tap('设置')
    await phone.at('settings')
    await phone.tap('退出登录')
    await phone.see('退出登录？')
    await phone.tap('退出登录')
    await phone.until(
      () =>
        phone?.network.requests.some(
          ({ method, path, status }) =>
            method === 'DELETE' && path.endsWith('/sessions/current') && status === 204,
        ),
      'the end of the session',
    )
  })
})
