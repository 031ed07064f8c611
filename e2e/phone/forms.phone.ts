import { afterEach, describe, expect, it } from 'vitest'
import { newResidentId } from '../demo.ts'
import type { Phone } from './phone.ts'
import { citizenFor, makePhone, openSignedIn, phones } from './steps.ts'

let phone: Phone | undefined
afterEach(() => {
  phone?.kill()
  const problems = phone?.problems ?? []
  phone = undefined
  expect(problems).toEqual([])
})

const shanghai = (instant: number): string => new Date(instant + 8 * 3600_000).toISOString()
const answered = (ready: Phone, method: string, end: string, status: number) =>
  ready.until(
    () =>
      ready.network.requests.some(
        (each) => each.method === method && each.path.endsWith(end) && each.status === status,
      ),
    `${method} ${end} ${status}`,
  )

describe.each(phones)('%s, %s phone', (platform, age) => {
  const open = async (at: number, colour = 'green'): Promise<Phone> => {
    phone = makePhone(platform, age)
    const citizen = citizenFor(phone, (each) => each.colour === colour && each.members === 0, at)
    await openSignedIn(phone, citizen.phone)
    return phone
  }

  it('takes a grandmother in, makes and reports her paper code, and removes her', async () => {
    const mine = await open(4)
    await mine.tap('家庭成员')
    await mine.tap('添加家庭成员')
    await mine.type('member-name', '李桂兰')
    await mine.type('member-number', newResidentId('19450307'))
    await mine.tap(/父母$/)
    await mine.tap(/用这部手机刷脸$/)
    await mine.tap('下一步：本人刷脸')
    await mine.tap('拍照核验')
    await mine.at('family')
    await mine.tap('纸质码')
    await mine.tap('生成纸质码')
    await mine.see('本码不含颜色、须与证件同验')
    await mine.tap('挂失')
    await mine.see('挂失纸质码？')
    await mine.tap('挂失')
    await mine.see('已挂失，原纸质码不能再使用。')
    mine.back()
    await mine.at('family')
    await mine.tap('移除')
    await mine.see(/移除 李.*？/)
    await mine.tap('移除')
    await mine.see('还没有家庭成员')
  })

  it('registers a journey to the city', async () => {
    const mine = await open(5)
    const arrival = shanghai(Date.now() + 3600_000)
    await mine.tap('入徐登记')
    await mine.tap(/新的登记/)
    await mine.at('entry-form')
    await mine.tap(/火车$/)
    await mine.type('entry-number', 'G115')
    await mine.type('entry-arrive-on', arrival.slice(0, 10).replaceAll('-', ''))
    await mine.type('entry-arrive-at', arrival.slice(11, 16).replace(':', ''))
    await mine.tap('下一步')
    await mine.tap('选择地点')
    for (const name of ['广东省', '深圳市', '南山区']) await mine.tap(name)
    await mine.tap(/14 天都在出发地/)
    await mine.tap('下一步')
    await mine.tap('选择地点')
    for (const name of ['云龙区', '就选 云龙区']) await mine.tap(name)
    await mine.type('entry-detail', '示例路 7 号')
    await mine.tap(/工作$/)
    await mine.tap('下一步')
    await mine.tap(/我承诺/)
    await mine.tap('提交登记')
    await mine.at('entry')
    await mine.see('G115')
  })

  it('declares health', async () => {
    const mine = await open(6)
    await mine.tap('健康申报')
    await mine.tap(/没有不适$/)
    await mine.type('declare-temperature', '36.5')
    await mine.tap(/我承诺/)
    await mine.tap('提交申报')
    await mine.see('申报已提交')
  })

  it('objects to a yellow code with a picture', async () => {
    const mine = await open(0, 'yellow')
    await mine.tap('我有异议')
    await mine.at('appeal')
    await mine.type('appeal-statement', '那几天我在外地出差，没有到过该地，有车票为证。')
    await mine.tap('添加图片')
    await mine.see('删除图片 1')
    await mine.type('appeal-phone', '13912345678')
    await mine.tap('选择地点')
    for (const name of ['鼓楼区', '就选 鼓楼区']) await mine.tap(name)
    await mine.tap('提交申诉')
    await mine.at('appeals')
    await answered(mine, 'POST', '/appeals', 201)
    await mine.see('待受理')
    await mine.see('图片 1 张')
    await mine.tap('撤回')
    await mine.see('撤回这份申诉？')
    await mine.tap('撤回')
    await mine.see('已撤回')
  })
})
