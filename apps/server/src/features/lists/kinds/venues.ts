import { CITY_IDS, withCityWords } from '@jiankangbao/city/words'
import { venueKinds } from '@jiankangbao/contracts/words/zh'
import type { VenueKind } from '@jiankangbao/domain/decision/venue-kind'
import { divisionCovers } from '@jiankangbao/domain/division'
import { parseCreditCode } from '@jiankangbao/domain/identity/credit-code'
import { toDivisionOfToday } from '@jiankangbao/domain/place/divisions'
import { readDivisionCode } from '@jiankangbao/domain/written/division-code'
import { parsePersonName } from '@jiankangbao/domain/written/person-name'
import { parsePhone } from '@jiankangbao/domain/written/phone'
import type { Words } from '@jiankangbao/domain/written/word'
import { inRow, type Place } from '../../../keys/encrypted-fields.ts'
import type { FieldEncryption } from '../../../keys/field-encryption.ts'
import { createVenueService, type ImportedVenue } from '../../doors/venue/venue.service.ts'
import { numberColumn, textColumn, withNames, wordColumn } from '../columns/column.ts'
import { PHONE } from '../columns/person-columns.ts'
import type { ListRow, SharedProblem } from '../columns/reading.ts'
import { DIVISION } from '../columns/shared-columns.ts'
import { eachRows, holdKind } from '../effect/effect.queries.ts'
import { Overtaken } from '../effect/overtaken.ts'
import { countTakenVenues, findVenues } from '../effect/venue-rows.queries.ts'
import { weighImpact } from '../effect/weight.ts'
import type { ImportRecord } from '../store/import.queries.ts'
import type { ListKind } from './kind.ts'

interface Venue {
  name: string
  kind: VenueKind
  divisionCode: string
  address: string
  creditCode?: string
  responsibleName: string
  responsiblePhone: string
  points: string[]
}

interface VenueRow extends ListRow {
  venue: Venue
}

const VENUE_NAME = textColumn('venueName', '场所名称', '单位名称', '名称', 'venuename')
/** What files write besides the names that the console shows. */
const MORE_KIND_WORDS: Partial<Record<VenueKind, readonly string[]>> = {
  railway_station: ['高铁站'],
  coach_station: ['汽车站', '客运站'],
  motorway_check: ['高速路口', '高速卡口'],
  port: ['码头'],
  government: ['机关', '机关事业单位'],
  enterprise: ['公司', '写字楼'],
  clinic: ['门诊', '社区卫生服务中心'],
  pharmacy: ['药房'],
  vocational_school: ['中专'],
  university: ['大学', '高校'],
  community: ['社区'],
  estate: ['小区', '住宅小区'],
  village: ['行政村'],
  bus: ['公交车'],
  metro: ['地铁站'],
  taxi: ['网约车'],
  lodging: ['宾馆', '酒店', '住宿', '旅馆'],
  catering: ['餐馆', '饭店'],
  retail: ['零售', '商业零售'],
  mall: ['购物中心'],
  supermarket: ['便利店'],
  market: ['市场', '菜市场'],
  culture_leisure: ['文化娱乐', '文体场所', '影院', '网吧', '景区'],
  construction_site: ['工地'],
  other: ['其他'],
}
/** Some names have the city in them; a file may come from another one. */
const KIND_WORDS = CITY_IDS.reduce<Partial<Words<VenueKind>>>(
  (words, city) => withNames(words, withCityWords(venueKinds, city, 'zh')),
  MORE_KIND_WORDS,
)
const VENUE_KIND = wordColumn<VenueKind>(
  'venueKind',
  ['场所类型', '场所类别', '类型', 'venuekind'],
  KIND_WORDS as Words<VenueKind>,
)
const ADDRESS = textColumn('address', '地址', '详细地址', '场所地址', '单位地址', 'address')
const CREDIT_CODE = numberColumn('creditCode', '统一社会信用代码', '社会信用代码', '信用代码', 'creditcode')
const RESPONSIBLE = textColumn('responsible', '负责人', '负责人姓名', '责任人', '联系人', 'responsible')
const POINTS = textColumn('points', '点位', '点位名称', '出入口', '码点', 'points')

const PROBLEMS = {
  division_outside: '不在您的辖区内',
  venue_name_missing: '缺少场所名称',
  venue_kind_unknown: '场所类型不认识',
  venue_exists: '同名同址的场所已登记',
  address_missing: '缺少地址',
  credit_code_invalid: '统一社会信用代码不正确',
  responsible_invalid: '负责人姓名不正确',
} as const
type VenueProblem = keyof typeof PROBLEMS | SharedProblem

const MOST_NAME_LENGTH = 100
const MOST_ADDRESS_LENGTH = 200
const MOST_POINTS = 40
/** Venues are made one by one when applied. */
const MOST_ROWS = 20_000

const readPoints = (text: string): string[] => {
  const points = [...new Set(text.split(/[、,;|/]/).map((point) => point.trim()))].filter(Boolean)
  return (points.length > 0 ? points : ['入口']).slice(0, MOST_POINTS)
}

/** A venue in a division that is no more lies in the one that took its place. */
const inDivisionOfToday = (venue: Venue, divisions: Set<string>): Venue =>
  divisions.has(venue.divisionCode)
    ? venue
    : { ...venue, divisionCode: toDivisionOfToday(venue.divisionCode) }

const divisionProblems = (
  { division_code }: ImportRecord,
  divisions: Set<string>,
  divisionCode: string,
): VenueProblem[] => {
  if (!divisions.has(divisionCode)) return ['division_unknown']
  return divisionCovers(division_code, divisionCode) ? [] : ['division_outside']
}

