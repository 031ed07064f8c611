import type { CityProfile } from '@jiankangbao/city/city-profile'
import type { DocumentType } from '@jiankangbao/contracts/atoms'
import { residentIdCheckCharacter } from '@jiankangbao/domain/written/document-types'

/** What a fictional person is made of; findings and tests are relative to now, in hours ago. */
export interface SeedPerson {
  name: string
  documentType: DocumentType
  documentNumber: string
  birthOn: string
  country?: string
  /** E.164; absent for people without a phone of their own. */
  phone?: string
  findings: {
    category: string
    hoursAgo: number
    colour?: 'green' | 'yellow' | 'red'
    endedHoursAgo?: number
  }[]
  tests: { hoursAgo: number; result: 'negative' | 'positive' }[]
  /** Indexes of the people that this account looks after. */
  members: { index: number; relation: 'child' | 'parent' | 'grandparent' | 'spouse' }[]
}

const surnames = [
  ...'赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜',
  '欧阳',
  '诸葛',
  '司马',
  '𬱖',
  '㐱',
]
const givenNames = [
  '晨',
  '云',
  '彭',
  '泉',
  '铜山',
  '子虚',
  '乌有',
  '明明',
  '小禾',
  '安',
  '思源',
  '亦可',
  '若水',
  '知行',
  '如故',
  '清和',
]

const pad = (value: number, length: number) => String(value).padStart(length, '0')

/** Always the same people: no randomness, so that sign-ins and screenshots stay true. */
const residentId = (
  prefixes: readonly string[],
  index: number,
  year: number,
): { number: string; birthOn: string } => {
  const month = 1 + (index % 12)
  const day = 1 + ((index * 5) % 28)
  const first17 = `${prefixes[index % prefixes.length]}${year}${pad(month, 2)}${pad(day, 2)}${pad(900 + (index % 100), 3)}`
  return {
    number: first17 + residentIdCheckCharacter(first17),
    birthOn: `${year}-${pad(month, 2)}-${pad(day, 2)}`,
  }
}

type State = Pick<SeedPerson, 'findings' | 'tests'>

const recentNegative = [{ hoursAgo: 20, result: 'negative' as const }]

/** One in so many is in the state; green without anything otherwise. */
const stateOf = (index: number): State => {
  const every = (n: number, at: number) => index % n === at
  if (every(25, 3))
    return {
      findings: [{ category: 'co_presence', hoursAgo: 30 }],
      tests: [{ hoursAgo: 10, result: 'negative' }],
    }
  if (every(25, 7)) return { findings: [{ category: 'close_contact', hoursAgo: 72 }], tests: recentNegative }
  if (every(25, 11)) return { findings: [{ category: 'control_zone', hoursAgo: 48 }], tests: recentNegative }
  if (every(25, 13)) return { findings: [{ category: 'symptom', hoursAgo: 12 }], tests: [] }
  if (every(50, 17))
    return {
      findings: [
        { category: 'inbound_abroad', hoursAgo: 240 },
        { category: 'overdue_test', hoursAgo: 30 },
      ],
      tests: [],
    }
  if (every(50, 19))
    return { findings: [{ category: 'provincial', hoursAgo: 100, colour: 'green' }], tests: recentNegative }
  if (every(50, 23)) return { findings: [{ category: 'secondary_contact', hoursAgo: 20 }], tests: [] }
  return {
    findings: [],
    tests: index % 3 === 0 ? [] : [{ hoursAgo: 6 + ((index * 13) % 90), result: 'negative' }],
  }
}

const foreigners: Pick<SeedPerson, 'name' | 'documentType' | 'documentNumber' | 'birthOn' | 'country'>[] = [
  {
    name: 'Maria Example',
    documentType: 'passport',
    documentNumber: 'X1234567',
    birthOn: '1990-04-02',
    country: 'ESP',
  },
  { name: '陈示例', documentType: 'hk_macao_permit', documentNumber: 'H12345678', birthOn: '1985-09-09' },
  { name: '林虚构', documentType: 'taiwan_permit', documentNumber: '12345678', birthOn: '1979-12-01' },
  {
    name: 'John Sample',
    documentType: 'foreign_permanent_resident',
    documentNumber: 'USA110084071701',
    birthOn: '1984-07-17',
  },
]

const COUNT = 300
const WITHOUT_PHONE = 40

const adultYear = (index: number) => 1950 + ((index * 7) % 52)

/** What somebody born in 1938 is to whoever looks after them. */
const elderOf = (year: number) => (year >= 1938 + 25 ? ('grandparent' as const) : ('parent' as const))

const ordinary = (prefixes: readonly string[], index: number): SeedPerson => {
  const foreigner = foreigners[index - 60]
  // The last forty have no phone: children and the old, looked after by the first forty.
  const withoutPhone = index >= COUNT - WITHOUT_PHONE
  const year = withoutPhone ? (index % 2 === 0 ? 2015 : 1938) : adultYear(index)
  const { number, birthOn } = residentId(prefixes, index, year)
  const name = `${surnames[index % surnames.length] ?? '张'}${givenNames[(index * 3) % givenNames.length] ?? '安'}`
  return {
    name,
    documentType: 'resident_id',
    documentNumber: number,
    birthOn,
    ...foreigner,
    ...(withoutPhone ? {} : { phone: `+8619900000${pad(index, 3)}` }),
    ...stateOf(index),
    members:
      index < WITHOUT_PHONE
        ? [
            {
              index: COUNT - WITHOUT_PHONE + index,
              relation: index % 2 === 0 ? ('child' as const) : elderOf(year),
            },
          ]
        : [],
  }
}

/** Three hundred invented people in every state. Phones 199 0000 0xxx are not in use. */
export const seedPeople = ({ demonstration }: CityProfile): SeedPerson[] =>
  Array.from({ length: COUNT }, (_, index) => ordinary(demonstration.documentPrefixes, index))
