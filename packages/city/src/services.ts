import type { Service } from '@jiankangbao/domain/service/service'
import type { DirectoryKind, ServiceIcon, ServiceScreen } from '@jiankangbao/domain/vocabulary/services'

const screen = (
  key: string,
  target: ServiceScreen,
  icon: ServiceIcon,
  title: readonly [zh: string, en: string],
  words: readonly [zh: string, en: string],
  viewers: Service['viewers'] = 'everybody',
): Service => ({
  key,
  title: { zh: title[0], en: title[1] },
  words: { zh: words[0], en: words[1] },
  icon,
  kind: 'screen',
  screen: target,
  viewers,
  elder: true,
  scopes: [],
})

const directory = (
  key: string,
  directoryKind: DirectoryKind,
  icon: ServiceIcon,
  title: readonly [zh: string, en: string],
  words: readonly [zh: string, en: string],
): Service => ({ ...screen(key, 'directory', icon, title, words), directoryKind })

/** The services that every city begins with; headquarters go on from here. */
export const standardServices = (hotline: string): Service[] => [
  screen(
    'tests',
    'tests',
    'tests',
    ['核酸检测', 'Tests'],
    ['结果与预约', 'Results and bookings'],
    'registered',
  ),
  screen(
    'test-sites',
    'test-sites',
    'testSites',
    ['采样点', 'Testing sites'],
    ['地点、时间和排队', 'Where, when, how long'],
  ),
  screen(
    'entry',
    'entry',
    'entry',
    ['入市登记', 'Arrival registration'],
    ['来返前先报备', 'Before you come'],
    'registered',
  ),
  screen(
    'origin',
    'origin',
    'origin',
    ['来返政策', 'Entry policies'],
    ['我从外地来，有什么要求', 'What is asked of me'],
  ),
  screen(
    'risk-areas',
    'risk-areas',
    'riskAreas',
    ['风险地区', 'Risk areas'],
    ['全国名单', 'The national list'],
  ),
  screen(
    'announcements',
    'announcements',
    'announcements',
    ['通知公告', 'Announcements'],
    ['通告、政策、问答', 'Notices, policies, answers'],
  ),
  directory(
    'fever-clinics',
    'fever_clinic',
    'clinic',
    ['发热门诊', 'Fever clinics'],
    ['地址、时间和电话', 'Where, when, by phone'],
  ),
  directory(
    'hospitals',
    'hospital',
    'hospital',
    ['医院', 'Hospitals'],
    ['就诊与急诊', 'Care and emergencies'],
  ),
  directory(
    'vaccination',
    'vaccination',
    'vaccination',
    ['疫苗接种', 'Vaccination'],
    ['接种点名录', 'Vaccination sites'],
  ),
  directory(
    'communities',
    'community',
    'community',
    ['社区联系', 'Community contacts'],
    ['报备、就医、生活物资', 'Reports, care, supplies'],
  ),
  {
    key: 'hotline',
    title: { zh: hotline, en: hotline },
    words: { zh: '政务服务热线', en: 'The city hotline' },
    icon: 'help',
    kind: 'telephone',
    telephone: hotline,
    viewers: 'everybody',
    elder: true,
    scopes: [],
  },
]
