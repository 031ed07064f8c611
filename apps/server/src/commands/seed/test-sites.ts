import { randomUUID } from 'node:crypto'
import type { CityProfile } from '@jiankangbao/city/city-profile'
import type { OpeningSpan, SiteAudience } from '@jiankangbao/domain/testing/site'
import type { Transaction } from '../../db/pool.ts'

interface SeedSite {
  name: string
  divisionCode: string
  address: string
  hours: OpeningSpan[]
  audience: SiteAudience
  priceCents: number
  telephone: string
  /** Slots of half an hour, where one books. */
  slotCapacity: number | null
  walkIn: boolean
  /** Kilometres east and north of the city's middle. */
  offset: [number, number]
  madeBy: string
}

const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7]
const spans = (opens: string, closes: string): OpeningSpan[] => [{ weekdays: EVERY_DAY, opens, closes }]

type SeedKind = Pick<SeedSite, 'name' | 'hours' | 'audience' | 'priceCents' | 'slotCapacity' | 'walkIn'>
const ALL_DAY = spans('00:00', '24:00')
const FREE = { priceCents: 0, slotCapacity: null, walkIn: true }
const KINDS: SeedKind[] = [
  { ...FREE, name: '便民采样点（示例）', hours: ALL_DAY, audience: 'everybody' },
  { ...FREE, name: '黄码专用采样点（示例）', hours: ALL_DAY, audience: 'yellow', slotCapacity: 6 },
  { ...FREE, name: '示例医院发热门诊', hours: ALL_DAY, audience: 'fever_clinic', priceCents: 1600 },
  {
    name: '早间采样点（示例）',
    hours: spans('07:00', '11:30'),
    audience: 'everybody',
    priceCents: 350,
    slotCapacity: 20,
    walkIn: false,
  },
]

/** Invented testing sites: one of each kind in turn, in the districts that have an office. */
const seedSites = ({ demonstration: { offices } }: CityProfile): SeedSite[] =>
  KINDS.flatMap((kind, index) => {
    const office = offices[index % offices.length]
    return office
      ? [
          {
            ...kind,
            name: `${index + 1} 号${kind.name}`,
            divisionCode: office.division,
            address: `虚构路 ${index * 11 + 3} 号`,
            telephone: '0000-0000000',
            offset: [index - 1.5, 1 - index * 0.7] as [number, number],
            madeBy: office.username,
          },
        ]
      : []
  })

const DEGREES_PER_KILOMETRE = 1 / 111

export const insertTestSites = async (
  tx: Transaction,
  city: CityProfile,
  operatorIds: Map<string, string>,
): Promise<void> => {
  const { middle } = city.demonstration
  for (const site of seedSites(city))
    await tx.query(
      `insert into test_sites (name, division_code, address, hours, audience, price_cents, telephone, latitude, longitude, walk_in, slot_minutes, slot_capacity, made_by, made_at, request_id)
       values ($1::text, $2::text, $3::text, $4::jsonb, $5::text, $6::int, $7::text, $8::float8, $9::float8, $10::boolean, $11::smallint, $12::smallint, $13::bigint, now(), $14::uuid)`,
      [
        site.name,
        site.divisionCode,
        site.address,
        JSON.stringify(site.hours),
        site.audience,
        site.priceCents,
        site.telephone,
        middle.latitude + site.offset[1] * DEGREES_PER_KILOMETRE,
        middle.longitude + site.offset[0] * DEGREES_PER_KILOMETRE,
        site.walkIn,
        site.slotCapacity && 30,
        site.slotCapacity,
        operatorIds.get(site.madeBy),
        randomUUID(),
      ],
    )
}
