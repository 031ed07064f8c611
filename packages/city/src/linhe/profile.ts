import { MARCH_2022 } from '@jiankangbao/domain/status/rulesets/march-2022'
import type { CityProfile } from '../city-profile.ts'
import { namedRules } from '../named-rules.ts'
import { standardServices } from '../services.ts'

/**
 * 临禾, a city that is nowhere: its province has a number that no province has. The tests start it, so that nothing of
 * the first city stays in the program unseen.
 */
export const linhe: CityProfile = {
  name: { zh: '临禾', en: 'Linhe' },
  fullName: '云禾省临禾市',
  division: '390100',
  districts: [
    ['390102', '东禾区', 'Donghe District'],
    ['390103', '西禾区', 'Xihe District'],
    ['390121', '上禾县', 'Shanghe County'],
  ],
  hotline: '96390',
  ruleset: namedRules(
    MARCH_2022,
    'linhe-2022-03',
    { zh: '临禾市健康码规则（2022年3月）', en: 'Colour rules of March 2022' },
    { zh: '云康码', en: 'Provincial code' },
  ),
  services: standardServices,
  demonstration: {
    divisionName: { zh: '临禾市（虚构）', en: 'Linhe (fictional)' },
    streets: [['禾苗街道', 'Hemiao Subdistrict']],
    communities: [['禾香社区', 'Hexiang Community']],
    offices: [
      {
        username: 'office-donghe',
        displayName: '东禾防控办甲',
        organisation: '东禾区防控办（示例）',
        division: '390102',
      },
      {
        username: 'office-donghe2',
        displayName: '东禾防控办乙',
        organisation: '东禾区防控办（示例）',
        division: '390102',
      },
      {
        username: 'office-xihe',
        displayName: '西禾防控办',
        organisation: '西禾区防控办（示例）',
        division: '390103',
      },
    ],
    venueManager: {
      username: 'venue-mall',
      displayName: '商场管理员',
      organisation: '禾丰虚构广场',
      division: '390102',
    },
    laboratory: '临禾医学检验所（示例）',
    password: 'demo-linhe-2022',
    middle: { latitude: 30.5, longitude: 111.5 },
    venues: [
      ['禾丰虚构广场', 'mall', '390102', ['东门', '西门']],
      ['临禾示例站', 'railway_station', '390103', ['出站口']],
      ['禾苗幼儿园', 'kindergarten', '390103', ['校门']],
      ['临禾示例医院', 'hospital', '390102', ['门诊入口']],
      ['上禾示例超市', 'supermarket', '390121', ['入口']],
      ['禾家小馆（示例）', 'catering', '390102', ['门口']],
      ['禾香小区', 'estate', '390102', ['正门']],
      ['旧仓库展厅（示例）', 'culture_leisure', '390103', ['入口']],
    ],
    suspended: ['旧仓库展厅（示例）'],
    waiting: [['新开面馆（示例）', 'catering', '390102', ['门口']]],
    documentPrefixes: ['390102', '390103'],
  },
}
