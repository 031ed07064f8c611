import type { CityProfile, DemonstrationOperator } from '@jiankangbao/city/city-profile'
import type { OperatorRole } from '@jiankangbao/contracts/operator/schemas'

export interface SeedOperator {
  username: string
  displayName: string
  organisation: string
  roles: OperatorRole[]
  divisionCode: string
  /** Names of venues that this operator manages or checks at. */
  venues?: string[]
}

/** One operator of every role, two where somebody must approve what another proposes. Invented people. */
export const seedOperators = ({ division, hotline, demonstration }: CityProfile): SeedOperator[] => {
  const { offices, venueManager, laboratory } = demonstration
  const ofCity = (
    username: string,
    displayName: string,
    organisation: string,
    role: OperatorRole,
  ): SeedOperator => ({ username, displayName, organisation, roles: [role], divisionCode: division })
  const ofDistrict = (
    { username, displayName, organisation, division: divisionCode }: DemonstrationOperator,
    role: OperatorRole,
  ): SeedOperator => ({ username, displayName, organisation, roles: [role], divisionCode })
  return [
    ofCity('hq', '指挥部甲', '市防疫指挥部（示例）', 'hq'),
    ofCity('hq2', '指挥部乙', '市防疫指挥部（示例）', 'hq'),
    ...offices.map((office) => ofDistrict(office, 'office')),
    ofCity('epi', '流调员', '市疾控中心（示例）', 'epidemiologist'),
    ofCity('hotline', '话务员', `${hotline} 热线（示例）`, 'hotline'),
    ofCity('auditor', '审计员', '市审计局（示例）', 'auditor'),
    ofCity('sysadmin', '系统管理员', '市大数据中心（示例）', 'sysadmin'),
    { ...ofDistrict(venueManager, 'venue_manager'), venues: [venueManager.organisation] },
    ofCity('checker', '查验员', '示例查验队', 'checker'),
    ofCity('sampler', '采样员', '示例采样队', 'sampler'),
    ofCity('lab', '检测机构', laboratory, 'lab'),
  ]
}

/** A TOTP secret per operator, from the username, so that it is the same in every demonstration city. */
export const demoTotpSecret = (index: number): string => {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
  let secret = ''
  for (let at = 0; at < 32; at += 1) secret += alphabet.charAt((index * 7 + at * 11 + (index + 3) * at) % 32)
  return secret
}
