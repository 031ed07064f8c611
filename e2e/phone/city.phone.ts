import { afterEach, describe, expect, it } from 'vitest'
import { addresses } from '../addresses.ts'
import type { Phone } from './phone.ts'
import { citizenFor, makePhone, openSignedIn, phones } from './steps.ts'

let phone: Phone | undefined
afterEach(() => {
  phone?.kill()
  const problems = phone?.problems ?? []
  phone = undefined
  expect(problems).toEqual([])
})

interface Told {
  announcementId: string
  title: { zh: string }
  urgent: boolean
}
const findUrgent = async (): Promise<Told> => {
  const answer = await fetch(`${addresses.server}/api/v1/announcements`)
  const { announcements } = (await answer.json()) as { announcements: Told[] }
  const found = announcements.find(({ urgent, title }) => urgent && title.zh.includes('演示'))
  if (!found) throw new Error('no urgent notice')
  return found
}

describe.each(phones)('%s, %s phone', (platform, age) => {
  /** As a link to a page opens it: WeChat hands its query over apart, Alipay has it in the address. */
  const startAt = (of: Phone, screen: string, id?: string): void => {
    const path = `pages/${screen}/index`
    if (id === undefined) of.coldStart({ path })
    else if (platform === 'weapp') of.coldStart({ path, query: { id } })
    else of.coldStart({ path: `${path}?id=${id}` })
  }
  const open = (screen: string, id?: string): Phone => {
    phone = makePhone(platform, age)
    startAt(phone, screen, id)
    return phone
  }
  const signedIn = async (at: number): Promise<Phone> => {
    phone = makePhone(platform, age)
    const citizen = citizenFor(phone, ({ colour, members }) => colour === 'green' && members === 0, at)
    await openSignedIn(phone, citizen.phone)
    return phone
  }
  const answered = (ready: Phone, method: string, end: string, status: number) =>
    ready.until(
      () =>
        ready.network.requests.some(
          (each) => each.method === method && each.path.endsWith(end) && each.status === status,
        ),
      `${method} ${end} ${status}`,
    )

  it('opens what the city offers: a screen, a telephone, a map, a page and a program of others', async () => {
    const mine = open('services')
    await mine.see('发热门诊')
    await mine.tap('发热门诊')
    await mine.at('directory')
    await mine.see('24 小时')
    await mine.tap('怎么去')
    await mine.until(() => mine.noticed.some((each) => each.startsWith('map ')), 'the map')
    mine.back()
    await mine.at('services')
    await mine.tap('政务服务热线')
    await mine.until(() => mine.noticed.some((each) => each.startsWith('called ')), 'a call')

    // An address of others is put where it can be pasted, and it is said: Alipay says nothing by itself.
    await mine.tap(/^前往 /)
    await mine.until(() => mine.noticed.some((each) => each.startsWith('copied http')), 'the address')
    await mine.see('网址已复制')

    const [here, there] = platform === 'weapp' ? ['微信', '支付宝'] : ['支付宝', '微信']
    await mine.see(`请在${there}中打开`)
    // Closed at the host's own question: nothing to be said. The host can not open it: that is said.
    mine.person.confirms = false
    await mine.tap(`示例${here}小程序`)
    expect(mine.read()).not.toContain('没有打开')
    mine.person.confirms = true
    await mine.tap(`示例${here}小程序`)
    await mine.until(() => mine.noticed.some((each) => each.startsWith('program ')), 'the other program')
  })

  it('offers what is of the chosen district, and keeps both for the next start without a network', async () => {
    const mine = open('services')
    await mine.see('示例区级热线')
    await mine.tap('鼓楼区')
    await mine.until(() => !mine.read().includes('示例区级热线') || undefined, 'the list of the district')
    await mine.tap('云龙区')
    await mine.see('示例区级热线')
    mine.setOffline(true)
    mine.coldStart({ path: 'pages/services/index', query: {} })
    await mine.see('没有连上服务器')
    await mine.see('示例区级热线')
    expect(mine.read()).not.toContain('网络不给力')
    mine.setOffline(false)
  })

  it('reads a notice by its address without signing in: file, telephone, link to pass on', async () => {
    const notice = await findUrgent()
    const mine = open('announcement', notice.announcementId)
    await mine.see(notice.title.zh)
    await mine.see('佩戴口罩')
    await mine.tap('附件')
    await mine.until(() => mine.noticed.includes('document pdf'), 'the file')
    await mine.tap('复制链接，发给别人')
    await mine.until(
      () => mine.noticed.find((each) => each.includes(`/announcement?id=${notice.announcementId}`)),
      'the link',
    )
    await mine.see('链接已复制')

    // The same again from the background, and without a network as this phone has it, with its age.
    mine.warmStart()
    await mine.see(notice.title.zh)
    mine.setOffline(true)
    startAt(mine, 'announcement', notice.announcementId)
    await mine.see('佩戴口罩')
    await mine.see('本机')
    await mine.tap('附件')
    await mine.see('没有打开')
    mine.setOffline(false)
  })

  it('lists notices without a network, and what it never had it does not have', async () => {
    const notice = await findUrgent()
    const mine = open('announcements')
    await mine.see(notice.title.zh)
    mine.setOffline(true)
    mine.coldStart({ path: 'pages/announcements/index', query: {} })
    await mine.see('本机')
    await mine.see(notice.title.zh)
    await mine.tap(notice.title.zh)
    await mine.at('announcement')
    await mine.see(/没有网络|重试/)
    mine.setOffline(false)
    await mine.tap('重试')
    await mine.see('佩戴口罩')
  })

  it('writes a ticket with a picture, adds to it after a new start, and takes it back', async () => {
    const mine = await signedIn(12)
    await mine.tap('诉求与咨询')
    await mine.at('tickets')
    await mine.tap('写一件新的')
    await mine.at('ticket')
    await mine.tap(/我的信息有误$/)
    await mine.tap(/手机号换了$/)
    await mine.type('ticket-statement', '手机号换了，请把登记的号码改成新的。')
    // What was typed is there after the program was ended; pictures are not kept.
    mine.kill()
    mine.coldStart({ path: 'pages/ticket/index', query: {} })
    await mine.until(() => mine.byId('ticket-statement')?.attributes.value || undefined, 'what was typed')
    await mine.tap('添加图片')
    await mine.see('删除图片 1')
    await mine.type('ticket-phone', '13912345678')
    await mine.tap('选择地点')
    for (const name of ['云龙区', '就选 云龙区']) await mine.tap(name)
    await mine.tap('提交')
    await mine.at('tickets')
    await answered(mine, 'POST', '/tickets', 201)
    await mine.see('已收到')
    await mine.see('图片 1 张')
    mine.warmStart()
    await mine.see('已收到')
    await mine.tap('撤回')
    await mine.see('撤回这件工单？')
    await mine.tap('撤回')
    await mine.see('您已撤回')
  })

  it('agrees to what a module of others gets, and passes its address on', async () => {
    const mine = await signedIn(13)
    mine.coldStart({ path: 'pages/services/index', query: {} })
    await mine.tap('示例外部服务')
    await mine.at('service-consent')
    await mine.see('它请求获得')
    await mine.tap('同意并前往')
    await mine.tap(/^前往 /)
    await mine.until(
      () => mine.noticed.find((each) => /copied http.*\/module#token=/.test(each)),
      'the address with its token',
    )
    await mine.see('对方未获取')
  })
})
