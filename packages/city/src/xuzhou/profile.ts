import { MARCH_2022 } from '@jiankangbao/domain/status/rulesets/march-2022'
import type { CityProfile } from '../city-profile.ts'
import { namedRules } from '../named-rules.ts'
import { standardServices } from '../services.ts'
import { demonstration } from './demonstration.ts'

export const xuzhou: CityProfile = {
  name: { zh: '徐州', en: 'Xuzhou' },
  fullName: '江苏省徐州市',
  division: '320300',
  districts: [
    ['320302', '鼓楼区', 'Gulou District'],
    ['320303', '云龙区', 'Yunlong District'],
    ['320305', '贾汪区', 'Jiawang District'],
    ['320311', '泉山区', 'Quanshan District'],
    ['320312', '铜山区', 'Tongshan District'],
    ['320321', '丰县', 'Feng County'],
    ['320322', '沛县', 'Pei County'],
    ['320324', '睢宁县', 'Suining County'],
    ['320381', '新沂市', 'Xinyi City'],
    ['320382', '邳州市', 'Pizhou City'],
    // It administers itself as a district does, and people say that they live there.
    ['320371', '徐州经济技术开发区', 'Xuzhou Economic and Technological Development Zone'],
  ],
  hotline: '12345',
  ruleset: namedRules(
    MARCH_2022,
    'xz-2022-03',
    { zh: '徐州市健康码规则（2022年3月）', en: 'Colour rules of March 2022' },
    { zh: '苏康码', en: 'Provincial code' },
  ),
  services: standardServices,
  demonstration,
}
