import { addresses } from '../addresses.ts'
import { newPhone, newResidentId, readDemo, readSmsCode } from '../demo.ts'
import { createPhone, type Phone, type Platform } from './phone.ts'

/** Every kind of phone that the programs are for. */
export const phones: [Platform, 'current' | 'old'][] = [
  ['weapp', 'current'],
  ['weapp', 'old'],
  ['alipay', 'current'],
  ['alipay', 'old'],
]

export const makePhone = (platform: Platform, age: 'current' | 'old'): Phone =>
  createPhone({ platform, age, server: addresses.server })

/** What a scanned poster opens the program with. */
export const openingOf = (platform: Platform, link: string) =>
  platform === 'weapp'
    ? { path: 'pages/door/index', query: { q: encodeURIComponent(link), scancode_time: '1' }, scene: 1011 }
    : { query: { qrCode: link }, scene: '1011' }

export const venueOf = (kind: string) => {
  const venue = readDemo().venues.find((each) => each.kind === kind && each.state === 'active')
  if (!venue) throw new Error(`no ${kind}`)
  return venue
}

/** A citizen of the fictional city, another for each kind of phone. */
export const citizenFor = (
  phone: Phone,
  which: (citizen: ReturnType<typeof readDemo>['citizens'][number]) => boolean,
  at = 0,
) => {
  const turn = phones.findIndex(([platform, age]) => platform === phone.platform && age === phone.age)
  const citizen = readDemo().citizens.filter(which)[at * phones.length + turn]
  if (!citizen) throw new Error('no citizen')
  return citizen
}

/** Signs in on the sign-in screen. */
export const signIn = async (phone: Phone, number: string): Promise<void> => {
  await phone.at('sign-in')
  await phone.type('phone', number)
  await phone.tap('获取验证码')
  await phone.until(() => phone.byId('sms-code'), 'the field for the code')
  await phone.type('sms-code', await readSmsCode(number))
  await phone.tap('登录')
}

/** Signs somebody of the fictional city in, on the phone on which they are known, and waits for the live code. */
export const openSignedIn = async (phone: Phone, number: string): Promise<void> => {
  // The program keeps JSON, and the host keeps what it is given as JSON again.
  phone.storage.set('jkb.device-secret', JSON.stringify(JSON.stringify(readDemo().deviceSecret)))
  phone.coldStart()
  await phone.at('home')
  await phone.tap('登录')
  await signIn(phone, number)
  await phone.at('home')
  await phone.see(/动态码|刷新/)
}

/** Goes through registration from its first step. */
export const register = async (phone: Phone, name: string): Promise<void> => {
  await phone.at('register')
  await phone.type('me-name', name)
  await phone.type('me-number', newResidentId())
  await phone.tap('下一步')
  await phone.tap('我已阅读并同意以上内容')
  await phone.tap('下一步')
  await phone.tap('拍照核验')
}

export { newPhone }
