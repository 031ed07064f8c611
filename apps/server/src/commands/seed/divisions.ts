/** Divisions of the fictional demonstration city: real codes of GB/T 2260 for districts, invented streets and communities. */
export interface SeedDivision {
  code: string
  parentCode: string | null
  name: string
  nameEn: string
  level: 'city' | 'district' | 'street' | 'community'
}

const districts: [string, string, string][] = [
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
]

const streetNames: [string, string][] = [
  ['示例街道', 'Sample Subdistrict'],
  ['虚构镇', 'Fiction Town'],
]
const communityNames: [string, string][] = [
  ['晨光社区', 'Chenguang Community'],
  ['新苑社区', 'Xinyuan Community'],
]

const streetsOf = (district: string): SeedDivision[] =>
  streetNames.flatMap(([name, nameEn], index) => {
    const code = `${district}00${index + 1}`
    const communities = communityNames.map(([communityName, communityEn], at) => ({
      code: `${code}00${at + 1}`,
      parentCode: code,
      name: communityName,
      nameEn: communityEn,
      level: 'community' as const,
    }))
    return [{ code, parentCode: district, name, nameEn, level: 'street' as const }, ...communities]
  })

export const seedDivisions: SeedDivision[] = [
  {
    code: '320300',
    parentCode: null,
    name: '徐州市（虚构示例）',
    nameEn: 'Xuzhou (fictional)',
    level: 'city',
  },
  ...districts.flatMap(([code, name, nameEn]) => [
    { code, parentCode: '320300', name, nameEn, level: 'district' as const },
    ...streetsOf(code),
  ]),
]