const keyOf = ({ divisionCode, name, address }: Venue): string => [divisionCode, name, address].join('\n')

/** As it waits to be made: what is personal is encrypted, as base64. */
type StagedVenue = Omit<ImportedVenue, 'responsibleName' | 'responsiblePhone'> & {
  creditCodeEncrypted?: string
  responsibleNameEncrypted: string
  responsiblePhoneEncrypted: string
}

const placesOf = (importId: string, rowNumber: number) =>
  [
    inRow('import_rows.responsible_name', importId, rowNumber),
    inRow('import_rows.responsible_phone', importId, rowNumber),
    inRow('import_rows.credit_code', importId, rowNumber),
  ] as const

const toStaged = (
  { responsibleName, responsiblePhone, creditCode, ...rest }: Venue,
  encryption: FieldEncryption,
  [name, phone, licence]: ReturnType<typeof placesOf>,
): StagedVenue => {
  const secret = (text: string, place: Place) => encryption.encrypt(text, place).toString('base64')
  return {
    ...rest,
    ...(creditCode === undefined ? {} : { creditCodeEncrypted: secret(creditCode, licence) }),
    responsibleNameEncrypted: secret(responsibleName, name),
    responsiblePhoneEncrypted: secret(responsiblePhone, phone),
  }
}

// What was staged before licence numbers were encrypted has `creditCode` in clear.
const fromStaged = (
  { creditCodeEncrypted, responsibleNameEncrypted, responsiblePhoneEncrypted, ...rest }: StagedVenue,
  encryption: FieldEncryption,
  [name, phone, licence]: ReturnType<typeof placesOf>,
): ImportedVenue => {
  const read = (value: string, place: Place) => encryption.decrypt(Buffer.from(value, 'base64'), place)
  return {
    ...rest,
    ...(creditCodeEncrypted === undefined ? {} : { creditCode: read(creditCodeEncrypted, licence) }),
    responsibleName: read(responsibleNameEncrypted, name),
    responsiblePhone: read(responsiblePhoneEncrypted, phone),
  }
}

/** Venues with their points. */
export const VENUES: ListKind<VenueRow, keyof typeof PROBLEMS> = {
  columns: {
    template: [VENUE_NAME, VENUE_KIND, DIVISION, ADDRESS, CREDIT_CODE, RESPONSIBLE, PHONE, POINTS],
    needed: [VENUE_NAME, VENUE_KIND, DIVISION, ADDRESS, RESPONSIBLE, PHONE],
  },
  template: () => [['示例超市', '超市', '110101', '示例路 1 号', '', '示例甲', '13900000000', '东门、西门']],
  problems: PROBLEMS,
  mostRows: MOST_ROWS,

  parse: (cell) => {
    const problems: VenueProblem[] = []
    const name = cell(VENUE_NAME)
    if (name === '' || name.length > MOST_NAME_LENGTH) problems.push('venue_name_missing')
    const kind = VENUE_KIND.read(cell(VENUE_KIND))
    if (!kind) problems.push('venue_kind_unknown')
    const divisionCode = readDivisionCode(cell(DIVISION)) ?? ''
    const address = cell(ADDRESS)
    if (address.length < 2 || address.length > MOST_ADDRESS_LENGTH) problems.push('address_missing')
    const credit = parseCreditCode(cell(CREDIT_CODE))
    if (cell(CREDIT_CODE) !== '' && !credit.ok) problems.push('credit_code_invalid')
    const responsible = parsePersonName(cell(RESPONSIBLE))
    if (!responsible.ok) problems.push('responsible_invalid')
    const phone = parsePhone(cell(PHONE))
    if (!phone.ok) problems.push('phone_invalid')
    if (problems.length > 0 || !kind || !responsible.ok || !phone.ok) return { ok: false, problems }
    const venue = {
      name,
      kind,
      divisionCode,
      address,
      ...(credit.ok ? { creditCode: credit.creditCode } : {}),
      responsibleName: responsible.name,
      responsiblePhone: phone.phone,
      points: readPoints(cell(POINTS)),
    }
    return { ok: true, row: { key: [divisionCode, name, address], venue } }
  },

  check: async ({ pool, encryption }, record, { divisions }) => ({
    check: async (rows) => {
      const venues = rows.map(({ row }) => inDivisionOfToday(row.venue, divisions))
      const toData = (venue: Venue, index: number) =>
        toStaged(venue, encryption, placesOf(record.import_id, rows[index]?.rowNumber ?? 0))
      const known = venues.length > 0 ? await findVenues(pool, venues) : new Set<string>()
      return venues.map((venue, index) => {
        const problems = divisionProblems(record, divisions, venue.divisionCode)
        if (known.has(keyOf(venue))) problems.push('venue_exists')
        if (problems.length > 0) return { ok: false, problems }
        return { ok: true, columns: { data: { ...toData(venue, index) } } }
      })
    },
  }),

  count: async () => ({ moves: [] }),

  concernsRed: async () => false,

  weigh: async (_db, record) => {
    const { worse, better } = weighImpact(record)
    return { persons: worse, worse, better }
  },

  apply: async (tx, { parts, record, report }) => {
    await holdKind(tx, record.kind)
    const taken = await countTakenVenues(tx, record.import_id)
    if (taken > 0) throw new Overtaken('venue_exists', taken)
    const service = createVenueService(parts)
    const by = { appliedBy: record.uploaded_by, importId: record.import_id }
    await eachRows(tx, record.import_id, report, async (rows) => {
      for (const row of rows) {
        const places = placesOf(record.import_id, row.row_number)
        const venue = fromStaged(row.data as unknown as StagedVenue, parts.encryption, places)
        await service.addImportedVenue(tx, venue, by)
      }
    })
    return undefined
  },
}
