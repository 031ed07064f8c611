import type { OperatorRole } from '@jiankangbao/contracts/schemas/operator'
import { PUBLISHED_PASSWORD } from '../../features/people/operator/credentials.ts'

export interface SeedOperator {
  username: string
  displayName: string
  organisation: string
  roles: OperatorRole[]
  divisionCode: string
  /** Names of venues that this operator manages or checks at. */
  venues?: string[]
}

const city = '320300'
const headquarters = '市防疫指挥部（示例）'

/** One operator of every role, two where somebody must approve what another proposes. Invented people. */
export const seedOperators: SeedOperator[] = [
  { username: 'hq', displayName: '指挥部甲', organisation: headquarters, roles: ['hq'], divisionCode: city },
  { username: 'hq2', displayName: '指挥部乙', organisation: headquarters, roles: ['hq'], divisionCode: city },
  {
    username: 'office-yunlong',
    displayName: '云龙防控办甲',
    organisation: '云龙区防控办（示例）',
    roles: ['office'],
    divisionCode: '320303',
  },
  {
    username: 'office-yunlong2',
    displayName: '云龙防控办乙',
    organisation: '云龙区防控办（示例）',
    roles: ['office'],
    divisionCode: '320303',
  },
  {
    username: 'office-quanshan',
    displayName: '泉山防控办',
    organisation: '泉山区防控办（示例）',
    roles: ['office'],
    divisionCode: '320311',
  },
  {
    username: 'epi',
    displayName: '流调员',
    organisation: '市疾控中心（示例）',
    roles: ['epidemiologist'],
    divisionCode: city,
  },
  {
    username: 'hotline',
    displayName: '话务员',
    organisation: '12345 热线（示例）',
    roles: ['hotline'],
    divisionCode: city,
  },
  {
    username: 'auditor',
    displayName: '审计员',
    organisation: '市审计局（示例）',
    roles: ['auditor'],
    divisionCode: city,
  },
  {
    username: 'sysadmin',
    displayName: '系统管理员',
    organisation: '市大数据中心（示例）',
    roles: ['sysadmin'],
    divisionCode: city,
  },
  {
    username: 'venue-mall',
    displayName: '商场管理员',
    organisation: '彭城虚构广场',
    roles: ['venue_manager'],
    divisionCode: '320303',
    venues: ['彭城虚构广场'],
  },
  {
    username: 'checker',
    displayName: '查验员',
    organisation: '示例查验队',
    roles: ['checker'],
    divisionCode: city,
  },
  {
    username: 'sampler',
    displayName: '采样员',
    organisation: '示例采样队',
    roles: ['sampler'],
    divisionCode: city,
  },
  {
    username: 'lab',
    displayName: '检测机构',
    organisation: '徐州第一医学检验所（示例）',
    roles: ['lab'],
    divisionCode: city,
  },
]

/** Published on purpose: the demonstration city protects nobody. */
export const DEMO_PASSWORD = PUBLISHED_PASSWORD

/** A TOTP secret per operator, from the username, so that it is the same in every demonstration city. */
export const demoTotpSecret = (index: number): string => {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
  let secret = ''
  for (let at = 0; at < 32; at += 1) secret += alphabet.charAt((index * 7 + at * 11 + (index + 3) * at) % 32)
  return secret
}
