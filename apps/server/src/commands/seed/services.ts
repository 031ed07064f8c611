import { randomUUID } from 'node:crypto'
import type { CityProfile } from '@jiankangbao/city/city-profile'
import type { Service } from '@jiankangbao/domain/service/service'
import type { DirectoryKind } from '@jiankangbao/domain/vocabulary/services'
import type { Transaction } from '../../db/pool.ts'

/** A module of somebody else, in the sandbox, to be tried. */
const sampleModule = (sandbox: string): Service => ({
  key: 'sample-module',
  title: { zh: '示例外部服务', en: 'Sample module' },
  words: { zh: '授权后办理（演示）', en: 'With your agreement (demonstration)' },
  icon: 'link',
  kind: 'link',
  url: `${sandbox}/module`,
  viewers: 'registered',
  elder: true,
  check: { url: `${sandbox}/healthz`, failing: 'grey' },
  scopes: [
    { scope: 'name', needed: true },
    { scope: 'colour', needed: false },
    { scope: 'phone', needed: false },
  ],
})

const other = (key: string, zh: string, en: string, kind: Service['kind']): Service => ({
  ...{ key, kind, title: { zh, en }, words: { zh: '演示，虚构', en: 'Demonstration, invented' } },
  ...{ icon: 'link', viewers: 'everybody', elder: false, scopes: [] },
})

/** One of every kind that the city itself does not begin with. */
const samplesOf = (sandbox: string, district: string): Service[] => [
  {
    ...other('sample-wechat', '示例微信小程序', 'Sample in WeChat', 'wechat'),
    appId: 'wx0123456789abcdef',
    path: 'pages/index/index',
  },
  { ...other('sample-alipay', '示例支付宝小程序', 'Sample in Alipay', 'alipay'), appId: '2021000000000000' },
  { ...other('sample-link', '示例网页', 'Sample page', 'link'), url: `${sandbox}/healthz` },
  {
    ...other('sample-district', '示例区级热线', 'Sample line of a district', 'telephone'),
    telephone: '0000-0000001',
    divisionCodes: [district],
  },
]

const KINDS: Record<DirectoryKind, { zh: string; en: string; hours: { zh: string; en: string } }[]> = {
  fever_clinic: [
    {
      zh: '示例医院发热门诊',
      en: 'Example Hospital, fever clinic',
      hours: { zh: '全天 24 小时', en: 'Day and night' },
    },
    {
      zh: '虚构中心卫生院发热哨点',
      en: 'Invented Health Centre, fever desk',
      hours: { zh: '每天 8:00–17:30', en: 'Every day 8:00–17:30' },
    },
  ],
  hospital: [
    {
      zh: '示例人民医院',
      en: "Example People's Hospital",
      hours: { zh: '急诊全天；门诊 8:00–17:30', en: 'Emergencies day and night; others 8:00–17:30' },
    },
    {
      zh: '虚构中医院',
      en: 'Invented Hospital of Chinese Medicine',
      hours: { zh: '周一至周六 8:00–17:00', en: 'Monday to Saturday 8:00–17:00' },
    },
  ],
  vaccination: [
    {
      zh: '示例社区接种点',
      en: 'Example vaccination site',
      hours: { zh: '周一至周五 8:30–16:30', en: 'Monday to Friday 8:30–16:30' },
    },
  ],
  community: [
    {
      zh: '示例社区居委会',
      en: 'Example residents’ committee',
      hours: { zh: '全天有人值守', en: 'Day and night' },
    },
    {
      zh: '虚构社区居委会',
      en: 'Invented residents’ committee',
      hours: { zh: '每天 8:00–20:00', en: 'Every day 8:00–20:00' },
    },
  ],
}

/** Invented places in the districts that have an office, and the services with a module of the sandbox among them. */
export const insertServices = async (
  tx: Transaction,
  city: CityProfile,
  operatorIds: Map<string, string>,
  sandbox: string | undefined,
): Promise<void> => {
  const { offices, middle } = city.demonstration
  let number = 0
  for (const [kind, places] of Object.entries(KINDS))
    for (const place of places) {
      const office = offices[number % offices.length]
      await tx.query(
        `insert into directory_places (kind, division_code, name_zh, name_en, address, hours_zh, hours_en, telephone, latitude, longitude,
           made_by, changed_at, request_id)
         values ($1::text, $2::text, $3::text, $4::text, $5::text, $6::text, $7::text, '0000-0000000', $8::float8, $9::float8,
           $10::bigint, now(), $11::uuid)`,
        [
          kind,
          office?.division,
          `${place.zh}（虚构）`,
          place.en,
          `虚构路 ${number * 7 + 5} 号`,
          place.hours.zh,
          place.hours.en,
          middle.latitude + (number - 3) * 0.008,
          middle.longitude + (number % 3) * 0.01,
          operatorIds.get(office?.username ?? ''),
          randomUUID(),
        ],
      )
      number += 1
    }
  if (sandbox === undefined) return
  const district = offices[0]?.division ?? ''
  const services = [...city.services(city.hotline), sampleModule(sandbox), ...samplesOf(sandbox, district)]
  await tx.query(
    `insert into service_lists (state, services, change_note, edited_by, edited_at, released_by, released_at)
     values ('released', $1::jsonb, '演示：加入示例外部服务', $2::bigint, now(), $3::bigint, now())`,
    [JSON.stringify(services), operatorIds.get('hq'), operatorIds.get('hq2')],
  )
}
